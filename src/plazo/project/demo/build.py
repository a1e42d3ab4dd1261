"""Tell the stories in the order of time, with the worker's steps at their instants between them."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from random import Random
from typing import Any

from django.db import transaction

from plazo.contracts.calendars import calendars_for
from plazo.contracts.terms import terms_of
from plazo.kit import clock
from plazo.kit.refusals import Refused
from plazo.notices.suppression import suppress as suppress_notices
from plazo.people.models import Person
from plazo.project.demo.cast import Cast, build_cast
from plazo.project.demo.script import Story, Teller
from plazo.tickets import actions
from plazo.tickets.models import Event, Ticket
from plazo.tickets.signals import recorded

TICKETS = 1_210
DAYS = 364


@dataclass(frozen=True, slots=True)
class Built:
    """How large the world became."""

    tickets: int
    events: int


@dataclass(slots=True, weakref_slot=True)
class _Stage:
    """What is still to happen, in order of its instant."""

    until: datetime
    waiting: list[tuple[datetime, int, Callable[[], None]]] = field(default_factory=list)
    numbers: count[int] = field(default_factory=count)
    steps: dict[int, datetime | None] = field(default_factory=dict)

    def hear(self, *, ticket: Ticket, **_: Any) -> None:
        """Receiver of `tickets.signals.recorded`: what the worker will do next about it, at its instant."""
        at = self.steps[ticket.pk] = ticket.next_step_at
        if at is not None:
            self.plan(at, lambda: self._step(ticket.pk, at))

    def _step(self, ticket_id: int, planned: datetime) -> None:
        if self.steps[ticket_id] == planned:
            actions.fire_due_steps(ticket_id)

    def plan(self, at: datetime, do: Callable[[], None]) -> None:
        if at <= self.until:
            heapq.heappush(self.waiting, (at, next(self.numbers), do))

    def play(self) -> None:
        recorded.connect(self.hear)
        try:
            while self.waiting:
                at, _, do = heapq.heappop(self.waiting)
                with clock.at(at):
                    do()
        finally:
            recorded.disconnect(self.hear)


def build_world(*, until: datetime, password: str, tickets: int = TICKETS, days: int = DAYS) -> Built:
    """Build the demo world in one transaction: whole or not at all, the same for the same `until`."""
    begin = (until - timedelta(days=days)).date()
    founded = until - timedelta(days=days + 30)
    with transaction.atomic(), suppress_notices():
        with clock.at(founded):
            cast = build_cast(password, since=begin - timedelta(days=7))
        stage = _Stage(until)
        for story in _stories(cast, begin, until, tickets):
            stage.plan(story.opened_at, lambda story=story: _open(stage, story, cast))  # type: ignore[misc]  # bound by default
        stage.play()
    return Built(Ticket.objects.count(), Event.objects.count())


def _stories(cast: Cast, begin: date, until: datetime, tickets: int) -> list[Story]:
    random = Random(f"plazo {until.date().isoformat()}")  # noqa: S311 - a story, not a secret
    tellers = [_teller(client.contract.pk, number, cast) for number, client in enumerate(cast.clients)]
    weights = [client.company.weight for client in cast.clients]
    span = int(until.timestamp()) - int(
        datetime.combine(begin, datetime.min.time(), until.tzinfo).timestamp()
    )
    stories = []
    for _ in range(tickets):
        teller = random.choices(tellers, weights)[0]
        moment = until - timedelta(seconds=int(span * random.random() ** 1.25))
        # Most people report in their hours; one in eight at night or on a Sunday, as they do.
        opened = teller.calendar.next_open(moment) if random.random() > 0.12 else moment
        opened += timedelta(seconds=random.randrange(5_400))
        if opened < until:
            stories.append(teller.story(random, opened))
    return stories


def _teller(contract_version: int, number: int, cast: Cast) -> Teller:
    terms = terms_of(contract_version)
    calendar = calendars_for([contract_version])[terms.calendar_key].as_known_at(int(clock.now().timestamp()))
    return Teller(cast.clients[number], terms.policy, calendar, cast.consultants)


def _open(stage: _Stage, story: Story, cast: Cast) -> None:
    by_phone = story.channel == "phone"
    ticket = actions.open_ticket(
        story.requester,
        organization=story.client.organization,
        contract_version=story.client.contract,
        channel=story.channel,
        subject=story.subject,
        body=story.body,
        service=story.kind.services[0],
        kind=story.kind.code if story.classified else None,
        actor=_answering(cast, story) if by_phone else None,
    )
    for act in story.acts:
        stage.plan(act.at, lambda do=act.do: _act(ticket.pk, do))  # type: ignore[misc]  # bound by default


def _answering(cast: Cast, story: Story) -> Person:
    return cast.consultants[story.opened_at.minute % len(cast.consultants)]


def _act(ticket_id: int, do: Callable[[int], object]) -> None:
    # Refused: the ticket took another course meanwhile, closed by itself, say.
    with suppress(Refused):
        do(ticket_id)
