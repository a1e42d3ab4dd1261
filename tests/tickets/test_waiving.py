"""A miss is excused by two people, and stands."""

from __future__ import annotations

import pytest

from plazo.tickets import actions, refusals
from plazo.tickets.models import Ticket, TicketClock
from tests.tickets.conftest import at
from tests.world import World


@pytest.fixture
def missed(ticket: Ticket) -> Ticket:
    with at("16:30"):
        actions.fire_due_steps(ticket.pk)
    return ticket


def ask(world: World, ticket: Ticket, **changes: object) -> int:
    given = {
        "actor": world.consultant,
        "metric": "response",
        "cause": "Corte de luz en la comuna.",
        "holder": "force_majeure",
    }
    with at("17:00"):
        return actions.request_waiver(ticket.pk, **(given | changes))


def test_a_second_person_excuses_a_miss_which_stays_one(world: World, missed: Ticket) -> None:
    request = ask(world, missed)
    with at("17:30"):
        actions.decide_waiver(missed.pk, actor=world.lead, request=request, approved=True)
    clock = TicketClock.objects.get(ticket=missed, metric="response")
    assert (clock.state, clock.waived) == ("missed", True)
    with pytest.raises(refusals.AlreadyWaived):
        ask(world, missed)


def test_a_waiver_refused_may_be_asked_for_again(world: World, missed: Ticket) -> None:
    request = ask(world, missed)
    with pytest.raises(refusals.AlreadyWaived):
        ask(world, missed)
    with at("17:30"):
        actions.decide_waiver(missed.pk, actor=world.lead, request=request, approved=False, reason="No.")
        with pytest.raises(refusals.NoSuchRequest):
            actions.decide_waiver(missed.pk, actor=world.lead, request=request, approved=True)
    assert not TicketClock.objects.filter(waived=True).exists()
    assert ask(world, missed) > request


def test_nobody_decides_their_own_request_nor_without_leading(world: World, missed: Ticket) -> None:
    request = ask(world, missed, actor=world.lead)
    with at("17:30"):
        with pytest.raises(refusals.SecondPersonNeeded):
            actions.decide_waiver(missed.pk, actor=world.lead, request=request, approved=True)
        with pytest.raises(refusals.NotAllowed):
            actions.decide_waiver(missed.pk, actor=world.consultant, request=request, approved=True)
        actions.decide_waiver(missed.pk, actor=world.administrator, request=request, approved=True)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"metric": "resolution"}, refusals.NotMissed),
        ({"cause": ""}, refusals.EmptyText),
        ({"holder": "nadie"}, refusals.UnknownHolder),
    ],
)
def test_a_request_names_a_miss_a_cause_and_who_caused_it(
    world: World, missed: Ticket, changes: dict[str, str], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        ask(world, missed, **changes)


def test_a_contact_asks_for_no_waiver(world: World, missed: Ticket) -> None:
    with pytest.raises(refusals.NotAllowed):
        ask(world, missed, actor=world.contact)
