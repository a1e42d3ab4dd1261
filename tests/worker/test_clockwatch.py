"""No automatic work by a clock that cannot be believed."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from plazo.kit import clock
from plazo.worker import clockwatch, holds
from plazo.worker.clockwatch import DATABASE_CLOCK, HELD, ClockWatch
from plazo.worker.models import Hold
from tests.world import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def true_database_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clockwatch, "database_drift", timedelta)


class Machine:
    """A wall clock that can be set, and the seconds since it was started."""

    def __init__(self) -> None:
        self.seconds = 1_000.0
        self.wall: datetime = NOW
        self.watch = self.at(lambda: ClockWatch(lambda: self.seconds))

    def at(self, do):
        with clock.at(self.wall):
            return do()

    def passes(self, **span: float) -> str:
        self.seconds += timedelta(**span).total_seconds()
        return self.set_by(**span)

    def set_by(self, **span: float) -> str:
        self.wall += timedelta(**span)
        return str(self.at(self.watch.objection))


def test_time_that_passes_is_no_jump() -> None:
    machine = Machine()
    assert [machine.passes(hours=1) for _ in range(48)] == [""] * 48


def test_a_small_correction_is_no_jump() -> None:
    assert Machine().set_by(minutes=9) == ""


def test_a_jump_forward_holds_all_automatic_work_and_says_so() -> None:
    assert Machine().set_by(hours=2) == HELD
    assert "clock_jump" in Hold.objects.get().reason


def test_a_jump_taken_back_lifts_the_hold_by_itself() -> None:
    machine = Machine()
    machine.set_by(days=1)
    assert machine.set_by(days=-1) == ""
    assert holds.standing_hold() is None


def test_a_clock_set_back_and_forth_fires_as_before() -> None:
    machine = Machine()
    assert machine.set_by(hours=-2) == ""
    assert machine.set_by(hours=2) == ""


def test_a_person_may_let_the_work_go_on_after_a_jump() -> None:
    machine = Machine()
    machine.set_by(hours=2)
    machine.at(holds.lift_all)
    assert machine.passes(seconds=1) == ""
    assert machine.passes(seconds=1) == ""


def test_a_hold_by_hand_stops_every_worker_until_it_is_lifted() -> None:
    machine = Machine()
    machine.at(lambda: holds.hold("restored copy"))
    assert machine.passes(seconds=1) == HELD
    machine.at(holds.lift_all)
    assert machine.passes(seconds=1) == ""


def test_a_hold_by_hand_is_not_lifted_by_a_clock_that_comes_right() -> None:
    machine = Machine()
    machine.at(lambda: holds.hold("restored copy"))
    machine.set_by(hours=2)
    assert machine.set_by(hours=-2) == HELD


def test_work_goes_on_only_when_no_hold_stands() -> None:
    with clock.at(NOW):
        first, second = holds.hold("one"), holds.hold("two")
        holds.lift(first)
        assert holds.standing_hold() == second
        assert holds.lift_all() == 1


def test_a_database_with_another_clock_stops_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine()
    monkeypatch.setattr(clockwatch, "database_drift", lambda: timedelta(seconds=61))
    assert machine.passes(seconds=1) == DATABASE_CLOCK
    monkeypatch.setattr(clockwatch, "database_drift", lambda: timedelta(seconds=59))
    assert machine.passes(seconds=1) == ""
