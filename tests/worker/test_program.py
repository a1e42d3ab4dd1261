"""One turn of the worker, and what it does without a database."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import pytest
from django.core.management import call_command
from django.db import OperationalError

from plazo.kit import clock
from plazo.notices.models import Notice
from plazo.worker import holds, program
from plazo.worker.models import Heartbeat, Hold
from plazo.worker.program import Worker
from tests.notices.conftest import Postman
from tests.worker.conftest import opened
from tests.world import World


@pytest.fixture
def worker() -> Worker:
    return Worker(Postman(), tick=0.001)


def test_a_turn_says_that_the_worker_lives(db: None, worker: Worker) -> None:
    worker.turn()
    beat = Heartbeat.objects.get()
    assert (beat.name, beat.paused_for) == (worker.name, "")


def test_held_work_is_not_done_and_the_heartbeat_says_why(world: World, worker: Worker) -> None:
    opened(world)
    holds.hold("restored copy")
    worker.turn()
    assert not worker.deliver()
    assert Heartbeat.objects.get().paused_for == "hold"
    assert Notice.objects.get().attempts == 0


def test_nothing_is_delivered_before_the_clock_was_looked_at(world: World, worker: Worker) -> None:
    opened(world)
    assert not worker.deliver()
    worker.turn()
    assert worker.deliver()


def repeated(worker: Worker, outcomes: Iterator[Callable[[], bool]]) -> None:
    def work() -> bool:
        step = next(outcomes, None)
        if step is None:
            worker.stop.set()
            return False
        return step()

    worker._repeat(work)


def lost() -> bool:
    raise OperationalError("server closed the connection")


def faulty() -> bool:
    raise RuntimeError("bug")


def test_a_lost_database_is_waited_for(
    worker: Worker, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    forgotten: list[bool] = []
    monkeypatch.setattr(program, "forget_connections", lambda: forgotten.append(True))
    repeated(worker, iter([lost, lost, lambda: True]))
    assert len(forgotten) == 3
    assert "out of reach" in caplog.text


def test_the_wait_for_a_database_stays_under_a_minute() -> None:
    assert program.LONGEST_WAIT < 60


def test_a_fault_of_one_turn_does_not_end_the_worker(
    worker: Worker, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(program, "forget_connections", lambda: None)
    repeated(worker, iter([faulty, lambda: True]))
    assert "a turn of the worker failed" in caplog.text


def test_automatic_work_is_held_and_lifted_by_hand(db: None) -> None:
    out = io.StringIO()
    call_command("hold", reason="mudanza", stdout=out)
    assert Hold.objects.get().reason == "mudanza"
    call_command("hold", lift=True, stdout=out)
    assert Hold.objects.get().lifted_at == clock.now()
    held, lifted = out.getvalue().splitlines()
    assert held == "Detenido: mudanza. Para que siga: plazo hold --lift"
    assert lifted == "Detenciones levantadas: 1."
