"""Notices are rows of the event's own transaction."""

from __future__ import annotations

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from plazo.kit import clock
from plazo.notices import planning as codes
from plazo.notices.models import Notice
from plazo.notices.suppression import suppress
from plazo.people.models import Person
from plazo.sla import timeline as events
from plazo.tickets.actions import client_reply, fire_due_steps, log_call, note, reply
from plazo.tickets.actions.assigning import assign, take
from plazo.tickets.models import Ticket
from tests.notices.conftest import later, opened, told
from tests.world import World


def test_whoever_reports_is_told_that_it_was_received(world: World, ticket: Ticket) -> None:
    assert told(ticket, codes.RECEIVED) == [world.contact.email]


def test_a_message_id_is_of_our_domain_and_differs_by_notice(world: World, ticket: Ticket) -> None:
    reply(ticket.pk, actor=world.consultant, body="Lo estamos viendo.")
    ids = list(Notice.objects.values_list("message_id", flat=True))
    assert len(set(ids)) == len(ids) == 2
    assert all(each.endswith("@plazo.example>") for each in ids)


def test_an_answer_is_told_to_the_requester_with_its_number(world: World, ticket: Ticket) -> None:
    seq = reply(ticket.pk, actor=world.consultant, body="Lo estamos viendo.")
    assert Notice.objects.get(code=codes.ANSWERED).reply_seq == seq
    assert told(ticket, codes.ANSWERED) == [world.contact.email]


def test_a_client_word_goes_to_whoever_has_the_ticket(world: World, ticket: Ticket) -> None:
    take(ticket.pk, actor=world.consultant)
    client_reply(ticket.pk, actor=world.contact, body="¿Alguna novedad?")
    assert told(ticket, codes.CLIENT_WORD) == [world.consultant.email]


def test_a_client_word_on_a_ticket_of_nobody_goes_to_the_lead(world: World, ticket: Ticket) -> None:
    client_reply(ticket.pk, actor=world.contact, body="¿Alguna novedad?")
    assert told(ticket, codes.CLIENT_WORD) == [world.lead.email]


def test_without_a_lead_the_administrator_is_told(world: World, ticket: Ticket) -> None:
    Person.objects.filter(pk=world.lead.pk).update(is_active=False)
    client_reply(ticket.pk, actor=world.contact, body="¿Alguna novedad?")
    assert told(ticket, codes.CLIENT_WORD) == [world.administrator.email]


def test_somebody_disabled_is_told_nothing(world: World, ticket: Ticket) -> None:
    Person.objects.filter(pk=world.contact.pk).update(is_active=False)
    reply(ticket.pk, actor=world.consultant, body="Lo estamos viendo.")
    assert told(ticket, codes.ANSWERED) == []


def test_taking_a_ticket_tells_nobody_and_giving_it_tells_the_other(world: World, ticket: Ticket) -> None:
    take(ticket.pk, actor=world.consultant)
    assert told(ticket, codes.ASSIGNED) == []
    assign(ticket.pk, actor=world.lead, to=world.other_consultant)
    assert told(ticket, codes.ASSIGNED) == [world.other_consultant.email]


def test_a_note_tells_nobody(world: World, ticket: Ticket) -> None:
    before = Notice.objects.count()
    note(ticket.pk, actor=world.consultant, body="Revisar el certificado.")
    log_call(ticket.pk, actor=world.consultant, body="No contestó.", spoke=False)
    assert Notice.objects.count() == before


def test_steps_passed_together_give_one_notice_a_person(world: World, ticket: Ticket) -> None:
    take(ticket.pk, actor=world.consultant)
    with later(days=2):
        fired = fire_due_steps(ticket.pk)
    assert fired.count(events.ESCALATED) > 2
    assert told(ticket, codes.ESCALATED).count(world.consultant.email) == 1
    assert told(ticket, codes.ESCALATED).count(world.lead.email) == 1


def test_an_event_that_is_rolled_back_leaves_no_notice(world: World, ticket: Ticket) -> None:
    before = Notice.objects.count()
    with transaction.atomic():
        reply(ticket.pk, actor=world.consultant, body="Lo estamos viendo.")
        transaction.set_rollback(True)
    assert Notice.objects.count() == before


def test_a_made_up_world_writes_its_notices_and_sends_none(world: World) -> None:
    with suppress():
        opened(world)
    opened(world)
    assert list(Notice.objects.order_by("pk").values_list("state", flat=True)) == ["suppressed", "waiting"]


def test_a_notice_is_due_at_once(ticket: Ticket) -> None:
    assert Notice.objects.get().next_attempt_at == clock.now()


def test_all_notices_of_an_act_are_one_insert(world: World, ticket: Ticket) -> None:
    with (
        CaptureQueriesContext(
            connection,
        ) as queries,
        later(days=2),
    ):
        fire_due_steps(ticket.pk)
    inserts = [each for each in queries if each["sql"].startswith('INSERT INTO "notices_notice"')]
    assert len(inserts) == 1
