"""Estimates, solutions, confirmations, reopenings and closing."""

from __future__ import annotations

import pytest

from plazo.tickets import actions, refusals
from plazo.tickets.models import Ticket
from tests.tickets.conftest import at, instant, read, told
from tests.world import World


@pytest.fixture
def resolved(world: World, ticket: Ticket) -> Ticket:
    with at("14:00"):
        actions.resolve(ticket.pk, actor=world.consultant, body="Reinicie el servicio.")
    return ticket


def test_a_solution_is_told_to_the_client_in_the_same_act(world: World, resolved: Ticket) -> None:
    assert told(resolved) == ["opened", "replied", "resolved"]
    assert {str(clock.state) for clock in read(resolved, "14:00").assessment.clocks.values()} == {"met"}


def test_a_solution_needs_words_and_a_person_of_the_desk(world: World, ticket: Ticket) -> None:
    with at("14:00"):
        with pytest.raises(refusals.EmptyText):
            actions.resolve(ticket.pk, actor=world.consultant, body=" ")
        with pytest.raises(refusals.NotAllowed):
            actions.resolve(ticket.pk, actor=world.contact, body="Ya quedó.")


def test_what_is_resolved_is_not_resolved_again(world: World, resolved: Ticket) -> None:
    with at("14:30"), pytest.raises(refusals.NotOpen):
        actions.resolve(resolved.pk, actor=world.consultant, body="Otra vez.")


def test_the_client_confirms_which_closes(world: World, resolved: Ticket) -> None:
    with at("15:00"):
        with pytest.raises(refusals.NotAllowed):
            actions.confirm(resolved.pk, actor=world.consultant)
        actions.confirm(resolved.pk, actor=world.contact)
        with pytest.raises(refusals.NotResolved):
            actions.confirm(resolved.pk, actor=world.contact)
    resolved.refresh_from_db()
    assert (resolved.state, resolved.next_step_at) == ("closed", None)


def test_a_resolved_ticket_is_warned_of_and_closes_by_itself(world: World, resolved: Ticket) -> None:
    with at("2026-11-23 14:00"):
        assert actions.fire_due_steps(resolved.pk) == ["closing_warned", "closed"]
    assert resolved.events.get(code="closed").data == {"cause": "period", "resolved": 3}


def test_the_client_reopens_from_that_word_on(world: World, resolved: Ticket) -> None:
    with at("16:00"):
        actions.reopen(resolved.pk, actor=world.contact, body="Sigue igual.")
    assessment = read(resolved, "16:00").assessment
    assert (str(assessment.state), assessment.false_solutions) == ("open", (instant("14:00"),))
    # 1 h was used by 11:00; the rest goes on at 13:00 in Santiago, an hour before lunch.
    assert assessment.clocks["resolution"].due_at == instant("2026-11-19 20:00")


def test_a_consultant_reopens_from_the_clients_first_word(world: World, resolved: Ticket) -> None:
    with at("15:00"):
        actions.client_reply(resolved.pk, actor=world.contact, body="Sigue igual.")
    with at("19:00"):
        actions.reopen(resolved.pk, actor=world.consultant)
    event = resolved.events.get(code="reopened")
    assert (event.at, event.recorded_at) == (instant("15:00"), instant("19:00"))


def test_after_its_period_a_ticket_is_not_reopened(world: World, resolved: Ticket) -> None:
    with at("2026-11-23 14:01"), pytest.raises(refusals.ReopeningPeriodOver):
        actions.reopen(resolved.pk, actor=world.contact, body="Sigue igual.")


def test_what_has_no_solution_is_not_reopened(world: World, ticket: Ticket) -> None:
    with at("14:00"), pytest.raises(refusals.AlreadyOpen):
        actions.reopen(ticket.pk, actor=world.contact)


def test_an_estimate_lies_ahead_and_within_the_term(world: World, ticket: Ticket) -> None:
    with at("14:00"):
        actions.promise(ticket.pk, actor=world.consultant, due=instant("2026-11-19 17:00"))
        with pytest.raises(refusals.PromisePastTerm):
            actions.promise(ticket.pk, actor=world.consultant, due=instant("2026-11-19 17:01"))
        with pytest.raises(refusals.PromiseInThePast):
            actions.promise(ticket.pk, actor=world.consultant, due=instant("14:00"))
        with pytest.raises(refusals.NotAllowed):
            actions.promise(ticket.pk, actor=world.contact, due=instant("18:00"))
    assert read(ticket, "14:00").assessment.promised_at == instant("2026-11-19 17:00")


def test_an_estimate_with_words_answers_the_client(world: World, ticket: Ticket) -> None:
    with at("14:00"):
        actions.promise(ticket.pk, actor=world.consultant, due=instant("18:00"), body="Hoy a las 15:00.")
    assert told(ticket) == ["opened", "replied", "promised"]


def test_nothing_is_estimated_while_the_term_stands_still_or_is_met(world: World, ticket: Ticket) -> None:
    with at("14:00"):
        actions.pause(ticket.pk, actor=world.consultant, reason="bank")
        with pytest.raises(refusals.PromiseWhilePaused):
            actions.promise(ticket.pk, actor=world.consultant, due=instant("18:00"))
        actions.resolve(ticket.pk, actor=world.consultant, body="Listo.")
        with pytest.raises(refusals.NotOpen):
            actions.promise(ticket.pk, actor=world.consultant, due=instant("18:00"))
