"""Who has a ticket."""

from __future__ import annotations

import pytest

from plazo.tickets import actions, refusals
from plazo.tickets.models import Ticket
from tests.tickets.conftest import at
from tests.world import World


def assignee(ticket: Ticket) -> int | None:
    return Ticket.objects.values_list("assignee_id", flat=True).get(pk=ticket.pk)


def test_a_consultant_takes_a_ticket_nobody_has_and_gives_it_back(world: World, ticket: Ticket) -> None:
    with at("13:10"):
        actions.take(ticket.pk, actor=world.consultant)
        assert assignee(ticket) == world.consultant.pk
        actions.release(ticket.pk, actor=world.consultant)
    assert assignee(ticket) is None


def test_nobody_takes_what_somebody_else_has(world: World, ticket: Ticket) -> None:
    with at("13:10"):
        actions.take(ticket.pk, actor=world.consultant)
        with pytest.raises(refusals.AlreadyTaken):
            actions.take(ticket.pk, actor=world.other_consultant)
        with pytest.raises(refusals.NothingChanges):
            actions.take(ticket.pk, actor=world.consultant)
    assert assignee(ticket) == world.consultant.pk


def test_a_ticket_is_assigned_to_people_of_the_desk_only(world: World, ticket: Ticket) -> None:
    with at("13:10"):
        actions.assign(ticket.pk, actor=world.lead, to=world.other_consultant)
        with pytest.raises(refusals.NotAtDesk):
            actions.assign(ticket.pk, actor=world.lead, to=world.contact)
    assert assignee(ticket) == world.other_consultant.pk


def test_a_contact_assigns_nothing(world: World, ticket: Ticket) -> None:
    with at("13:10"):
        for act in (actions.take, actions.release):
            with pytest.raises(refusals.NotAllowed):
                act(ticket.pk, actor=world.contact)


def test_a_closed_ticket_stays_with_who_had_it(world: World, ticket: Ticket) -> None:
    with at("13:10"):
        actions.resolve(ticket.pk, actor=world.consultant, body="Listo.")
        actions.confirm(ticket.pk, actor=world.contact)
        with pytest.raises(refusals.Closed):
            actions.take(ticket.pk, actor=world.consultant)
