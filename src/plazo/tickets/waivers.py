"""Requests to excuse a missed term, while they wait for a second person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from plazo.people.models import Person
from plazo.sla import timeline as codes
from plazo.tickets import access
from plazo.tickets.models import Event, Message, Ticket, TicketClock
from plazo.tickets.queries import Recorded


@dataclass(frozen=True, slots=True)
class WaiverRequest:
    """A request nobody has decided yet.

    request  seq of its event
    holder   who caused the miss, as the request says; `cause` tells how
    """

    clock: TicketClock
    request: int
    asked_at: datetime
    asked_by: Person | None
    holder: str
    cause: str

    @property
    def ticket(self) -> Ticket:
        """The ticket, with its client."""
        return self.clock.ticket


def waiting_requests(events: Sequence[Recorded]) -> list[Recorded]:
    """The requests of a timeline that nobody has decided yet."""
    decided = {each.data["request"] for each in events if each.code == codes.WAIVED}
    return [each for each in events if each.code == codes.WAIVER_REQUESTED and each.seq not in decided]


def waiver_requests(person: Person, *, after: int = 0, limit: int = 50) -> list[WaiverRequest]:
    """What waits on the tickets that a person sees, by clock beyond `after`; always three queries."""
    if not access.may_see_notes(person):
        return []
    clocks = list(
        TicketClock.objects.filter(
            waiver_request__isnull=False, pk__gt=after, ticket__in=access.visible_to(person)
        )
        .select_related("ticket__organization")
        .order_by("pk")[:limit]
    )
    places = Q(pk__in=[])
    for clock in clocks:
        places |= Q(ticket_id=clock.ticket_id, seq=clock.waiver_request)
    asked = Event.objects.filter(places).select_related("actor")
    events = {(each.ticket_id, each.seq): each for each in asked}
    causes = {(each.ticket_id, each.seq): each.body for each in Message.objects.filter(places)}
    return [_request(clock, events, causes) for clock in clocks]


def waiting_waivers() -> QuerySet[TicketClock]:
    """The clocks with a request that waits."""
    return TicketClock.objects.filter(waiver_request__isnull=False)


def _request(
    clock: TicketClock, events: dict[tuple[int, int], Event], causes: dict[tuple[int, int], str]
) -> WaiverRequest:
    seq = clock.waiver_request
    if seq is None:
        raise ValueError("the clock has no request that waits")
    event = events[clock.ticket_id, seq]
    return WaiverRequest(
        clock=clock,
        request=seq,
        asked_at=event.recorded_at,
        asked_by=event.actor,
        holder=event.data["holder"],
        cause=causes.get((clock.ticket_id, seq), ""),
    )
