"""One try of one notice, and what is written of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from plazo.kit import clock
from plazo.kit.claim import claim
from plazo.notices import delivery
from plazo.notices import planning as codes
from plazo.notices.delivery import deliver_next
from plazo.notices.models import Notice
from plazo.notices.suppression import suppress
from plazo.notices.transports import Accepted, Later, Letter, Outcome, Refused
from plazo.people.models import Membership
from plazo.sla import timeline as events
from plazo.tickets.actions import client_reply, reply
from plazo.tickets.actions.waiting import pause
from plazo.tickets.models import Ticket
from plazo.tickets.queries import timeline
from tests.notices.conftest import Postman, later, opened
from tests.world import World

GONE = Refused("550 no such mailbox")
BUSY = Later("451 try again")


def the_notice() -> Notice:
    return Notice.objects.latest("pk")


def drain(postman: Postman) -> None:
    while deliver_next(postman):
        pass


def test_an_accepted_notice_is_sent(ticket: Ticket) -> None:
    postman = Postman()
    assert deliver_next(postman)
    notice = the_notice()
    assert (notice.state, notice.sent_at, notice.attempts) == (Notice.SENT, clock.now(), 1)
    assert postman.accepted[0].message_id == notice.message_id
    assert postman.accepted[0].raw == bytes(notice.raw)


def test_nothing_due_is_nothing_done(ticket: Ticket) -> None:
    drain(Postman())
    assert not deliver_next(Postman())


def test_a_sent_notice_is_never_sent_again(ticket: Ticket) -> None:
    postman = Postman()
    drain(postman)
    with later(days=30):
        drain(postman)
    assert len(postman.accepted) == 1


def test_the_envelope_comes_from_the_desk(world: World, ticket: Ticket) -> None:
    postman = Postman()
    drain(postman)
    assert postman.accepted[0].sender == "mesa@plazo.example"
    assert postman.accepted[0].recipient == world.contact.email


def test_a_busy_host_is_tried_again_with_the_same_bytes(ticket: Ticket) -> None:
    postman = Postman(BUSY, Accepted())
    deliver_next(postman)
    waiting = the_notice()
    assert waiting.state == Notice.WAITING
    assert timedelta(seconds=45) < waiting.next_attempt_at - clock.now() < timedelta(seconds=75)
    assert waiting.error == "451 try again"
    with clock.at(waiting.next_attempt_at):
        deliver_next(postman)
    assert the_notice().state == Notice.SENT
    assert postman.accepted[0].raw == bytes(waiting.raw)


def test_a_waiting_notice_is_not_tried_before_its_time(ticket: Ticket) -> None:
    deliver_next(Postman(BUSY))
    assert not deliver_next(Postman())


def test_after_five_days_of_busy_hosts_it_has_failed(ticket: Ticket) -> None:
    postman = Postman(*[BUSY] * 100)
    while (notice := the_notice()).state == Notice.WAITING:
        with clock.at(notice.next_attempt_at):
            deliver_next(postman)
    assert notice.state == Notice.FAILED
    assert timedelta(days=4) < notice.next_attempt_at - notice.created_at <= timedelta(days=5)
    assert 30 < notice.attempts < 50


def test_a_refused_notice_has_failed_at_once_and_says_why(ticket: Ticket) -> None:
    deliver_next(Postman(GONE))
    assert (the_notice().state, the_notice().error) == (Notice.FAILED, "550 no such mailbox")


def test_one_refused_recipient_does_not_stop_the_next(world: World, ticket: Ticket) -> None:
    opened(world)
    postman = Postman(GONE, Accepted())
    drain(postman)
    assert list(Notice.objects.order_by("pk").values_list("state", flat=True)) == ["failed", "sent"]


def test_notices_of_a_made_up_world_are_not_tried(world: World) -> None:
    with suppress():
        opened(world)
    assert not deliver_next(Postman())


def test_somebody_who_may_no_longer_see_the_ticket_gets_nothing(world: World, ticket: Ticket) -> None:
    Membership.objects.filter(person=world.contact).update(is_active=False)
    postman = Postman()
    deliver_next(postman)
    assert postman.accepted == []
    assert the_notice().state == Notice.SUPPRESSED


def test_a_notice_that_cannot_be_worded_is_set_back_and_the_next_goes_out(
    world: World, ticket: Ticket, caplog: pytest.LogCaptureFixture
) -> None:
    Notice.objects.update(code="unheard_of")
    opened(world)
    postman = Postman()
    drain(postman)
    broken = Notice.objects.earliest("pk")
    assert (broken.state, broken.error) == (Notice.WAITING, "KeyError: 'unheard_of'")
    assert len(postman.accepted) == 1
    assert f"ticket {ticket.pk}" in caplog.text


def test_a_transport_that_breaks_down_is_tried_again_later(ticket: Ticket) -> None:
    def break_down() -> None:
        raise RuntimeError("bug")

    postman = Postman()
    postman.before_data = break_down
    deliver_next(postman)
    assert (the_notice().state, the_notice().error) == (Notice.WAITING, "RuntimeError: bug")


def test_a_worker_told_to_stop_lets_go_before_anything_is_handed_over(ticket: Ticket) -> None:
    stopping = iter([False, True])
    postman = Postman()
    deliver_next(postman, stopping=lambda: next(stopping))
    notice = the_notice()
    assert postman.accepted == []
    assert (notice.state, notice.leased_until, notice.attempts) == (Notice.WAITING, None, 0)


def test_a_worker_told_to_stop_lets_go_of_what_it_just_took(ticket: Ticket) -> None:
    deliver_next(Postman(), stopping=lambda: True)
    assert (the_notice().leased_until, the_notice().attempts) == (None, 0)


def another_worker_takes_it() -> None:
    with later(hours=1):
        (notice,) = claim(Notice.objects.filter(state=Notice.WAITING), lease=timedelta(hours=1))
    assert notice.fence == 2


def test_a_worker_stopped_beyond_its_lease_sends_nothing(ticket: Ticket) -> None:
    postman = Postman()
    postman.before_data = another_worker_takes_it
    deliver_next(postman)
    assert postman.accepted == []
    assert (the_notice().state, the_notice().fence) == (Notice.WAITING, 2)


def test_a_worker_stopped_beyond_its_lease_writes_nothing(
    ticket: Ticket,
) -> None:
    """It had asked, was stopped inside the hand-over, and comes back with an answer."""

    class Slow(Postman):
        def send(self, letter: Letter, *, may_send: Callable[[], bool]) -> Outcome:
            outcome = super().send(letter, may_send=may_send)
            with later(days=1):
                another_worker_takes_it()
            return outcome

    deliver_next(Slow())
    assert the_notice().state == Notice.WAITING


def test_no_transaction_is_open_while_the_network_is_waited_for(
    ticket: Ticket,
) -> None:
    depth = len(connection.savepoint_ids)
    seen: list[int] = []
    postman = Postman()
    postman.before_data = lambda: seen.append(len(connection.savepoint_ids))
    deliver_next(postman)
    assert seen == [depth]


def test_an_answer_that_nobody_received_is_withdrawn(world: World, ticket: Ticket) -> None:
    drain(Postman())
    seq = reply(ticket.pk, actor=world.consultant, body="Lo estamos viendo.")
    deliver_next(Postman(GONE))
    last = timeline(ticket.pk)[-1]
    assert (last.code, last.data) == (events.UNDELIVERED, {"reply": seq})
    assert Notice.objects.filter(code=codes.UNDELIVERED, person=world.lead).exists()


def test_an_answer_carried_by_a_pause_is_withdrawn_too(world: World, ticket: Ticket) -> None:
    drain(Postman())
    pause(ticket.pk, actor=world.consultant, reason="client", body="¿Qué versión usa?")
    deliver_next(Postman(GONE))
    assert events.UNDELIVERED in [each.code for each in timeline(ticket.pk)]


def test_an_answer_that_the_client_answered_stands(world: World, ticket: Ticket) -> None:
    drain(Postman())
    reply(ticket.pk, actor=world.consultant, body="Lo estamos viendo.")
    client_reply(ticket.pk, actor=world.contact, body="Gracias.")
    drain(Postman(GONE, GONE))
    assert events.UNDELIVERED not in [each.code for each in timeline(ticket.pk)]


def test_a_refused_notice_that_carries_no_answer_withdraws_none(world: World, ticket: Ticket) -> None:
    reply(ticket.pk, actor=world.consultant, body="Lo estamos viendo.")
    drain(Postman(GONE, Accepted()))
    assert events.UNDELIVERED not in [each.code for each in timeline(ticket.pk)]


def test_the_lease_covers_all_that_the_answer_may_take(ticket: Ticket) -> None:
    seen = []

    class Watching(Postman):
        def send(self, letter: Letter, *, may_send: Callable[[], bool]) -> Outcome:
            assert may_send()
            seen.append(the_notice().leased_until)
            return Accepted()

    deliver_next(Watching())
    assert seen == [clock.now() + timedelta(seconds=delivery.WAITS_FOR_ANSWER * 600)]
