"""What holds of working time for every schedule, zone and instant."""

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from plazo.sla.calendars import BusinessCalendar
from plazo.sla.calendars.tables import BisectedTable, BucketTable
from tests.sla import cases
from tests.sla.cases import budgets, instants, schedules, zones

WEEK = 7 * 86_400

quick = settings(max_examples=150, deadline=None)
slow = settings(max_examples=120, deadline=None)


@quick
@given(schedules, zones, instants, budgets)
def test_between_undoes_add(schedule, zone, start, seconds):
    calendar = cases.calendar(schedule, zone)
    assert calendar.between_epoch(start, calendar.add_epoch(start, seconds)) == seconds


@quick
@given(schedules, zones, instants, budgets.filter(bool))
def test_the_second_before_a_due_instant_is_a_running_one(schedule, zone, start, seconds):
    calendar = cases.calendar(schedule, zone)
    due = calendar.add_epoch(start, seconds)
    assert calendar.open_spans(due - 1, due) == [(due - 1, due)]
    assert calendar.between_epoch(start, due - 1) == seconds - 1


@quick
@given(schedules, zones, instants, instants, budgets)
def test_due_reached_and_budget_used_up_are_the_same_statement(schedule, zone, a, b, seconds):
    a, b = sorted((a, b))
    calendar = cases.calendar(schedule, zone)
    assert (calendar.add_epoch(a, seconds) <= b) == (seconds <= calendar.between_epoch(a, b))


@quick
@given(schedules, zones, instants, st.integers(-3, 3), budgets)
def test_they_agree_within_seconds_of_the_due_instant(schedule, zone, a, shift, seconds):
    calendar = cases.calendar(schedule, zone)
    b = calendar.add_epoch(a, seconds) + shift
    assume(b >= a)
    assert (shift >= 0) == (seconds <= calendar.between_epoch(a, b))


@quick
@given(schedules, zones, instants, budgets, budgets)
def test_adding_twice_is_adding_the_sum(schedule, zone, start, n, m):
    calendar = cases.calendar(schedule, zone)
    assert calendar.add_epoch(calendar.add_epoch(start, n), m) == calendar.add_epoch(start, n + m)


@quick
@given(schedules, zones, instants, instants, instants)
def test_between_adds_up_and_changes_sign(schedule, zone, a, b, c):
    calendar = cases.calendar(schedule, zone)
    assert calendar.between_epoch(a, c) == calendar.between_epoch(a, b) + calendar.between_epoch(b, c)
    assert calendar.between_epoch(b, a) == -calendar.between_epoch(a, b)


@quick
@given(schedules, zones, instants, instants, budgets)
def test_both_are_monotone(schedule, zone, a, b, seconds):
    a, b = sorted((a, b))
    calendar = cases.calendar(schedule, zone)
    assert calendar.add_epoch(a, seconds) <= calendar.add_epoch(b, seconds)
    assert calendar.add_epoch(a, seconds) < calendar.add_epoch(a, seconds + 1)
    assert 0 <= calendar.between_epoch(a, b) <= b - a


@quick
@given(schedules, zones, instants, instants)
def test_adding_the_elapsed_time_never_passes_the_end(schedule, zone, a, b):
    a, b = sorted((a, b))
    calendar = cases.calendar(schedule, zone)
    due = calendar.add_epoch(a, calendar.between_epoch(a, b))
    ran_up_to_b = a == b or bool(calendar.open_spans(b - 1, b))
    assert due <= b
    assert (due == b) or not ran_up_to_b


@quick
@given(zones, instants, instants, budgets)
def test_round_the_clock_counts_real_seconds(zone, a, b, seconds):
    calendar = cases.calendar("24x7", zone, exceptions=False)
    assert calendar.add_epoch(a, seconds) == a + seconds
    assert calendar.between_epoch(a, b) == b - a


@quick
@given(st.sampled_from(["8x5", "12x5", "overnight", "odd minutes"]), zones, instants, instants)
def test_a_schedule_and_its_complement_share_out_all_time(schedule, zone, a, b):
    calendar = cases.calendar(schedule, zone, exceptions=False)
    complement = BusinessCalendar(complement_of(calendar.windows), zone)
    assert calendar.between_epoch(a, b) + complement.between_epoch(a, b) == b - a


@quick
@given(schedules, zones, instants, budgets, st.integers(0, 20))
def test_one_more_day_off_never_makes_a_term_end_earlier(schedule, zone, start, seconds, later):
    calendar = cases.calendar(schedule, zone)
    due = calendar.add_epoch(start, seconds)
    extra = (cases.moment(start, zone) + timedelta(days=later)).date()
    other = BusinessCalendar(calendar.windows, zone, {*calendar.days_off, extra}, calendar.closings)
    assert other.add_epoch(start, seconds) >= due


