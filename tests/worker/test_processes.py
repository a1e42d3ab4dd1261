"""Real workers killed, stopped and put side by side: nothing lost, nothing doubled."""

from __future__ import annotations

import signal
import time
from collections import Counter
from datetime import timedelta

import pytest

from plazo.kit import clock
from plazo.notices.models import Notice
from plazo.sla import timeline as events
from plazo.tickets.models import Event, Ticket
from plazo.worker.models import Heartbeat
from tests.notices.conftest import read
from tests.notices.sink import Sink
from tests.worker.conftest import PATIENCE, Workers, end_leases, opened, states, wait_until
from tests.world import World


def message_ids(sink: Sink) -> list[str]:
    return [str(read(each.raw)["Message-ID"]) for each in sink.received]


def all_sent() -> bool:
    return states() == {Notice.SENT}


def test_a_worker_delivers_and_goes_quietly(live_world: World, workers: Workers, sink: Sink) -> None:
    opened(live_world)
    worker = workers.start()
    wait_until(all_sent, workers)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=30) == 0
    assert len(sink.received) == 1
    assert not Heartbeat.objects.exists()


def test_killed_before_it_connects_it_loses_and_doubles_nothing(
    live_world: World, workers: Workers, sink: Sink
) -> None:
    opened(live_world)
    # The row is as a worker leaves it that dies between its taking and its first connection.
    notice = Notice.objects.get()
    until = clock.now() + timedelta(seconds=2)
    Notice.objects.filter(pk=notice.pk).update(attempts=1, fence=1, leased_until=until)
    workers.start()
    wait_until(all_sent, workers)
    assert message_ids(sink) == [notice.message_id]
    assert Notice.objects.get().attempts == 2


def test_killed_inside_the_text_it_is_sent_again_by_the_next(
    live_world: World, workers: Workers, sink: Sink
) -> None:
    opened(live_world)
    sink.hold_data, sink.data_answer = (lambda: 30.0), "451 not yet"
    first = workers.start()
    assert sink.in_data.wait(timeout=PATIENCE), workers.log()
    workers.kill(first)
    end_leases()
    sink.hold_data, sink.data_answer = (lambda: 0.0), "250 OK"
    workers.start()
    wait_until(all_sent, workers)
    assert message_ids(sink) == [Notice.objects.get().message_id]
    assert {each.raw for each in sink.seen} == {bytes(Notice.objects.get().raw)}


def test_killed_between_the_answer_and_its_writing_the_copy_is_the_same(
    live_world: World, workers: Workers, sink: Sink
) -> None:
    opened(live_world)
    sink.accept_and_hang = True
    first = workers.start()
    assert sink.in_data.wait(timeout=PATIENCE), workers.log()
    wait_until(lambda: len(sink.received) == 1, workers)
    workers.kill(first)
    end_leases()
    sink.accept_and_hang = False
    workers.start()
    wait_until(all_sent, workers)
    assert len(sink.received) == 2
    assert len(set(message_ids(sink))) == 1
    assert len({each.raw for each in sink.received}) == 1


def test_stopped_beyond_its_lease_it_neither_sends_nor_writes(
    live_world: World, workers: Workers, sink: Sink
) -> None:
    opened(live_world)
    sink.hold_recipient = 2.0
    stopped = workers.start()
    assert sink.at_recipient.wait(timeout=PATIENCE), workers.log()
    workers.stop_between_writes(stopped)
    end_leases()
    sink.hold_recipient = 0.0
    workers.start()
    wait_until(all_sent, workers)
    stopped.send_signal(signal.SIGCONT)
    time.sleep(2.5)  # its recipient is answered, and it has had the time to send and to write
    assert len(sink.received) == 1
    assert Notice.objects.get().fence == 2
    assert states() == {Notice.SENT}


@pytest.mark.parametrize("count", [2, 8])
def test_workers_on_one_clock_record_and_tell_once(
    live_world: World, workers: Workers, sink: Sink, count: int
) -> None:
    with clock.at(clock.now() - timedelta(days=20)):
        tickets = [opened(live_world) for _ in range(4)]
    workers.start_many(count)
    wait_until(lambda: not Ticket.objects.filter(next_step_at__lte=clock.now()).exists(), workers)
    wait_until(all_sent, workers)
    for ticket in tickets:
        breaches = Event.objects.filter(ticket=ticket, code=events.BREACHED)
        assert breaches.count() == 2
        told = Counter(Notice.objects.filter(ticket=ticket).values_list("code", "person"))
        assert max(told.values()) == 1
    assert Counter(message_ids(sink)) == Counter(Notice.objects.values_list("message_id", flat=True))


def test_a_late_start_records_all_once_in_order_with_the_true_instants(
    live_world: World, workers: Workers, sink: Sink
) -> None:
    with clock.at(clock.now() - timedelta(days=20)):
        ticket = opened(live_world)
    due = ticket.clocks.get(metric="response").due_at
    workers.start()
    wait_until(all_sent, workers)
    wait_until(lambda: Event.objects.filter(ticket=ticket, code=events.BREACHED).count() == 2, workers)
    fired = [each for each in Event.objects.filter(ticket=ticket).order_by("seq") if each.step_key]
    assert [each.at for each in fired] == sorted(each.at for each in fired)
    assert len({each.step_key for each in fired}) == len(fired)
    response = next(
        each for each in fired if each.code == events.BREACHED and each.data["metric"] == "response"
    )
    assert response.at == due
    assert response.recorded_at - response.at > timedelta(hours=8)
