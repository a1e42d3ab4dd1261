"""Explanations as data: what counts, what does not, and why."""

import json
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from plazo.sla import Assessment, BusinessCalendar, Event, Explanation, assess, explain, preview
from plazo.sla.calendars import CalendarHistory
from plazo.sla.clock import ClockState
from plazo.sla.explain import Closed, Counted, Halt
from plazo.sla.policy import Metric
from tests.sla.timelines import NAMED, at, calendars, commitment, timeline


def told(found: Assessment, metric: Metric) -> Explanation:
    return explain(found.clocks[metric], found, calendars(), days_off=NAMED)


def promise(start: str, window: str = "8x5", level: str = "premium", priority: str = "high") -> Assessment:
    return preview(commitment(window, level), calendars(), at=at(start), priority=priority)


def with_a_pause(now: str, *more: tuple[str, str] | tuple[str, str, dict[str, Any]]) -> Assessment:
    events = timeline(
        ("2026-10-06T10:00", "opened", {"priority": "high"}),
        ("2026-10-06T10:40", "replied"),
        ("2026-10-06T10:40", "paused", {"reason": "client"}),
        *more,
    )
    return assess(events, commitment(level="standard"), calendars(), at(now))


RESUMED = ("2026-10-08T11:20", "resumed", {"pause": 3, "cause": "client"})


def spans(item: Counted) -> list[tuple[str, str]]:
    return [(f"{start:%H:%M:%S}", f"{end:%H:%M:%S}") for start, end in item.spans]


def test_a_term_over_the_holidays_of_september() -> None:
    response = told(promise("2026-09-17T17:30"), "response")
    thursday, closed, monday = response.items
    assert response.due_at == at("2026-09-21T11:30")
    assert isinstance(thursday, Counted)
    assert (thursday.day, spans(thursday), thursday.seconds) == (
        date(2026, 9, 17),
        [("17:30:00", "18:00:00")],
        1_800,
    )
    assert isinstance(closed, Closed)
    assert [(day.day.day, day.reason, day.name) for day in closed.days] == [
        (18, "day_off", "Independencia Nacional"),
        (19, "no_window", "Glorias del Ejército"),
        (20, "no_window", None),
    ]
    assert isinstance(monday, Counted)
    assert (monday.day, spans(monday), monday.seconds) == (
        date(2026, 9, 21),
        [("09:00:00", "11:30:00")],
        9_000,
    )


def test_the_solution_is_counted_from_the_same_start() -> None:
    resolution = told(promise("2026-09-17T17:30"), "resolution")
    counted = [item.seconds for item in resolution.items if isinstance(item, Counted)]
    assert resolution.due_at == at("2026-09-22T12:30")
    assert counted == [1_800, 8 * 3_600, 12_600]
    assert (resolution.factor, resolution.seconds) == (4, 12 * 3_600)


def test_a_pause_stands_between_the_days_that_count() -> None:
    resolution = told(with_a_pause("2026-10-09T12:00", RESUMED), "resolution")
    kinds = [type(item) for item in resolution.items]
    assert kinds == [Counted, Halt, Counted, Counted, Closed, Counted, Counted]
    halt = resolution.items[1]
    assert isinstance(halt, Halt)
    assert (halt.begins_at, halt.ended_at) == (at("2026-10-06T10:40"), at("2026-10-08T11:20"))
    assert (halt.seconds, halt.reason, halt.holder) == (60_000, "client", "client")
    assert [item.seconds // 60 for item in resolution.items if isinstance(item, Counted)] == [
        40,
        340,
        360,
        480,
        220,
    ]
    assert resolution.due_at == at("2026-10-14T12:40")
    assert resolution.due_without_pauses == at("2026-10-09T10:00")


def test_a_pause_that_lasts_leaves_the_date_open_and_says_what_its_limit_would_make_it() -> None:
    resolution = told(with_a_pause("2026-10-07T12:00"), "resolution")
    assert resolution.due_at is None
    assert resolution.pause is not None
    assert resolution.pause.limit_at == at("2026-10-16T10:40")
    assert resolution.pause.ended_at is None
    assert resolution.pause.seconds == (7 * 60 + 20 - 60 + 180) * 60
    assert resolution.due_at_limit == at("2026-10-21T12:00")
    assert sum(item.seconds for item in resolution.items if isinstance(item, Counted)) == 24 * 3_600


