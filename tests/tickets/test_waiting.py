"""Pauses of the resolution clock."""

from __future__ import annotations

import pytest

from plazo.tickets import actions, refusals
from plazo.tickets.models import FAR, Ticket
from tests.tickets.conftest import at, instant, opened, read, told
from tests.world import World


def test_waiting_on_the_client_pauses_the_resolution_and_answers(world: World, ticket: Ticket) -> None:
    with at("14:00"):
        actions.pause(ticket.pk, actor=world.consultant, reason="client", body="¿Qué folio?")
    assessment = read(ticket, "15:00").assessment
    assert str(assessment.clocks["response"].state) == "met"
    assert str(assessment.clocks["resolution"].state) == "paused"
    ticket.refresh_from_db()
    assert (ticket.queue_at, ticket.waiting_for, ticket.at_risk_at) == (FAR, "client", None)


def test_waiting_on_the_client_needs_a_message_to_them(world: World, ticket: Ticket) -> None:
    with at("14:00"), pytest.raises(refusals.EmptyText):
        actions.pause(ticket.pk, actor=world.consultant, reason="client")
    assert told(ticket) == ["opened"]


def test_a_pause_leaves_an_answer_still_owed_in_the_queue(world: World, ticket: Ticket) -> None:
    with at("14:00"):
        actions.pause(ticket.pk, actor=world.consultant, reason="bank")
    ticket.refresh_from_db()
    assert (ticket.state, ticket.queue_at, ticket.waiting_for) == ("paused", instant("16:00"), "third_party")


def test_resuming_moves_the_due_date_by_the_time_that_stood(world: World, ticket: Ticket) -> None:
    with at("14:00"):
        actions.pause(ticket.pk, actor=world.consultant, reason="courier")
    with at("15:30"):
        actions.resume(ticket.pk, actor=world.other_consultant)
        with pytest.raises(refusals.NotPaused):
            actions.resume(ticket.pk, actor=world.consultant)
    due = read(ticket, "15:30").assessment.clocks["resolution"].due_at
    assert due == instant("2026-11-19 19:30")


def test_one_pause_at_a_time_and_none_once_resolved(world: World, ticket: Ticket) -> None:
    with at("14:00"):
        actions.pause(ticket.pk, actor=world.consultant, reason="host")
        with pytest.raises(refusals.AlreadyPaused):
            actions.pause(ticket.pk, actor=world.consultant, reason="bank")
        actions.resolve(ticket.pk, actor=world.consultant, body="Listo.")
        with pytest.raises(refusals.NotOpen):
            actions.pause(ticket.pk, actor=world.consultant, reason="bank")


def test_a_reason_is_one_of_the_agreement(world: World, ticket: Ticket) -> None:
    without = opened(world, contract_version=None)
    for each, reason in ((ticket, "vacaciones"), (without, "client")):
        with at("14:00"), pytest.raises(refusals.UnknownPauseReason):
            actions.pause(each.pk, actor=world.consultant, reason=reason, body="Hola.")


def test_a_pause_is_warned_of_and_ends_by_itself_at_its_limit(world: World, ticket: Ticket) -> None:
    with at("14:00"):
        actions.pause(ticket.pk, actor=world.consultant, reason="host", body="Esperamos al proveedor.")
    ticket.refresh_from_db()
    assert ticket.next_step_at == instant("2026-11-20 14:00")
    with at("2026-11-21 15:00"):
        assert actions.fire_due_steps(ticket.pk) == ["pause_warned", "resumed"]
    resumed = ticket.events.get(code="resumed")
    assert (resumed.at, resumed.data) == (instant("2026-11-21 14:00"), {"cause": "limit", "pause": 3})


def test_a_ticket_that_used_up_its_pauses_is_paused_no_more(world: World, ticket: Ticket) -> None:
    with at("2026-11-18 14:00"):
        actions.pause(ticket.pk, actor=world.consultant, reason="client", body="¿Qué folio?")
    with at("2026-11-30 14:00"):
        actions.pause(ticket.pk, actor=world.consultant, reason="client", body="¿Qué folio?")
    with at("2026-12-15 14:00"), pytest.raises(refusals.NoPauseLeft):
        actions.pause(ticket.pk, actor=world.consultant, reason="client", body="¿Qué folio?")


def test_contacts_pause_and_resume_nothing(world: World, ticket: Ticket) -> None:
    with at("14:00"):
        with pytest.raises(refusals.NotAllowed):
            actions.pause(ticket.pk, actor=world.contact, reason="bank")
        actions.pause(ticket.pk, actor=world.consultant, reason="bank")
        with pytest.raises(refusals.NotAllowed):
            actions.resume(ticket.pk, actor=world.contact)


def test_a_contact_objects_to_a_pause_and_to_a_priority(world: World, ticket: Ticket) -> None:
    with at("14:00"):
        with pytest.raises(refusals.NotPaused):
            actions.dispute(ticket.pk, actor=world.contact, what="pause", body="No falta nada.")
        actions.pause(ticket.pk, actor=world.consultant, reason="client", body="¿Qué folio?")
        actions.dispute(ticket.pk, actor=world.contact, what="pause", body="No falta nada.")
        actions.dispute(ticket.pk, actor=world.contact, what="priority", body="Es urgente.")
        with pytest.raises(refusals.NothingToDispute):
            actions.dispute(ticket.pk, actor=world.contact, what="todo", body="Mal.")
        with pytest.raises(refusals.NotAllowed):
            actions.dispute(ticket.pk, actor=world.consultant, what="priority", body="Es urgente.")
    assert read(ticket, "14:00").assessment.pause is not None
