"""One way to write: under the lock, after what was due, hashed, indexed, and never twice."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from plazo.kit.files import store
from plazo.tickets import actions, clocks, refusals, signals
from plazo.tickets.chain import digest_after, salted
from plazo.tickets.models import Attachment, Event, Message, Ticket, TicketClock
from tests.tickets.conftest import at, instant, opened, read, told
from tests.world import World


def test_each_event_is_hashed_onto_the_one_before(world: World, ticket: Ticket) -> None:
    with at("13:30"):
        actions.reply(ticket.pk, actor=world.consultant, body="Lo vemos.")
    ticket.refresh_from_db()
    digest = ticket.uid.hex
    for event in ticket.events.order_by("seq"):
        digest = digest_after(digest, event.body)
        assert event.digest == digest
    assert (ticket.head, ticket.length) == (digest, 2)


def test_an_event_holds_codes_ids_and_salted_digests_only(world: World, ticket: Ticket) -> None:
    with at("13:30"):
        file = store(ContentFile(b"hola\n", name="informe de prueba.txt"))
        actions.reply(ticket.pk, actor=world.consultant, body="Un texto secreto.", files=[file])
    event, message = ticket.events.get(seq=2), Message.objects.get(ticket=ticket, seq=2)
    assert event.data == {
        "canned": False,
        "message": salted(message.salt, "Un texto secreto."),
        "files": [salted(message.salt, file.sha256)],
    }
    assert "secreto" not in event.body
    assert "informe" not in event.body
    assert Attachment.objects.get().file_name == "informe de prueba.txt"


def test_the_hashed_text_is_canonical(ticket: Ticket) -> None:
    body = ticket.events.get().body
    content = json.loads(body)
    assert body == json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert content["at"] == int(instant("13:00").timestamp())


def test_what_was_due_is_recorded_before_the_act_with_its_true_instant(world: World, ticket: Ticket) -> None:
    with at("18:00"):
        actions.reply(ticket.pk, actor=world.consultant, body="Disculpe la demora.")
    rows = ticket.events.order_by("seq").values_list("code", "at", "recorded_at", "actor_id")
    assert [row[0] for row in rows] == ["opened", *["escalated"] * 2, "breached", "escalated", "replied"]
    breached = rows[3]
    assert breached == ("breached", instant("16:00"), instant("18:00"), None)
    assert rows[5][3] == world.consultant.pk


def test_the_worker_and_a_person_record_a_step_once_between_them(world: World, ticket: Ticket) -> None:
    with at("18:00"):
        assert actions.fire_due_steps(ticket.pk) == ["escalated", "escalated", "breached", "escalated"]
        assert actions.fire_due_steps(ticket.pk) == []
        actions.reply(ticket.pk, actor=world.consultant, body="Disculpe.")
    assert told(ticket).count("breached") == 1


def test_the_database_itself_refuses_a_step_recorded_twice(world: World, ticket: Ticket) -> None:
    with at("18:00"):
        actions.fire_due_steps(ticket.pk)
    event = ticket.events.get(code="breached")
    assert event.step_key == "breached:response:1"
    event.pk, event.seq = None, 99
    with pytest.raises(IntegrityError), transaction.atomic():
        event.save()


def test_the_second_of_two_writers_is_told_what_the_first_did(world: World, ticket: Ticket) -> None:
    with at("13:30"):
        actions.reply(ticket.pk, actor=world.consultant, body="Lo veo yo.", seen=1)
        with pytest.raises(refusals.Changed) as refused:
            actions.reply(ticket.pk, actor=world.other_consultant, body="Lo veo yo también.", seen=1)
    assert [event.code for event in refused.value.since] == ["replied"]
    assert told(ticket) == ["opened", "replied"]


def test_ones_own_acts_and_notes_of_others_refuse_nobody(world: World, ticket: Ticket) -> None:
    with at("13:30"):
        actions.note(ticket.pk, actor=world.other_consultant, body="Ojo.")
        actions.reply(ticket.pk, actor=world.consultant, body="Una cosa.", seen=1)
        actions.reply(ticket.pk, actor=world.consultant, body="Otra cosa.", seen=1)
    assert told(ticket) == ["opened", "noted", "replied", "replied"]


def test_who_writes_over_it_on_purpose_says_nothing_of_what_they_saw(world: World, ticket: Ticket) -> None:
    with at("13:30"):
        actions.reply(ticket.pk, actor=world.consultant, body="Lo veo yo.")
        actions.reply(ticket.pk, actor=world.other_consultant, body="Igual escribo.")
    assert told(ticket) == ["opened", "replied", "replied"]


def test_an_answer_posted_twice_is_one_answer(world: World, ticket: Ticket) -> None:
    with at("13:30"):
        first = actions.reply(ticket.pk, actor=world.consultant, body="Lo vemos.", seen=1, key="a1")
        actions.client_reply(ticket.pk, actor=world.contact, body="Gracias.", key="a1")
        second = actions.reply(ticket.pk, actor=world.consultant, body="Lo vemos.", seen=1, key="a1")
    assert first == second == 2
    assert told(ticket) == ["opened", "replied", "client_replied"]


def test_a_refused_act_writes_nothing_at_all(world: World, ticket: Ticket) -> None:
    before = Ticket.objects.filter(pk=ticket.pk).values().get()
    with at("18:00"), pytest.raises(refusals.NotPaused):
        actions.resume(ticket.pk, actor=world.consultant)
    assert told(ticket) == ["opened"]
    assert Ticket.objects.filter(pk=ticket.pk).values().get() == before


def test_a_clock_set_back_never_makes_time_run_backwards(world: World, ticket: Ticket) -> None:
    with at("13:30"):
        actions.reply(ticket.pk, actor=world.consultant, body="Una.")
    with at("11:00"):
        actions.reply(ticket.pk, actor=world.consultant, body="Otra.")
    assert ticket.events.get(seq=3).recorded_at == instant("13:30")


def test_texts_are_made_safe_and_empty_or_endless_ones_refused(world: World, ticket: Ticket) -> None:
    with at("13:30"):
        actions.reply(ticket.pk, actor=world.consultant, body=" Hola\x00\udce9 \r\n")
        for body, refusal in (("\x00 \n", refusals.EmptyText), ("a" * 100_001, refusals.TextTooLong)):
            with pytest.raises(refusal):
                actions.reply(ticket.pk, actor=world.consultant, body=body)
    assert Message.objects.get(ticket=ticket, seq=2).body == "Hola\ufffd"


def test_listeners_hear_of_the_events_in_the_transaction(world: World, ticket: Ticket) -> None:
    heard: list[tuple[int, list[str], int]] = []

    def listen(*, ticket: Ticket, events: list[Event], reading: object, **_: object) -> None:
        heard.append(
            (ticket.pk, [event.code for event in events], Event.objects.filter(ticket=ticket).count())
        )

    signals.recorded.connect(listen)
    try:
        with at("13:30"):
            actions.reply(ticket.pk, actor=world.consultant, body="Lo vemos.")
    finally:
        signals.recorded.disconnect(listen)
    assert heard == [(ticket.pk, ["replied"], 2)]


def test_the_row_is_an_index_of_the_timeline(world: World, ticket: Ticket) -> None:
    assert (ticket.state, ticket.priority, ticket.kind, ticket.active) == ("open", "high", "ALTO-01", True)
    assert ticket.queue_at == instant("16:00")
    assert ticket.at_risk_at == instant("15:15")
    assert ticket.next_step_at == instant("14:30")
    dues = dict(TicketClock.objects.filter(ticket=ticket).values_list("metric", "due_at"))
    assert dues == {"response": instant("16:00"), "resolution": instant("2026-11-19 17:00")}
    with at("13:30"):
        actions.reply(ticket.pk, actor=world.consultant, body="Lo vemos.")
    clock = TicketClock.objects.get(ticket=ticket, metric="response")
    assert (clock.state, clock.elapsed, clock.verdict_month) == ("met", 1_800, "2026-11")


def test_a_month_is_that_of_the_policys_zone(world: World) -> None:
    late = opened(
        world,
        "2026-12-01 01:30",
        requester=world.sur_contact,
        organization=world.sur,
        contract_version=world.sur_contract,
    )
    with at("2026-12-01 02:00"):
        actions.reply(late.pk, actor=world.consultant, body="Lo vemos.")
    assert TicketClock.objects.get(ticket=late, metric="response").verdict_month == "2026-11"


def test_opening_and_answering_take_few_statements(world: World, ticket: Ticket) -> None:
    with CaptureQueriesContext(connection) as opening:
        opened(world)
    with at("13:30"), CaptureQueriesContext(connection) as answering:
        actions.reply(ticket.pk, actor=world.consultant, body="Lo vemos.")
    written = [each["sql"] for each in opening if "tickets_" in each["sql"]]
    assert len(written) == 5
    assert len([each for each in answering if "tickets_" in each["sql"]]) == 6


def test_the_number_of_queries_for_many_tickets_is_that_for_one(world: World) -> None:
    for number in range(3):
        opened(world, f"13:0{number}")
    tickets = list(Ticket.objects.all())
    with CaptureQueriesContext(connection) as one:
        read(tickets[0], "14:00")
    with CaptureQueriesContext(connection) as many:
        assert len(clocks.read_many(tickets)) == 3
    assert len(many) == len(one) - 1  # `read` here fetches its ticket too


def test_an_act_asks_five_times_and_writes_five_at_most(
    world: World, ticket: Ticket, django_assert_max_num_queries: Any
) -> None:
    with at("13:10"):
        actions.take(ticket.pk, actor=world.consultant)
    savepoint = 2
    # Ticket, timeline, days off; then the row, event, text, clocks and notice.
    with at("13:20"), django_assert_max_num_queries(3 + 5 + savepoint):
        actions.reply(ticket.pk, actor=world.consultant, body="Lo vemos.")
    # Where the person belongs, and who of the desk is told, beside these.
    with at("13:30"), django_assert_max_num_queries(5 + 5 + savepoint):
        actions.client_reply(ticket.pk, actor=world.contact, body="Gracias.")


def test_who_does_not_see_a_ticket_does_not_learn_that_it_exists(world: World, ticket: Ticket) -> None:
    for number in (ticket.pk, ticket.pk + 1_000):
        with at("13:30"), pytest.raises(Ticket.DoesNotExist):
            actions.client_reply(number, actor=world.norte_contact, body="¿Y esto?")


def test_the_same_key_with_another_text_is_refused_and_loses_nothing(world: World, ticket: Ticket) -> None:
    with at("13:10"):
        first = actions.reply(ticket.pk, actor=world.consultant, body="Lo vemos.", key="una")
        assert actions.reply(ticket.pk, actor=world.consultant, body="Lo vemos.", key="una") == first
        with pytest.raises(refusals.AlreadySent):
            actions.reply(ticket.pk, actor=world.consultant, body="Ya está resuelto.", key="una")
    assert Message.objects.filter(ticket=ticket, kind="reply").count() == 1


def test_an_erased_text_is_taken_for_the_same(world: World, ticket: Ticket) -> None:
    with at("13:10"):
        first = actions.reply(ticket.pk, actor=world.consultant, body="Lo vemos.", key="una")
        Message.objects.filter(ticket=ticket, seq=first).update(body="", salt="")
        assert actions.reply(ticket.pk, actor=world.consultant, body="Lo vemos.", key="una") == first
