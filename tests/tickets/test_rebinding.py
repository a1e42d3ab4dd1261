"""A ticket under the wrong company or contract is put under the right one."""

from __future__ import annotations

import pytest

from plazo.tickets import access, actions, queries, refusals
from plazo.tickets.models import Message, Ticket, TicketClock
from tests.tickets.conftest import at, instant, opened, read
from tests.world import World


@pytest.fixture
def misfiled(world: World) -> Ticket:
    return opened(world, requester=world.shared)


def test_a_lead_moves_a_ticket_to_the_right_company(world: World, misfiled: Ticket) -> None:
    with at("13:30"):
        actions.rebind(
            misfiled.pk, actor=world.lead, contract_version=world.norte_contract, reason="Era de Norte."
        )
    misfiled.refresh_from_db()
    assert misfiled.organization == world.norte
    assert misfiled.contract_version == world.norte_contract
    # Norte's 12x5 Standard gives 6 h: 10:00 to 16:00 in Santiago.
    assert misfiled.queue_at == instant("19:00")
    assert set(misfiled.clocks.values_list("organization_id", flat=True)) == {world.norte.pk}
    assert not access.visible_to(world.colleague).filter(pk=misfiled.pk).exists()
    assert queries.search(world.consultant, "norte factura") == [misfiled]
    assert queries.search(world.consultant, "andes factura") == []


def test_the_contract_at_the_start_stays_known(world: World, misfiled: Ticket) -> None:
    with at("13:30"):
        actions.rebind(
            misfiled.pk, actor=world.lead, contract_version=world.norte_contract, reason="Era de Norte."
        )
    opening, rebound = misfiled.events.order_by("seq")
    assert opening.data["contract_version"] == world.andes_contract.pk
    assert rebound.data["commitment"] == world.norte_contract.pk
    assert rebound.data["before"]["response"] == instant("16:00").timestamp()
    assert rebound.data["after"]["response"] == instant("19:00").timestamp()
    assert Message.objects.get(ticket=misfiled, seq=2).kind == "note"


def test_what_was_missed_stays_missed(world: World, misfiled: Ticket) -> None:
    with at("17:00"):
        actions.rebind(
            misfiled.pk, actor=world.lead, contract_version=world.norte_contract, reason="Era de Norte."
        )
    clock = TicketClock.objects.get(ticket=misfiled, metric="response")
    assert (clock.state, clock.missed_at) == ("missed", instant("16:00"))


def test_a_ticket_without_contract_gets_its_terms(world: World) -> None:
    ticket = opened(world, contract_version=None)
    with at("13:30"):
        actions.rebind(
            ticket.pk,
            actor=world.lead,
            contract_version=world.andes_contract,
            reason="Ya hay contrato.",
            kind="BAJO-01",
        )
    assessment = read(ticket, "13:30").assessment
    assert (assessment.kind, assessment.priority) == ("BAJO-01", "low")
    assert assessment.clocks["response"].started_at == instant("13:00")
    assert assessment.clocks["response"].due_at is not None


def test_only_a_lead_rebinds_with_a_reason_to_where_the_contact_belongs(
    world: World, misfiled: Ticket, ticket: Ticket
) -> None:
    def rebind(each: Ticket, **changes: object) -> None:
        given = {"actor": world.lead, "contract_version": world.norte_contract, "reason": "Era de Norte."}
        with at("13:30"):
            actions.rebind(each.pk, **(given | changes))

    with pytest.raises(refusals.NotAllowed):
        rebind(misfiled, actor=world.consultant)
    with pytest.raises(refusals.EmptyText):
        rebind(misfiled, reason=" ")
    with pytest.raises(refusals.NothingChanges):
        rebind(misfiled, contract_version=world.andes_contract)
    with pytest.raises(refusals.NotMember):
        rebind(ticket)
    rebind(ticket, requester=world.norte_contact)
    ticket.refresh_from_db()
    assert ticket.requester == world.norte_contact
