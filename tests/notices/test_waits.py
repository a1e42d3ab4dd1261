"""Growing waits, up to five days."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from plazo.notices.waits import GIVE_UP_AFTER, LONGEST, next_try, wait_after

WRITTEN = datetime(2026, 11, 18, 13, tzinfo=UTC)


@pytest.mark.parametrize(
    ("attempts", "minutes"), [(1, 1), (2, 2), (3, 4), (6, 32), (8, 128), (9, 240), (60, 240)]
)
def test_the_wait_doubles_up_to_four_hours_give_or_take_a_fifth(attempts: int, minutes: int) -> None:
    waits = [wait_after(attempts) for _ in range(50)]
    assert min(waits) >= timedelta(minutes=minutes) * 0.8
    assert max(waits) <= timedelta(minutes=minutes) * 1.2


def test_two_that_failed_together_do_not_come_back_together() -> None:
    assert len({wait_after(5) for _ in range(20)}) > 15


def test_the_next_try_is_a_whole_second_ahead_of_now() -> None:
    at = next_try(created_at=WRITTEN, attempts=1, now=WRITTEN)
    assert at is not None
    assert at > WRITTEN
    assert at.microsecond == 0


def test_after_five_days_there_is_no_next_try() -> None:
    assert next_try(created_at=WRITTEN, attempts=40, now=WRITTEN + GIVE_UP_AFTER) is None


def test_shortly_before_the_end_the_last_try_still_comes() -> None:
    now = WRITTEN + GIVE_UP_AFTER - 2 * LONGEST
    assert next_try(created_at=WRITTEN, attempts=40, now=now) is not None
