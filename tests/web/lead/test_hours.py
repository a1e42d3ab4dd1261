"""The next working hours as columns."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plazo.sla import BusinessCalendar
from plazo.web.lead.hours import Hour, next_hours

SANTIAGO = ZoneInfo("America/Santiago")
WINDOWS = [(day, start, end) for day in range(5) for start, end in (("09:00", "14:00"), ("15:00", "18:00"))]
DESK = BusinessCalendar(WINDOWS, "America/Santiago", days_off=[date(2026, 9, 18)])
ALWAYS = BusinessCalendar([(day, "00:00", "24:00") for day in range(7)], "America/Santiago")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SANTIAGO)


def columns(calendar: BusinessCalendar, now: str, zone: ZoneInfo = SANTIAGO) -> list[str]:
    return [
        f"{hour.begins_at:%a %H:%M}" if hour.is_open else f"({hour.begins_at:%a %H:%M})"
        for hour in next_hours(calendar, at(now), hours=8, zone=zone)
    ]


def test_a_day_at_its_opening_has_eight_hours_and_lunch():
    assert columns(DESK, "2026-09-15T09:00") == [
        *(f"Tue {hour:02}:00" for hour in range(9, 14)),
        "(Tue 14:00)",
        *(f"Tue {hour}:00" for hour in (15, 16, 17)),
    ]


def test_a_holiday_and_a_weekend_are_one_column():
    found = next_hours(DESK, at("2026-09-17T17:30"), hours=8, zone=SANTIAGO)
    closed = [hour for hour in found if not hour.is_open]
    assert (closed[0].begins_at, closed[0].ends_at) == (at("2026-09-17T18:00"), at("2026-09-21T09:00"))


def test_before_opening_the_first_column_is_closed():
    assert columns(DESK, "2026-09-15T07:20")[:2] == ["(Tue 07:00)", "Tue 09:00"]


def test_a_desk_that_never_closes_has_no_closed_column():
    assert len(columns(ALWAYS, "2026-09-15T22:00")) == 8


def test_the_columns_are_hours_of_the_readers_wall_clock():
    assert columns(ALWAYS, "2026-09-15T09:10", ZoneInfo("Asia/Kolkata"))[0] == "Tue 17:00"


@pytest.mark.parametrize("night", ["2026-09-05T20:00", "2026-04-04T20:00"])
def test_a_night_in_which_the_clock_moves_still_has_eight_hours(night: str):
    found = next_hours(ALWAYS, at(night), hours=8, zone=SANTIAGO)
    assert len(found) == 8
    assert sum(hour.ends_at.timestamp() - hour.begins_at.timestamp() for hour in found) == 8 * 3_600


@given(st.integers(0, 2 * 365 * 86_400))
def test_columns_follow_each_other_and_hold_the_working_hours(seconds: int):
    now = at("2026-01-01T00:00") + timedelta(seconds=seconds)
    found: list[Hour] = next_hours(DESK, now, hours=8, zone=SANTIAGO)
    instants = [(hour.begins_at.timestamp(), hour.ends_at.timestamp()) for hour in found]
    assert all(one[1] == two[0] for one, two in pairwise(instants))
    assert not any(not one.is_open and not two.is_open for one, two in pairwise(found))
    assert instants[0][0] <= now.timestamp() < instants[0][1]
    assert DESK.between(now, found[-1].ends_at) >= 8 * 3_600
