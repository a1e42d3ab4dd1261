"""What a ticket is, and how urgent it is therefore."""

from __future__ import annotations

import pytest

from plazo.tickets import actions, refusals
from plazo.tickets.models import Message, Ticket
from tests.tickets.conftest import at, instant, opened, read
from tests.world import World


def test_a_kind_decides_its_priority(world: World) -> None:
    ticket = opened(world, kind=None)
    with at("13:30"):
        actions.classify(ticket.pk, actor=world.consultant, kind="MEDIO-01")
    ticket.refresh_from_db()
    assert (ticket.kind, ticket.priority, ticket.classified) == ("MEDIO-01", "medium", True)


def test_the_event_says_what_it_makes_of_the_terms(world: World, ticket: Ticket) -> None:
    with at("13:30"):
        actions.classify(ticket.pk, actor=world.consultant, kind="BAJO-01")
    data = ticket.events.get(seq=2).data
    assert (data["before"]["priority"], data["after"]["priority"]) == ("high", "low")
    assert data["before"]["response"] == instant("16:00").timestamp()
    after = read(ticket, "13:30").assessment.clocks["response"].due_at
    assert after is not None
    assert data["after"]["response"] == after.timestamp()


def test_no_kind_needs_a_priority_and_a_reason(world: World, ticket: Ticket) -> None:
    with at("13:30"):
        with pytest.raises(refusals.ReasonNeeded):
            actions.classify(ticket.pk, actor=world.consultant, kind=None, priority="low")
        with pytest.raises(refusals.UnknownPriority):
            actions.classify(ticket.pk, actor=world.consultant, kind=None, reason="No está en la lista.")
        actions.classify(
            ticket.pk, actor=world.consultant, kind=None, priority="low", reason="No está en la lista."
        )
    assert Message.objects.get(ticket=ticket, seq=2).kind == "note"


@pytest.mark.parametrize(
    ("kind", "priority", "refusal"),
    [
        ("BAJO-01", "high", refusals.PriorityFollowsKind),
        ("NADA-01", None, refusals.UnknownKind),
        ("ALTO-01", None, refusals.NothingChanges),
    ],
)
def test_what_the_catalogue_does_not_say_is_refused(
    world: World, ticket: Ticket, kind: str, priority: str | None, refusal: type[Exception]
) -> None:
    with at("13:30"), pytest.raises(refusal):
        actions.classify(ticket.pk, actor=world.consultant, kind=kind, priority=priority)


def test_a_term_already_missed_stays_missed(world: World, ticket: Ticket) -> None:
    with at("17:00"):
        actions.classify(ticket.pk, actor=world.consultant, kind="BAJO-01")
    assert read(ticket, "17:00").assessment.clocks["response"].missed_at == instant("16:00")


def test_a_contact_classifies_nothing_and_nobody_what_has_no_contract(world: World, ticket: Ticket) -> None:
    without = opened(world, contract_version=None)
    with at("13:30"):
        with pytest.raises(refusals.NotAllowed):
            actions.classify(ticket.pk, actor=world.contact, kind="BAJO-01")
        with pytest.raises(refusals.WithoutContract):
            actions.classify(without.pk, actor=world.consultant, kind="BAJO-01")
