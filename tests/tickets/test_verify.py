"""Everything stored follows from the timeline, and a change to it shows."""

from __future__ import annotations

from plazo.tickets.actions import fire_due_steps, open_ticket, reply
from plazo.tickets.models import Event, Ticket
from plazo.tickets.verify import Verification
from tests.world import World


def answered(world: World) -> Ticket:
    ticket = open_ticket(
        world.contact,
        organization=world.andes,
        contract_version=world.andes_contract,
        channel="portal",
        subject="No salen las facturas",
        body="Desde las nueve.",
    )
    reply(ticket.pk, actor=world.consultant, body="Lo vemos.")
    return ticket


def test_a_ticket_opened_and_answered_shows_no_difference(world: World) -> None:
    fire_due_steps(answered(world).pk)
    verification = Verification()
    assert list(verification) == []
    assert verification.tickets == 1


def test_a_changed_event_is_found(world: World) -> None:
    event = Event.objects.get(ticket=answered(world), seq=1)
    Event.objects.filter(pk=event.pk).update(body=event.body.replace('"portal"', '"phone"'))
    assert "chain" in {difference.where for difference in Verification()}


def test_a_removed_event_is_found(world: World) -> None:
    Event.objects.filter(ticket=answered(world), seq=2).delete()
    assert list(Verification()) != []


def test_an_index_that_says_something_else_is_found(world: World) -> None:
    Ticket.objects.filter(pk=answered(world).pk).update(state="closed")
    assert ("ticket", "state") in {(each.where, each.name) for each in Verification()}
