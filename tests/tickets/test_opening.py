"""A report becomes a ticket."""

from __future__ import annotations

import pytest

from plazo.tickets import clocks, refusals
from plazo.tickets.models import FAR, Message, Ticket
from tests.tickets.conftest import at, instant, opened, read, told
from tests.world import World


def test_a_ticket_starts_both_terms_when_the_report_reached_us(world: World) -> None:
    ticket = opened(world, "13:30", opened_at=instant("13:00"))
    event = ticket.events.get()
    assert (event.at, event.recorded_at) == (instant("13:00"), instant("13:30"))
    assert read(ticket, "13:30").assessment.clocks["response"].due_at == instant("16:00")


def test_a_report_never_starts_in_the_future(world: World) -> None:
    with pytest.raises(refusals.StartInTheFuture):
        opened(world, "13:00", opened_at=instant("13:01"))
    assert not Ticket.objects.exists()


def test_the_kind_decides_the_priority_and_no_kind_leaves_it_to_be_confirmed(world: World) -> None:
    known, unknown = opened(world, kind="BAJO-03"), opened(world, kind=None)
    assert (known.priority, known.classified) == ("low", True)
    assert (unknown.priority, unknown.classified, unknown.kind) == ("high", False, "")
    with pytest.raises(refusals.UnknownKind):
        opened(world, kind="ALTO-99")


def test_a_consultant_opens_for_a_caller_who_stays_the_requester(world: World) -> None:
    ticket = opened(world, actor=world.consultant, channel="phone")
    assert ticket.requester == world.contact
    assert Message.objects.get(ticket=ticket).author == world.consultant


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"subject": " \x00 "}, refusals.EmptyText),
        ({"subject": "a" * 201}, refusals.TextTooLong),
        ({"body": "\n"}, refusals.EmptyText),
        ({"body": "a" * 100_001}, refusals.TextTooLong),
    ],
)
def test_a_report_without_words_or_with_too_many_is_refused_whole(
    world: World, changes: dict[str, str], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        opened(world, **changes)
    assert not Ticket.objects.exists()


def test_without_a_contract_nothing_is_owed(world: World) -> None:
    ticket = opened(world, contract_version=None)
    assert (ticket.queue_at, ticket.next_step_at, ticket.active) == (FAR, None, True)
    assert {str(clock.state) for clock in read(ticket, "2027-03-01 12:00").assessment.clocks.values()} == {
        "no_term"
    }
    assert ticket.events.get().data["kind"] == "ALTO-01"


def test_a_follow_up_names_the_ticket_it_follows(world: World, ticket: Ticket) -> None:
    follow_up = opened(world, follows=ticket)
    assert follow_up.follows == ticket
    assert follow_up.events.get().data["follows"] == ticket.pk
    assert told(follow_up) == ["opened"]


def test_a_preview_promises_what_the_ticket_then_gets_and_writes_nothing(world: World) -> None:
    with at("13:00"):
        promised = clocks.preview(world.andes_contract, kind="MEDIO-02")
    assert not Ticket.objects.exists()
    given = read(opened(world, kind="MEDIO-02"), "13:00").assessment
    assert {m: c.due_at for m, c in promised.clocks.items()} == {m: c.due_at for m, c in given.clocks.items()}


def test_the_explanation_comes_with_the_reading(ticket: Ticket) -> None:
    explanation = read(ticket, "13:30").explain("response")
    assert (explanation.due_at, explanation.elapsed) == (instant("16:00"), 1_800)
