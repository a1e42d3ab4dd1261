"""Whatever people do, the stored rows follow from the timeline; whatever is touched is found."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plazo.contracts.actions import declare_day_off
from plazo.contracts.refusals import DayOffAlreadyDeclared
from plazo.kit import clock
from plazo.kit.refusals import Refused
from plazo.tickets import actions
from plazo.tickets.chain import canonical, digest_after
from plazo.tickets.models import Event, Message, Seal, Ticket, TicketClock
from plazo.tickets.verify import verify
from tests.tickets.conftest import at, instant, opened
from tests.world import NOW, World

Act = Callable[[World, int], object]

ACTS: dict[str, Act] = {
    "reply": lambda w, n: actions.reply(n, actor=w.consultant, body="Lo vemos."),
    "call": lambda w, n: actions.log_call(n, actor=w.consultant, body="Llamada.", spoke=True),
    "unanswered call": lambda w, n: actions.log_call(n, actor=w.consultant, body="Nada.", spoke=False),
    "note": lambda w, n: actions.note(n, actor=w.consultant, body="Nota."),
    "client": lambda w, n: actions.client_reply(n, actor=w.shared, body="¿Y?"),
    "take": lambda w, n: actions.take(n, actor=w.consultant),
    "release": lambda w, n: actions.release(n, actor=w.consultant),
    "low": lambda w, n: actions.classify(n, actor=w.consultant, kind="BAJO-01"),
    "high": lambda w, n: actions.classify(n, actor=w.consultant, kind="ALTO-01"),
    "no kind": lambda w, n: actions.classify(
        n, actor=w.consultant, kind=None, priority="medium", reason="No está."
    ),
    "wait": lambda w, n: actions.pause(n, actor=w.consultant, reason="client", body="¿Folio?"),
    "bank": lambda w, n: actions.pause(n, actor=w.consultant, reason="bank"),
    "resume": lambda w, n: actions.resume(n, actor=w.consultant),
    "promise": lambda w, n: actions.promise(n, actor=w.consultant, due=clock.now() + timedelta(hours=3)),
    "resolve": lambda w, n: actions.resolve(n, actor=w.consultant, body="Listo."),
    "reopen": lambda w, n: actions.reopen(n, actor=w.shared, body="No."),
    "reopen from word": lambda w, n: actions.reopen(n, actor=w.consultant),
    "review": lambda w, n: actions.review(n, actor=w.consultant),
    "confirm": lambda w, n: actions.confirm(n, actor=w.shared),
    "dispute": lambda w, n: actions.dispute(n, actor=w.shared, what="priority", body="Es urgente."),
    "undelivered": lambda w, n: actions.mark_undelivered(n, reply_seq=2),
    "norte": lambda w, n: actions.rebind(
        n, actor=w.lead, contract_version=w.norte_contract, reason="Era de Norte."
    ),
    "andes": lambda w, n: actions.rebind(
        n, actor=w.lead, contract_version=w.andes_contract, reason="Era de Andes."
    ),
    "ask waiver": lambda w, n: actions.request_waiver(
        n, actor=w.consultant, metric="response", cause="Corte.", holder="client"
    ),
    "day off": lambda w, n: declare_and_recount(w),
    "worker": lambda w, n: actions.fire_due_steps(n),
}


def declare_and_recount(world: World) -> None:
    declare_day_off(
        clock.now().date() + timedelta(days=1), scope="CL", name="Duelo", actor=world.administrator
    )
    actions.recount()


def perform(world: World, ticket: Ticket, name: str) -> None:
    """An act, unless the rules refuse it there."""
    try:
        ACTS[name](world, ticket.pk)
    except (Refused, DayOffAlreadyDeclared):
        return


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    start=st.sampled_from([("ALTO-01", True), (None, True), ("BAJO-01", True), ("ALTO-01", False)]),
    plan=st.lists(
        st.tuples(st.sampled_from(sorted(ACTS)), st.sampled_from([0, 1, 600, 7_200, 90_000, 500_000])),
        max_size=14,
    ),
)
def test_in_any_order_of_acts_nothing_stored_differs_from_the_timeline(
    world: World, start: tuple[str | None, bool], plan: list[tuple[str, int]]
) -> None:
    kind, has_contract = start
    with transaction.atomic():
        contract = world.andes_contract if has_contract else None
        ticket = opened(world, requester=world.shared, kind=kind, contract_version=contract)
        now = NOW
        for name, seconds in plan:
            now += timedelta(seconds=seconds)
            with clock.at(now):
                perform(world, ticket, name)
        with clock.at(now):
            assert list(verify()) == []
            assert ticket.events.filter(recorded_at__gt=now).count() == 0
        transaction.set_rollback(True)


@pytest.fixture
def lived(world: World, ticket: Ticket) -> Ticket:
    """A ticket with a life of two days, both sealed, and a second one beside it."""
    opened(world, "13:05")
    with at("14:00"):
        actions.reply(ticket.pk, actor=world.consultant, body="Lo vemos.")
        actions.pause(ticket.pk, actor=world.consultant, reason="bank")
    with at("2026-11-19 13:00"):
        actions.resume(ticket.pk, actor=world.consultant)
        actions.resolve(ticket.pk, actor=world.consultant, body="Listo.")
    with at("2026-11-20 01:00"):
        actions.seal_day(date(2026, 11, 18))
        actions.seal_day(date(2026, 11, 19))
    ticket.refresh_from_db()
    return ticket


def found() -> list[tuple[int | None, str, str]]:
    return [(each.ticket, each.where, each.name) for each in verify()]


def test_an_untouched_desk_shows_no_difference(lived: Ticket) -> None:
    verification = verify()
    assert list(verification) == []
    assert (verification.tickets, verification.events, verification.seals) == (2, lived.length + 1, 2)


def test_a_changed_event_is_found(lived: Ticket) -> None:
    event = Event.objects.get(ticket=lived, seq=2)
    Event.objects.filter(pk=event.pk).update(body=event.body.replace("false", "true"))
    assert (lived.pk, "chain", "2") in found()


def test_an_event_changed_with_its_digest_is_found_at_the_next(lived: Ticket) -> None:
    event = Event.objects.get(ticket=lived, seq=2)
    body = event.body.replace("false", "true")
    digest = digest_after(Event.objects.get(ticket=lived, seq=1).digest, body)
    Event.objects.filter(pk=event.pk).update(body=body, digest=digest)
    assert (lived.pk, "chain", "3") in found()


def test_a_column_that_differs_from_the_hashed_text_is_found(lived: Ticket) -> None:
    Event.objects.filter(ticket=lived, seq=2).update(recorded_at=instant("13:01"))
    assert (lived.pk, "event", "2") in found()


def test_a_removed_event_is_found(lived: Ticket) -> None:
    Event.objects.filter(ticket=lived, seq=3).delete()
    assert (lived.pk, "chain", "3") in found()


def test_swapped_events_are_found(lived: Ticket) -> None:
    for seq, place in ((2, 99), (3, 2), (99, 3)):
        Event.objects.filter(ticket=lived, seq=seq).update(seq=place)
    assert (lived.pk, "chain", "2") in found()


def test_a_text_that_is_no_json_is_found(lived: Ticket) -> None:
    Event.objects.filter(ticket=lived, seq=1).update(body="{")
    assert found()[0] == (lived.pk, "chain", "1")


def test_a_timeline_cut_short_with_its_row_put_right_shows_by_the_seal(lived: Ticket) -> None:
    last = Event.objects.get(ticket=lived, seq=lived.length)
    previous = Event.objects.get(ticket=lived, seq=lived.length - 1)
    Message.objects.filter(ticket=lived, seq=last.seq).delete()
    last.delete()
    Ticket.objects.filter(pk=lived.pk).update(head=previous.digest)
    differences = found()
    assert (None, "seal", "2026-11-19 digest") in differences
    assert (lived.pk, "chain", "head") not in differences


def test_a_seal_of_another_day_does_not_fit(lived: Ticket) -> None:
    Seal.objects.filter(day="2026-11-18").update(digest="0" * 64)
    assert [name for _, where, name in found() if where == "seal"] == [
        "2026-11-18 digest",
        "2026-11-19 digest",
    ]


def test_a_timeline_rewritten_whole_that_says_nothing_sensible_is_found(lived: Ticket) -> None:
    event = Event.objects.get(ticket=lived, seq=1)
    content = json.loads(event.body)
    content["data"]["priority"] = "urgentísima"
    rewrite(lived, {1: content})
    assert (lived.pk, "timeline", "unreadable") in found()


def rewrite(ticket: Ticket, changed: dict[int, Any]) -> None:
    """Hash the whole timeline anew, with other bodies."""
    digest = ticket.uid.hex
    for event in Event.objects.filter(ticket=ticket).order_by("seq"):
        body = canonical(changed[event.seq]) if event.seq in changed else event.body
        digest = digest_after(digest, body)
        Event.objects.filter(pk=event.pk).update(body=body, digest=digest)
    Ticket.objects.filter(pk=ticket.pk).update(head=digest)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("state", "open"),
        ("priority", "low"),
        ("active", True),
        ("queue_at", NOW),
        ("at_risk_at", NOW),
        ("next_step_at", None),
        ("length", 3),
        ("changed_at", NOW),
        ("opened_at", NOW - timedelta(days=1)),
        ("channel", "phone"),
        ("service", "otro"),
    ],
)
def test_a_changed_index_column_is_found(lived: Ticket, column: str, value: object) -> None:
    Ticket.objects.filter(pk=lived.pk).update(**{column: value})
    assert found() == [(lived.pk, "ticket", column)]


def test_a_changed_or_missing_clock_is_found(lived: Ticket) -> None:
    TicketClock.objects.filter(ticket=lived, metric="response").update(elapsed=1)
    assert found() == [(lived.pk, "clock", "response elapsed")]
    TicketClock.objects.filter(ticket=lived, metric="response").delete()
    assert (lived.pk, "clock", "response state") in found()


def test_a_changed_or_missing_text_is_found(lived: Ticket) -> None:
    Message.objects.filter(ticket=lived, seq=2).update(body="Otra cosa.")
    assert found() == [(lived.pk, "message", "2")]
    Message.objects.filter(ticket=lived, seq=2).delete()
    assert found() == [(lived.pk, "message", "2")]


def test_a_changed_subject_is_found(lived: Ticket) -> None:
    Ticket.objects.filter(pk=lived.pk).update(subject="Otro asunto")
    assert found() == [(lived.pk, "ticket", "subject")]


def test_an_erased_text_leaves_the_chain_whole(lived: Ticket) -> None:
    Message.objects.filter(ticket=lived, seq=2).update(body="", salt="")
    assert found() == []


def test_the_number_of_queries_does_not_grow_with_the_tickets(world: World, lived: Ticket) -> None:
    with CaptureQueriesContext(connection) as few:
        list(verify())
    for _ in range(5):
        opened(world, "2026-11-20 13:00")
    with CaptureQueriesContext(connection) as more:
        list(verify())
    assert len(more) == len(few)
