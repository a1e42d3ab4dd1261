"""What a calendar refuses, and that it says what to write instead."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from plazo.sla.calendars import (
    BusinessCalendar,
    CalendarError,
    CalendarHistory,
    EmptySchedule,
    FractionalSecond,
    InvalidClosing,
    InvalidDayOff,
    InvalidWindow,
    NaiveDatetime,
    NegativeSeconds,
    OutsideHorizon,
    OverlappingWindows,
    UnknownZone,
)
from tests.sla.cases import EIGHT_BY_FIVE, ROUND_THE_CLOCK, epoch

SANTIAGO = "America/Santiago"
ZONE = ZoneInfo(SANTIAGO)
HOUR = 3600

office = BusinessCalendar(EIGHT_BY_FIVE, SANTIAGO)
always = BusinessCalendar(ROUND_THE_CLOCK, SANTIAGO)
monday = datetime(2026, 9, 14, 9, tzinfo=ZONE)


@pytest.mark.parametrize(
    "window",
    [
        (7, "09:00", "18:00"),
        (-1, "09:00", "18:00"),
        (True, "09:00", "18:00"),
        ("lunes", "09:00", "18:00"),
        (0, "9:00", "18:00"),
        (0, "09:00", "18:60"),
        (0, "24:00", "18:00"),
        (0, "09:00", "25:00"),
        (0, 540, 1080),
        (0, "09:00"),
        (0, "\u0660\u0669:\u0660\u0660", "18:00"),
        None,
    ],
)
def test_a_window_that_is_no_window_is_refused(window):
    with pytest.raises(InvalidWindow, match=r"write \(weekday, open, close\)"):
        BusinessCalendar([window], SANTIAGO)


@pytest.mark.parametrize(
    "windows",
    [
        [(0, "09:00", "14:00"), (0, "13:59", "18:00")],
        [(0, "09:00", "14:00"), (0, "09:00", "14:00")],
        [(0, "22:00", "06:00"), (1, "05:00", "09:00")],
        [(6, "22:00", "06:00"), (0, "00:00", "01:00")],
    ],
)
def test_windows_that_share_time_are_refused(windows):
    with pytest.raises(OverlappingWindows, match="write windows apart"):
        BusinessCalendar(windows, SANTIAGO)


def test_an_empty_schedule_is_refused():
    with pytest.raises(EmptySchedule, match="write at least one"):
        BusinessCalendar([], SANTIAGO)


@pytest.mark.parametrize(
    "zone", ["Chile/Nowhere", "", "../../etc/passwd", "America", "/etc/localtime", "tzdata.zi", None]
)
def test_a_zone_unknown_to_tzdata_is_refused(zone):
    with pytest.raises(UnknownZone, match="write one like"):
        BusinessCalendar(EIGHT_BY_FIVE, zone)


@pytest.mark.parametrize("day", ["2026-09-18", datetime(2026, 9, 18, tzinfo=UTC), 20260918])
def test_a_day_off_that_is_no_date_is_refused(day):
    with pytest.raises(InvalidDayOff, match=r"write datetime\.date"):
        BusinessCalendar(EIGHT_BY_FIVE, SANTIAGO, [day])


@pytest.mark.parametrize(
    "closing",
    [
        (date(2026, 12, 24), "14:00", "13:00"),
        (date(2026, 12, 24), "14:00", "14:00"),
        (date(2026, 12, 24), "2 pm", "24:00"),
        (datetime(2026, 12, 24, tzinfo=UTC), "14:00", "24:00"),
        ("2026-12-24", "14:00", "24:00"),
        (date(2026, 12, 24), "14:00"),
    ],
)
def test_a_closing_that_is_none_is_refused(closing):
    with pytest.raises(InvalidClosing, match="write"):
        BusinessCalendar(EIGHT_BY_FIVE, SANTIAGO, (), [closing])


@pytest.mark.parametrize("method", ["is_open", "next_open", "next_close"])
def test_a_naive_datetime_is_refused(method):
    with pytest.raises(NaiveDatetime, match="write it with a time zone"):
        getattr(office, method)(datetime(2026, 9, 14, 9))  # noqa: DTZ001 - naive on purpose


def test_a_naive_datetime_is_refused_in_arithmetic():
    naive = datetime(2026, 9, 14, 9)  # noqa: DTZ001 - naive on purpose
    with pytest.raises(NaiveDatetime):
        office.add(naive, HOUR)
    with pytest.raises(NaiveDatetime):
        office.between(monday, naive)


@pytest.mark.parametrize("moment", [date(2026, 9, 14), "2026-09-14T09:00-03:00", 1_789_000_000, None])
def test_an_instant_of_another_type_is_refused(moment):
    with pytest.raises(TypeError, match="an aware datetime"):
        office.add(moment, HOUR)


@pytest.mark.parametrize("zone", [ZONE, UTC])
def test_a_fraction_of_a_second_is_refused(zone):
    with pytest.raises(FractionalSecond, match="microsecond=0"):
        office.add(datetime(2026, 9, 14, 9, 0, 0, 1, tzinfo=zone), HOUR)


@pytest.mark.parametrize("seconds", [1.0, "3600", None, 0.5])
def test_seconds_that_are_no_whole_number_are_refused(seconds):
    with pytest.raises(TypeError, match="write an int"):
        office.add(monday, seconds)


def test_negative_seconds_are_refused():
    with pytest.raises(NegativeSeconds, match="0 or more"):
        office.add(monday, -1)
    with pytest.raises(NegativeSeconds):
        office.add_epoch(epoch(monday), -1)
    with pytest.raises(NegativeSeconds):
        office.add_many([epoch(monday)] * 2, [5, -1])


@pytest.mark.parametrize("zone", [SANTIAGO, "Europe/Madrid", "Pacific/Kiritimati", "UTC"])
def test_the_horizon_is_1990_to_2060_in_the_zone_of_the_calendar(zone):
    calendar, tzinfo = BusinessCalendar(ROUND_THE_CLOCK, zone), ZoneInfo(zone)
    first, last = datetime(1990, 1, 1, tzinfo=tzinfo), datetime(2060, 12, 31, 23, 59, 59, tzinfo=tzinfo)
    assert calendar.add(first, 1) == first.replace(second=1)
    assert calendar.is_open(last)
    for outside in (epoch(first) - 1, epoch(last) + 1):
        with pytest.raises(OutsideHorizon, match="1990-2060"):
            calendar.add_epoch(outside, 0)
        with pytest.raises(OutsideHorizon):
            calendar.between_epoch(epoch(last), outside)
        with pytest.raises(OutsideHorizon):
            calendar.add_many([epoch(last), outside], 0)
        with pytest.raises(OutsideHorizon):
            calendar.between_many([epoch(last)], [outside])


def test_a_term_that_ends_after_the_horizon_is_refused():
    last = datetime(2060, 12, 31, 23, 59, 59, tzinfo=ZONE)
    for seconds in (1, 10**12, 2**62):
        with pytest.raises(OutsideHorizon):
            always.add(last, seconds)
        with pytest.raises(OutsideHorizon):
            always.add_many([epoch(last)], [seconds])
    with pytest.raises(OutsideHorizon):
        office.add(last, 1)
    with pytest.raises(OutsideHorizon):
        office.add_many([epoch(monday), epoch(last)], [1, 1])


def test_an_opening_or_close_that_never_comes_is_refused():
    last = datetime(2060, 12, 31, 23, tzinfo=ZONE)
    assert office.is_open(last) is False
    with pytest.raises(OutsideHorizon):
        office.next_open(last)
    with pytest.raises(OutsideHorizon):
        always.next_close(last)


def test_dates_and_spans_outside_the_horizon_are_refused():
    with pytest.raises(OutsideHorizon):
        office.windows_on(date(1989, 12, 31))
    with pytest.raises(OutsideHorizon):
        office.windows_on(date(2061, 1, 1))
    with pytest.raises(OutsideHorizon):
        office.open_spans(0, epoch(monday))
    with pytest.raises(OutsideHorizon):
        office.open_spans(epoch(monday), 2**33)


@pytest.mark.parametrize("values", [[1.5e9], ["1"], np.array(["2026-09-14"], dtype="datetime64[s]")])
def test_arrays_of_another_type_are_refused(values):
    with pytest.raises(TypeError, match="int64"):
        office.add_many(values, 1)


@pytest.mark.parametrize("out", [np.zeros(2, dtype=np.int64), np.zeros(1), np.zeros(2, dtype=np.int64)[::2]])
def test_an_array_to_write_into_must_fit(out):
    shape = (1,) if out.shape == (2,) else (2,) if out.dtype == np.int64 else (1,)
    with pytest.raises(TypeError, match="contiguous int64"):
        office.add_many(np.full(shape, epoch(monday)), 1, out=out)


def test_a_history_without_versions_or_order_is_refused():
    with pytest.raises(CalendarError, match="write at least one"):
        CalendarHistory([])
    with pytest.raises(CalendarError, match="sort them"):
        CalendarHistory([(200, office), (100, always)])


def test_every_refusal_of_a_value_is_a_value_error():
    refusals = CalendarError.__subclasses__()
    assert len(refusals) == 10
    assert all(issubclass(refusal, ValueError) for refusal in refusals)
