"""Working time to the second: lunch, Fridays, holidays, year ends, midnight and clock changes."""

import copy
import pickle
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from plazo.sla.calendars import BusinessCalendar, CalendarHistory, DayStatus
from tests.sla.cases import EIGHT_BY_FIVE, OVERNIGHT, ROUND_THE_CLOCK, TWELVE_BY_FIVE, epoch

SANTIAGO = "America/Santiago"
SEPTEMBER_2026 = (date(2026, 9, 18), date(2026, 9, 19))
HOUR = 3600

office = BusinessCalendar(EIGHT_BY_FIVE, SANTIAGO, [*SEPTEMBER_2026, date(2027, 1, 1)])
always = BusinessCalendar(ROUND_THE_CLOCK, SANTIAGO)


def at(text, zone=SANTIAGO, fold=0):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold)


@pytest.mark.parametrize(
    ("start", "seconds", "due"),
    [
        pytest.param(
            "2026-09-14T09:00", 8 * HOUR, "2026-09-14T18:00", id="used up at closing, ends at closing"
        ),
        pytest.param("2026-09-14T09:00", 8 * HOUR + 1, "2026-09-15T09:00:01", id="one second more, next day"),
        pytest.param("2026-09-14T09:00", 5 * HOUR, "2026-09-14T14:00", id="used up at lunch, ends at lunch"),
        pytest.param("2026-09-14T09:00", 5 * HOUR + 1, "2026-09-14T15:00:01", id="one second after lunch"),
        pytest.param("2026-09-14T13:30", HOUR, "2026-09-14T15:30", id="across lunch"),
        pytest.param("2026-09-14T14:20", HOUR, "2026-09-14T16:00", id="from within lunch"),
        pytest.param("2026-09-14T14:00", 1, "2026-09-14T15:00:01", id="from the first second of lunch"),
        pytest.param("2026-09-14T18:00", 1, "2026-09-15T09:00:01", id="from the second of closing"),
        pytest.param("2026-09-14T17:59:59", 1, "2026-09-14T18:00", id="the last second of a day"),
        pytest.param("2026-09-14T03:00", HOUR, "2026-09-14T10:00", id="from the night"),
        pytest.param("2026-09-11T09:00", 6 * HOUR, "2026-09-11T15:00", id="Friday closes at 15:00"),
        pytest.param("2026-09-11T09:00", 6 * HOUR + 1, "2026-09-14T09:00:01", id="past Friday 15:00"),
        pytest.param("2026-09-11T14:30", HOUR, "2026-09-14T09:30", id="over a weekend"),
        pytest.param("2026-09-11T15:00", 1, "2026-09-14T09:00:01", id="Friday after hours"),
        pytest.param("2026-09-13T12:00", HOUR, "2026-09-14T10:00", id="from a Sunday"),
        pytest.param("2026-09-17T17:30", HOUR, "2026-09-21T09:30", id="over 18, 19 and 20 September"),
        pytest.param("2026-09-18T10:00", HOUR, "2026-09-21T10:00", id="from a day off"),
        pytest.param("2026-09-14T09:00", 38 * HOUR, "2026-09-21T16:00", id="a week that lost its Friday"),
        pytest.param("2026-12-31T17:30", HOUR, "2027-01-04T09:30", id="over the year end"),
        pytest.param("2026-12-31T17:30", HOUR // 2, "2026-12-31T18:00", id="used up at the year end"),
        pytest.param("2026-09-19T04:05:06", 0, "2026-09-19T04:05:06", id="nothing to add"),
    ],
)
def test_a_term_of_8x5_ends(start, seconds, due):
    assert office.add(at(start), seconds) == at(due)
    assert office.between(at(start), at(due)) == seconds


def test_results_are_in_the_zone_of_the_calendar():
    due = office.add(datetime(2026, 9, 14, 12, tzinfo=UTC), HOUR)
    assert due.tzinfo is ZoneInfo(SANTIAGO)
    assert due.isoformat() == "2026-09-14T10:00:00-03:00"


def test_a_day_off_takes_its_hours_from_the_week():
    assert office.between(at("2026-09-14T00:00"), at("2026-09-21T00:00")) == 32 * HOUR
    assert office.between(at("2026-09-07T00:00"), at("2026-09-14T00:00")) == 38 * HOUR


def test_between_is_signed():
    assert office.between(at("2026-09-14T18:00"), at("2026-09-14T09:00")) == -8 * HOUR
    assert office.between(at("2027-06-01T10:00"), at("2026-09-14T10:00")) == -office.between(
        at("2026-09-14T10:00"), at("2027-06-01T10:00")
    )


@pytest.mark.parametrize("year", [2025, 2026, 2027])
@pytest.mark.parametrize(
    ("zone", "longer", "shorter"),
    [
        (
            SANTIAGO,
            {2025: "04-05", 2026: "04-04", 2027: "04-03"},
            {2025: "09-06", 2026: "09-05", 2027: "09-04"},
        ),
        (
            "Pacific/Easter",
            {2025: "04-05", 2026: "04-04", 2027: "04-03"},
            {2025: "09-06", 2026: "09-05", 2027: "09-04"},
        ),
        (
            "Europe/Madrid",
            {2025: "10-25", 2026: "10-24", 2027: "10-30"},
            {2025: "03-29", 2026: "03-28", 2027: "03-27"},
        ),
        (
            "America/New_York",
            {2025: "11-01", 2026: "10-31", 2027: "11-06"},
            {2025: "03-08", 2026: "03-07", 2027: "03-13"},
        ),
    ],
)
def test_a_night_of_a_clock_change_is_counted_in_real_hours(zone, year, longer, shorter):
    calendar = BusinessCalendar(ROUND_THE_CLOCK, zone)
    for night, hours in ((longer[year], 25), (shorter[year], 23)):
        noon = at(f"{year}-{night}T12:00", zone)
        next_noon = noon + timedelta(days=1)
        assert calendar.between(noon, next_noon) == hours * HOUR
        assert calendar.add(noon, hours * HOUR) == next_noon


@pytest.mark.parametrize("zone", ["America/Punta_Arenas", "America/Coyhaique"])
@pytest.mark.parametrize("night", ["2025-04-05", "2025-09-06", "2026-04-04", "2026-09-05", "2027-04-03"])
def test_magallanes_and_aysen_have_no_clock_change(zone, night):
    calendar = BusinessCalendar(ROUND_THE_CLOCK, zone)
    noon = at(f"{night}T12:00", zone)
    assert calendar.between(noon, noon + timedelta(days=1)) == 24 * HOUR


def test_the_repeated_hour_counts_twice():
    first = at("2026-04-04T23:30")
    again = always.add(first, HOUR)
    assert (again.hour, again.minute, again.fold) == (23, 30, 1)
    assert always.between(first, at("2026-04-04T23:30", fold=1)) == HOUR
    assert always.add(at("2026-04-04T23:59:59", fold=1), 1) == at("2026-04-05T00:00")


def test_the_skipped_hour_does_not_count():
    assert always.add(at("2026-09-05T23:59:59"), 1) == at("2026-09-06T01:00")
    assert always.between(at("2026-09-05T23:00"), at("2026-09-06T02:00")) == 2 * HOUR


def test_an_office_term_over_a_clock_change_keeps_the_wall_clock():
    assert office.add(at("2026-04-02T17:00"), 2 * HOUR) == at("2026-04-03T10:00")
    assert office.add(at("2026-04-03T14:00"), 2 * HOUR) == at("2026-04-06T10:00")
    assert office.add(at("2026-09-04T14:00"), 2 * HOUR) == at("2026-09-07T10:00")


def test_the_saturday_that_repeats_its_last_hour_is_one_span_of_25_hours():
    ((start, end),) = always.windows_on(date(2026, 4, 4))
    assert (start, end) == (at("2026-04-04T00:00"), at("2026-04-05T00:00"))
    assert always.between(start, end) == 25 * HOUR


def test_the_sunday_that_skips_its_first_hour_starts_at_one():
    assert always.windows_on(date(2026, 9, 6)) == [(at("2026-09-06T01:00"), at("2026-09-07T00:00"))]
    assert always.between(at("2026-09-06T01:00"), at("2026-09-07T00:00")) == 23 * HOUR


def test_a_window_within_the_skipped_hour_does_not_open():
    calendar = BusinessCalendar([(6, "00:15", "00:45")], SANTIAGO)
    assert calendar.windows_on(date(2026, 9, 6)) == []
    assert len(calendar.windows_on(date(2026, 9, 13))) == 1


def test_a_window_within_the_repeated_hour_opens_twice():
    calendar = BusinessCalendar([(5, "23:15", "23:45")], SANTIAGO)
    first, second = calendar.windows_on(date(2026, 4, 4))
    assert [moment.fold for moment in (*first, *second)] == [0, 0, 1, 1]
    assert calendar.between(first[0], second[1]) == HOUR


def test_an_overnight_shift_is_counted_in_real_hours():
    nights = BusinessCalendar(OVERNIGHT, SANTIAGO)
    for evening, hours in (("2026-03-28", 8), ("2026-04-04", 9), ("2026-09-05", 7)):
        dusk = at(f"{evening}T22:00")
        assert nights.next_close(dusk) == (at(f"{evening}T06:00") + timedelta(days=1))
        assert nights.between(dusk, nights.next_close(dusk)) == hours * HOUR


def test_each_half_of_an_overnight_window_belongs_to_its_own_date():
    nights = BusinessCalendar([(0, "22:00", "06:00")], SANTIAGO, [date(2026, 9, 15)])
    assert nights.windows == ((0, "22:00", "24:00"), (1, "00:00", "06:00"))
    assert nights.windows_on(date(2026, 9, 14)) == [(at("2026-09-14T22:00"), at("2026-09-15T00:00"))]
    assert nights.windows_on(date(2026, 9, 15)) == []
    assert nights.add(at("2026-09-14T22:00"), 2 * HOUR + 1) == at("2026-09-21T22:00:01")


def test_a_sunday_night_shift_runs_into_monday():
    assert BusinessCalendar([(6, "20:00", "04:00")], SANTIAGO).windows == (
        (0, "00:00", "04:00"),
        (6, "20:00", "24:00"),
    )


def test_equal_open_and_close_is_a_whole_day_round():
    assert BusinessCalendar([(0, "00:00", "00:00")], SANTIAGO).windows == ((0, "00:00", "24:00"),)
    assert BusinessCalendar([(0, "09:00", "09:00")], SANTIAGO).windows == (
        (0, "09:00", "24:00"),
        (1, "00:00", "09:00"),
    )


def test_midnight_closes_a_day_without_a_gap():
    evenings = BusinessCalendar([(0, "20:00", "24:00"), (1, "00:00", "02:00")], SANTIAGO)
    start, end = at("2026-09-14T20:00"), at("2026-09-15T02:00")
    assert evenings.open_spans(epoch(start), epoch(end) + 5) == [(epoch(start), epoch(end))]
    assert evenings.next_close(start) == end


def test_touching_windows_are_one():
    calendar = BusinessCalendar([(0, "14:00", "18:00"), (0, "09:00", "14:00")], SANTIAGO)
    assert calendar.windows == ((0, "09:00", "18:00"),)


def test_a_part_day_closing_takes_only_its_hours():
    calendar = BusinessCalendar(EIGHT_BY_FIVE, SANTIAGO, (), [(date(2026, 12, 24), "13:00", "24:00")])
    assert calendar.windows_on(date(2026, 12, 24)) == [(at("2026-12-24T09:00"), at("2026-12-24T13:00"))]
    assert calendar.add(at("2026-12-24T12:30"), HOUR) == at("2026-12-25T09:30")


def test_a_closing_inside_a_window_splits_it():
    calendar = BusinessCalendar(TWELVE_BY_FIVE, SANTIAGO, (), [(date(2026, 9, 14), "11:07", "12:31")])
    assert [
        (a.strftime("%H:%M"), b.strftime("%H:%M")) for a, b in calendar.windows_on(date(2026, 9, 14))
    ] == [
        ("09:00", "11:07"),
        ("12:31", "21:00"),
    ]


def test_overlapping_closings_count_once():
    day = date(2026, 9, 14)
    closings = [(day, "12:00", "14:00"), (day, "11:00", "13:00"), (day, "20:00", "23:00")]
    calendar = BusinessCalendar(TWELVE_BY_FIVE, SANTIAGO, (), closings)
    assert calendar.closings == ((day, "11:00", "14:00"), (day, "20:00", "23:00"))
    assert calendar.between(at("2026-09-14T00:00"), at("2026-09-15T00:00")) == 8 * HOUR


def test_the_status_of_a_date_says_why_it_does_not_count():
    half, whole = date(2026, 12, 24), date(2026, 12, 31)
    calendar = BusinessCalendar(
        EIGHT_BY_FIVE, SANTIAGO, SEPTEMBER_2026, [(half, "13:00", "24:00"), (whole, "00:00", "24:00")]
    )
    assert calendar.day_status(date(2026, 9, 17)) == DayStatus(date(2026, 9, 17), "open")
    assert calendar.day_status(date(2026, 9, 18)).status == "day_off"
    assert calendar.day_status(date(2026, 9, 19)).status == "no_window"
    assert calendar.day_status(half) == DayStatus(half, "open", (("13:00", "24:00"),))
    assert calendar.day_status(whole).status == "day_off"


@pytest.mark.parametrize(
    ("moment", "is_open", "opens", "closes"),
    [
        ("2026-09-14T08:59:59", False, "2026-09-14T09:00", "2026-09-14T14:00"),
        ("2026-09-14T09:00", True, "2026-09-14T09:00", "2026-09-14T14:00"),
        ("2026-09-14T13:59:59", True, "2026-09-14T13:59:59", "2026-09-14T14:00"),
        ("2026-09-14T14:00", False, "2026-09-14T15:00", "2026-09-14T18:00"),
        ("2026-09-17T18:00", False, "2026-09-21T09:00", "2026-09-21T14:00"),
        ("2026-12-31T18:00", False, "2027-01-04T09:00", "2027-01-04T14:00"),
    ],
)
def test_open_and_close_are_found(moment, is_open, opens, closes):
    assert office.is_open(at(moment)) is is_open
    assert office.next_open(at(moment)) == at(opens)
    assert office.next_close(at(moment)) == at(closes)


def test_the_windows_of_a_working_day_are_its_real_spans():
    assert office.windows_on(date(2026, 9, 14)) == [
        (at("2026-09-14T09:00"), at("2026-09-14T14:00")),
        (at("2026-09-14T15:00"), at("2026-09-14T18:00")),
    ]
    assert office.windows_on(date(2026, 9, 18)) == office.windows_on(date(2026, 9, 20)) == []


def test_open_spans_are_clipped_to_what_is_asked():
    a, b = at("2026-09-14T10:00"), at("2026-09-14T16:00")
    assert office.open_spans(epoch(a), epoch(b)) == [
        (epoch(a), epoch(at("2026-09-14T14:00"))),
        (epoch(at("2026-09-14T15:00")), epoch(b)),
    ]
    assert office.open_spans(epoch(b), epoch(a)) == office.open_spans(epoch(a), epoch(a)) == []


def test_open_spans_run_on_across_the_year_end():
    a, b = epoch(at("2025-12-30T00:00")), epoch(at("2027-01-02T00:00"))
    assert always.open_spans(a, b) == [(a, b)]


def test_years_are_counted_whole():
    assert always.between(at("1990-01-01T00:00"), at("2060-12-31T00:00")) == epoch(
        at("2060-12-31T00:00")
    ) - epoch(at("1990-01-01T00:00"))
    assert office.add(at("2026-09-14T09:00"), 20_000 * HOUR) > at("2036-01-01T00:00")


@pytest.mark.parametrize("start", ["2025-12-30T12:00", "2024-03-04T09:00"])
def test_a_term_used_up_with_a_later_year_ends_at_the_last_close_of_that_year(start):
    close = at("2026-12-31T18:00")
    budget = office.between(at(start), close)
    assert office.add(at(start), budget) == close
    assert office.add(at(start), budget + 1) == at("2027-01-04T09:00:01")


def test_arrays_keep_their_shape_and_broadcast():
    starts = np.array([[epoch(at("2026-09-14T09:00"))], [epoch(at("2026-09-17T17:30"))]])
    dues = office.add_many(starts, np.array([HOUR, 8 * HOUR]))
    assert dues.shape == (2, 2)
    assert dues.dtype == np.int64
    assert dues[1, 0] == epoch(at("2026-09-21T09:30"))
    assert office.between_many(starts, dues).tolist() == [[HOUR, 8 * HOUR]] * 2
    assert office.add_many(starts[0, 0], HOUR).shape == ()


def test_arrays_may_hold_nothing_and_budgets_of_zero():
    night = epoch(at("2026-09-14T03:00"))
    assert office.add_many([], []).tolist() == office.between_many([], []).tolist() == []
    assert office.add_many([night, night], [0, 1]).tolist() == [night, epoch(at("2026-09-14T09:00:01"))]
    assert office.add_many([night], 0).tolist() == [night]


def test_arrays_are_written_where_asked():
    out = np.zeros(1, dtype=np.int64)
    assert office.add_many([epoch(at("2026-09-14T09:00"))], HOUR, out=out) is out
    assert out[0] == epoch(at("2026-09-14T10:00"))


def test_the_table_grows_to_the_years_that_are_asked_for():
    calendar = BusinessCalendar(EIGHT_BY_FIVE, SANTIAGO)
    for start in ("2026-03-02T10:00", "2001-03-02T10:00", "2050-03-02T10:00", "2026-03-02T10:00"):
        expected = calendar.add_epoch(epoch(at(start)), 5_000 * HOUR)
        assert calendar.add_many([epoch(at(start))], 5_000 * HOUR).tolist() == [expected]


def test_a_budget_that_only_fits_the_earlier_start_is_still_answered():
    early, late = epoch(at("2026-09-14T09:00")), epoch(at("2060-12-27T09:00"))
    budgets = [60_000 * HOUR, HOUR]
    assert office.add_many([early, late], budgets).tolist() == [
        office.add_epoch(early, budgets[0]),
        office.add_epoch(late, budgets[1]),
    ]


def test_whole_numbers_of_numpy_are_taken():
    assert office.add(at("2026-09-14T09:00"), np.int64(HOUR)) == at("2026-09-14T10:00")


def test_calendars_are_values():
    same = BusinessCalendar(reversed(EIGHT_BY_FIVE), SANTIAGO, [*reversed(office.days_off)])
    assert same == office
    assert len({same, office, always}) == 2
    assert pickle.loads(pickle.dumps(office)) == copy.deepcopy(office) == office  # noqa: S301 - our own
    assert (office == "8x5") is False


def test_calendars_cannot_be_changed():
    with pytest.raises(AttributeError):
        office.zone = "UTC"
    with pytest.raises(AttributeError):
        office.margin = 5


def test_a_calendar_says_what_it_holds():
    assert office.zone == SANTIAGO
    assert office.days_off == (*SEPTEMBER_2026, date(2027, 1, 1))
    assert office.windows[-1] == (4, "09:00", "15:00")
    assert SANTIAGO in repr(office)


def test_a_calendar_without_history_knows_one_version():
    assert office.as_known_at(0) is office
    assert office.changes_between(0, 2**40) == []


def test_a_history_answers_with_the_version_known_at_an_instant():
    later = BusinessCalendar(EIGHT_BY_FIVE, SANTIAGO, [date(2026, 9, 21)])
    history = CalendarHistory([(100, office), (200, later), (300, office)])
    known = [history.as_known_at(second) for second in (0, 100, 199, 200, 299, 300, 999)]
    assert known == [office, office, office, later, later, office, office]


def test_a_history_lists_changes_after_the_first_and_up_to_the_last_instant():
    later = BusinessCalendar(EIGHT_BY_FIVE, SANTIAGO, [date(2026, 9, 21)])
    history = CalendarHistory([(100, office), (200, later), (300, office)])
    assert history.changes_between(0, 999) == [200, 300]
    assert history.changes_between(200, 300) == [300]
    assert history.changes_between(199, 200) == [200]
    assert history.changes_between(300, 200) == []


def test_a_version_equal_to_the_one_before_is_no_change():
    same = BusinessCalendar(EIGHT_BY_FIVE, SANTIAGO, office.days_off)
    assert CalendarHistory([(100, office), (200, same)]).changes_between(0, 999) == []