def test_time_used_and_time_projected_are_told_apart() -> None:
    resolution = told(with_a_pause("2026-10-09T12:00", RESUMED), "resolution")
    counted = [item for item in resolution.items if isinstance(item, Counted)]
    assert [(item.used // 60, (item.seconds - item.used) // 60) for item in counted] == [
        (40, 0),
        (340, 0),
        (180, 180),
        (0, 480),
        (0, 220),
    ]


def test_a_met_term_shows_what_was_used_up_to_its_stop() -> None:
    response = told(with_a_pause("2026-10-09T12:00"), "response")
    (day,) = response.items
    assert isinstance(day, Counted)
    assert response.state is ClockState.MET
    assert (day.seconds, day.used) == (6 * 3_600, 2_400)


def test_a_missed_term_shows_its_overrun_after_the_due_date() -> None:
    resolution = told(with_a_pause("2026-10-15T12:00", RESUMED), "resolution")
    over = [item for item in resolution.items if isinstance(item, Counted) and item.overrun]
    assert [(item.day.day, spans(item)) for item in over] == [
        (14, [("12:40:00", "14:00:00"), ("15:00:00", "18:00:00")]),
        (15, [("09:00:00", "12:00:00")]),
    ]
    assert sum(item.seconds for item in over) == resolution.overrun == 26_400


def test_the_overrun_ends_at_the_late_solution() -> None:
    solved = ("2026-10-14T16:00", "resolved")
    resolution = told(with_a_pause("2026-10-20T12:00", RESUMED, solved), "resolution")
    over = [item for item in resolution.items if isinstance(item, Counted) and item.overrun]
    assert [spans(item) for item in over] == [[("12:40:00", "14:00:00"), ("15:00:00", "16:00:00")]]


def test_the_time_in_which_a_solution_was_believed_is_told_as_such() -> None:
    events = timeline(
        ("2026-11-09T10:00", "opened", {"priority": "high"}),
        ("2026-11-09T12:00", "resolved"),
        ("2026-11-10T10:00", "reopened"),
    )
    found = assess(events, commitment(), calendars(), at("2026-11-10T11:00"))
    halt = told(found, "resolution").items[1]
    assert isinstance(halt, Halt)
    assert (halt.type, halt.reason, halt.seconds) == ("resolved", None, 6 * 3_600)


def test_a_halt_that_ends_at_midnight_does_not_hide_the_day_it_ends_on() -> None:
    events = timeline(
        ("2026-11-13T10:00", "opened", {"priority": "high"}),
        ("2026-11-13T11:00", "resolved"),
        ("2026-11-14T00:00", "reopened"),
    )
    found = assess(events, commitment(), calendars(), at("2026-11-16T10:00"))
    closed = told(found, "resolution").items[2]
    assert isinstance(closed, Closed)
    assert [day.day.day for day in closed.days] == [14, 15]


def test_a_report_after_hours_says_why_its_day_does_not_count() -> None:
    closed = told(promise("2026-11-13T16:00"), "response").items[0]
    assert isinstance(closed, Closed)
    assert [(day.day.day, day.reason) for day in closed.days] == [
        (13, "after_hours"),
        (14, "no_window"),
        (15, "no_window"),
    ]


def test_days_around_the_clock_end_at_midnight_also_where_it_is_skipped() -> None:
    resolution = told(promise("2026-09-05T22:30", window="24x7"), "resolution")
    saturday, sunday = resolution.items
    assert isinstance(saturday, Counted)
    assert isinstance(sunday, Counted)
    # The instant at which Saturday ends reads 01:00 on Sunday.
    assert (spans(saturday), saturday.seconds) == ([("22:30:00", "01:00:00")], 5_400)
    assert (sunday.day, sunday.seconds) == (date(2026, 9, 6), 12 * 3_600 - 5_400)


def test_part_day_closings_are_named() -> None:
    calendar = BusinessCalendar(
        [(day, "09:00", "18:00") for day in range(5)],
        "America/Santiago",
        closings=[(date(2026, 11, 9), "13:00", "18:00"), (date(2026, 11, 10), "00:00", "24:00")],
    )
    own = {"8x5": calendar}
    found = preview(commitment(), own, at=at("2026-11-09T12:00"), priority="high")
    monday, tuesday, wednesday = explain(found.clocks["response"], found, own).items
    assert isinstance(monday, Counted)
    assert monday.closings == (("13:00", "18:00"),)
    assert isinstance(tuesday, Closed)
    assert [(day.reason, day.is_day_off) for day in tuesday.days] == [("closing", False)]
    assert isinstance(wednesday, Counted)
    assert spans(wednesday) == [("09:00:00", "11:00:00")]


def test_a_finished_clock_is_explained_by_the_days_off_known_at_its_verdict() -> None:
    plain = calendars()["8x5"]
    closed = BusinessCalendar(plain.windows, plain.zone, days_off=[*plain.days_off, date(2026, 11, 9)])
    own = {"8x5": CalendarHistory([(0, plain), (int(at("2026-11-09T17:00").timestamp()), closed)])}
    events = timeline(
        ("2026-11-09T10:00", "opened", {"priority": "high"}),
        ("2026-11-09T12:00", "replied"),
    )
    found = assess(events, commitment(), own, at("2026-11-11T10:00"))
    response = explain(found.clocks["response"], found, own)
    resolution = explain(found.clocks["resolution"], found, own)
    assert isinstance(response.items[0], Counted)
    assert isinstance(resolution.items[0], Closed)


def test_no_term_has_nothing_to_add_up() -> None:
    owed = commitment()
    terms = {key: replace(term, seconds=None) for key, term in owed.terms.items()}
    without = replace(owed, terms=terms)
    found = preview(without, calendars(), at=at("2026-11-09T10:00"))
    explanation = explain(found.clocks["response"], found, calendars())
    assert (explanation.items, explanation.due_at, explanation.seconds) == ((), None, None)


def test_the_data_are_json_with_instants_in_the_zone() -> None:
    data = told(with_a_pause("2026-10-07T12:00"), "resolution").as_data()
    read = json.loads(json.dumps(data))
    assert read["zone"] == "America/Santiago"
    assert read["started_at"] == "2026-10-06T10:00:00-03:00"
    assert read["due_at"] is None
    assert read["due_at_limit"] == "2026-10-21T12:00:00-03:00"
    assert [item["type"] for item in read["items"][:3]] == ["counted", "pause", "counted"]
    assert read["items"][0]["spans"] == [
        {"from": "2026-10-06T10:00:00-03:00", "to": "2026-10-06T10:40:00-03:00"}
    ]
    assert read["items"][1]["limit_at"] == "2026-10-16T10:40:00-03:00"
    assert datetime.fromisoformat(read["items"][1]["from"]) == at("2026-10-06T10:40")


def test_the_data_name_closed_days_and_overruns() -> None:
    data = told(with_a_pause("2026-10-15T12:00", RESUMED), "resolution").as_data()
    closed = next(item for item in data["items"] if item["type"] == "closed")
    assert closed["days"][-1] == {
        "day": "2026-10-12",
        "reason": "day_off",
        "day_off": True,
        "name": "Encuentro de Dos Mundos",
        "source": "law",
    }
    over = [item for item in data["items"] if item["type"] == "overrun"]
    assert sum(item["seconds"] for item in over) == data["overrun_seconds"]


@pytest.mark.parametrize("metric", ["response", "resolution"])
def test_the_promise_before_a_report_is_the_one_after_it(metric: Metric) -> None:
    moment = at("2026-09-17T17:30")
    opened = Event("opened", moment, moment, 1, {"kind": "ALTO-01", "priority": "high"})
    reported = assess([opened], commitment(), calendars(), moment)
    before = preview(commitment(), calendars(), at=moment, priority="high", kind="ALTO-01")
    assert told(before, metric) == told(reported, metric)


def test_a_preview_without_a_priority_is_that_of_an_unclassified_ticket() -> None:
    found = preview(commitment(), calendars(), at=at("2026-11-09T10:00"))
    assert (found.priority, found.classified) == ("high", False)
