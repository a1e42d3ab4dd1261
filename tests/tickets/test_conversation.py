"""Answers, calls, notes, the client's words, and answers nobody received."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from plazo.people.models import Person
from plazo.tickets import actions, refusals
from plazo.tickets.models import Ticket
from tests.tickets.conftest import at, instant, opened, read, told
from tests.world import World


def test_an_answer_of_the_desk_meets_the_response_when_it_is_stored(world: World, ticket: Ticket) -> None:
    with at("14:00"):
        actions.reply(ticket.pk, actor=world.consultant, body="Lo vemos.", canned=True)
    response = read(ticket, "14:00").assessment.clocks["response"]
    assert (str(response.state), response.stopped_at, response.canned) == ("met", instant("14:00"), True)


def test_a_note_and_a_call_nobody_took_meet_nothing(world: World, ticket: Ticket) -> None:
    with at("14:00"):
        actions.note(ticket.pk, actor=world.consultant, body="Llamar.")
        actions.log_call(ticket.pk, actor=world.consultant, body="No contesta.", spoke=False)
    assert read(ticket, "14:00").assessment.clocks["response"].stopped_at is None


def test_a_call_in_which_they_spoke_counts_from_when_it_is_logged(world: World, ticket: Ticket) -> None:
    with at("14:00"):
        actions.log_call(ticket.pk, actor=world.consultant, body="Hablamos.", spoke=True, at=instant("13:20"))
    assert ticket.events.get(seq=2).at == instant("13:20")
    assert read(ticket, "14:00").assessment.clocks["response"].stopped_at == instant("14:00")


@pytest.mark.parametrize("act", [actions.reply, actions.note])
def test_only_the_desk_answers_and_notes(world: World, ticket: Ticket, act: Callable[..., Any]) -> None:
    with at("14:00"), pytest.raises(refusals.NotAllowed):
        act(ticket.pk, actor=world.contact, body="Hola.")


def test_only_a_contact_writes_as_the_client(world: World, ticket: Ticket) -> None:
    with at("14:00"):
        for person in (world.contact, world.colleague):
            actions.client_reply(ticket.pk, actor=person, body="¿Alguna novedad?")
        with pytest.raises(refusals.NotAllowed):
            actions.client_reply(ticket.pk, actor=world.consultant, body="Soy el cliente.")
    assert told(ticket) == ["opened", "client_replied", "client_replied"]


def test_the_clients_word_ends_a_pause_that_waits_for_them(world: World, ticket: Ticket) -> None:
    with at("14:00"):
        actions.pause(ticket.pk, actor=world.consultant, reason="client", body="¿Qué folio?")
    with at("15:00"):
        actions.client_reply(ticket.pk, actor=world.contact, body="El 120.")
    assert told(ticket) == ["opened", "replied", "paused", "client_replied", "resumed"]
    assert ticket.events.get(seq=5).data == {"cause": "client", "pause": 3}


def test_the_clients_word_does_not_end_a_pause_that_waits_for_others(world: World, ticket: Ticket) -> None:
    with at("14:00"):
        actions.pause(ticket.pk, actor=world.consultant, reason="sii")
        actions.client_reply(ticket.pk, actor=world.contact, body="¿Y?")
    assert told(ticket) == ["opened", "paused", "client_replied"]


def test_a_word_on_a_resolved_ticket_waits_in_the_queue_for_review(world: World, ticket: Ticket) -> None:
    with at("14:00"):
        actions.resolve(ticket.pk, actor=world.consultant, body="Reinicie.")
    ticket.refresh_from_db()
    assert ticket.active is False
    with at("15:00"):
        actions.client_reply(ticket.pk, actor=world.contact, body="Gracias.")
    with at("15:30"):
        actions.client_reply(ticket.pk, actor=world.contact, body="¡Muchas!")
    ticket.refresh_from_db()
    assert (ticket.state, ticket.active, ticket.needs_review) == ("resolved", True, True)
    assert ticket.queue_at == instant("15:00")
    with at("16:00"):
        actions.review(ticket.pk, actor=world.consultant)
        with pytest.raises(refusals.NothingToReview):
            actions.review(ticket.pk, actor=world.consultant)
    ticket.refresh_from_db()
    assert (ticket.active, ticket.needs_review) == (False, False)


def test_a_closed_ticket_takes_no_more_words(world: World, ticket: Ticket) -> None:
    with at("14:00"):
        actions.resolve(ticket.pk, actor=world.consultant, body="Reinicie.")
        actions.confirm(ticket.pk, actor=world.contact)
        with pytest.raises(refusals.Closed):
            actions.client_reply(ticket.pk, actor=world.contact, body="Otra cosa.")
        with pytest.raises(refusals.Closed):
            actions.reply(ticket.pk, actor=world.consultant, body="Otra cosa.")


def test_an_answer_nobody_received_is_withdrawn_once(world: World, ticket: Ticket) -> None:
    with at("14:00"):
        seq = actions.reply(ticket.pk, actor=world.consultant, body="Lo vemos.")
    with at("14:30"):
        assert actions.mark_undelivered(ticket.pk, reply_seq=seq) == 3
        assert actions.mark_undelivered(ticket.pk, reply_seq=seq) is None
    response = read(ticket, "14:30").assessment.clocks["response"]
    assert (str(response.state), response.due_at) == ("running", instant("16:00"))
    with at("14:30"), pytest.raises(refusals.NotAReply):
        actions.mark_undelivered(ticket.pk, reply_seq=1)


def test_a_resolved_ticket_whose_answer_was_undelivered_is_back_in_the_queue(world: World) -> None:
    ticket = opened(world)
    with at("14:00"):
        seq = actions.resolve(ticket.pk, actor=world.consultant, body="Reinicie.")
        actions.mark_undelivered(ticket.pk, reply_seq=seq)
    ticket.refresh_from_db()
    assert (ticket.state, ticket.active, ticket.queue_at) == ("resolved", True, instant("16:00"))


@pytest.mark.parametrize("name", ["norte_contact", "stranger", "unauthorised"])
def test_strangers_write_on_no_ticket(world: World, ticket: Ticket, name: str) -> None:
    person: Person = getattr(world, name)
    with at("14:00"), pytest.raises(Ticket.DoesNotExist):
        actions.client_reply(ticket.pk, actor=person, body="Hola.")