@quick
@given(
    st.sampled_from([("8x5", 136_800), ("12x5", 60 * 3600), ("24x7", WEEK), ("overnight", 56 * 3600)]),
    st.sampled_from(["America/Punta_Arenas", "America/Coyhaique"]),
    st.integers(1_750_000_000, 1_890_000_000),
)
def test_seven_days_hold_the_weekly_total_where_no_clock_changes(total, zone, start):
    schedule, seconds = total
    calendar = cases.calendar(schedule, zone, exceptions=False)
    assert calendar.between_epoch(start, start + WEEK) == seconds


@quick
@given(schedules, zones, zones, instants, budgets)
def test_the_zone_in_which_an_instant_is_written_does_not_matter(schedule, zone, other, start, seconds):
    calendar = cases.calendar(schedule, zone)
    own = calendar.add(cases.moment(start, zone), seconds)
    foreign = calendar.add(cases.moment(start, other), seconds)
    assert cases.epoch(own) == cases.epoch(foreign) == calendar.add_epoch(start, seconds)
    assert own.utcoffset() == foreign.utcoffset() == cases.moment(cases.epoch(own), zone).utcoffset()


@quick
@given(schedules, zones, st.lists(st.tuples(instants, budgets), min_size=1, max_size=30))
def test_arrays_equal_single_calls(schedule, zone, tickets):
    calendar = cases.calendar(schedule, zone)
    starts, seconds = np.array(tickets, dtype=np.int64).T
    dues = calendar.add_many(starts, seconds)
    assert dues.tolist() == [calendar.add_epoch(start, budget) for start, budget in tickets]
    assert calendar.between_many(starts, dues).tolist() == seconds.tolist()
    assert calendar.between_many(dues[::-1], starts).tolist() == [
        calendar.between_epoch(due, start)
        for due, start in zip(dues[::-1].tolist(), starts.tolist(), strict=True)
    ]


@pytest.mark.parametrize("schedule", ["8x5", "12x5", "24x7", "overnight"])
@pytest.mark.parametrize("zone", cases.ZONES)
def test_bisection_equals_the_table_of_buckets(schedule, zone):
    calendar = cases.calendar(schedule, zone, exceptions=False)
    start, end = 1_735_700_400, 1_798_772_400
    starts, ends = np.array(calendar.open_spans(start, end), dtype=np.int64).T
    bucket = int(np.gcd.reduce(np.concatenate([starts, ends]) - start)) or end - start
    by_bucket = BucketTable(starts, ends, start=start, end=end, bucket=bucket)
    bisected = BisectedTable(starts, ends)
    random = np.random.default_rng(1)
    a, b = random.integers(start, end, (2, 5_000))
    assert by_bucket.total == bisected.total
    assert np.array_equal(_between(by_bucket, a, b), _between(bisected, a, b))
    early = a[a < end - 40 * 86_400]
    seconds = random.integers(1, 36_000, len(early))
    assert np.array_equal(_add(by_bucket, early, seconds), _add(bisected, early, seconds))


@slow
@given(schedules, zones, instants, st.integers(0, 12 * 86_400))
def test_between_equals_the_slow_oracle(schedule, zone, a, length):
    b = a + length
    oracle = cases.slow_calendar(schedule, zone)
    assert cases.calendar(schedule, zone).between_epoch(a, b) == oracle.between(a, b)


@slow
@given(schedules, zones, instants, st.integers(0, 40 * 3600))
def test_add_equals_the_slow_oracle(schedule, zone, start, seconds):
    oracle = cases.slow_calendar(schedule, zone)
    assert cases.calendar(schedule, zone).add_epoch(start, seconds) == oracle.add(start, seconds)


@slow
@given(schedules, zones, instants)
def test_open_or_closed_equals_the_slow_oracle(schedule, zone, at):
    calendar, oracle = cases.calendar(schedule, zone), cases.slow_calendar(schedule, zone)
    assert calendar.is_open(cases.moment(at, "UTC")) == oracle.runs(at)


@pytest.mark.parametrize("schedule", sorted(cases.SCHEDULES))
@pytest.mark.parametrize("zone", cases.ZONES)
def test_every_minute_around_every_clock_change_equals_the_oracle(schedule, zone):
    calendar, oracle = cases.calendar(schedule, zone), cases.slow_calendar(schedule, zone)
    for change in cases.CLOCK_CHANGES:
        first = cases.epoch(change) - 5 * 3600
        minutes = range(first, first + 10 * 3600, 60)
        running = [second for second in minutes if oracle.runs(second)]
        spans = calendar.open_spans(first, first + 10 * 3600)
        assert running == [second for start, end in spans for second in range(start, end, 60)]


def complement_of(windows):
    """The windows of exactly the time that those leave out."""
    found = []
    for day in range(7):
        edges = ["00:00", *(edge for window in windows if window[0] == day for edge in window[1:]), "24:00"]
        pairs = zip(edges[::2], edges[1::2], strict=True)
        found += [(day, start, end) for start, end in pairs if start != end]
    return found


def _between(table, a, b):
    out = np.empty_like(a)
    table.between(a, b, out)
    return out


def _add(table, starts, seconds):
    out = np.empty_like(starts)
    table.add(starts, seconds, out)
    return out
