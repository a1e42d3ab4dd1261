"""The drawing for a narrow column: a row a day, nothing outside it, words for what falls due."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plazo.sla import Event, assess
from plazo.sla.explain import explain
from plazo.sla.explanation import DayOffSource, NamedDayOff
from plazo.sla.policy import METRICS
from plazo.web.agenda import FOLDS_FROM, LEFT, RIGHT, WIDTH, agenda
from plazo.web.drawing import Drawing, Shape
from tests.web.test_drawing import DAYS_OFF, OPENED, PAUSED, POLICY, at, event


def drawn(
    *events: Event,
    now: str,
    window: str = "8x5",
    level: str = "premium",
    language: str = "es",
    days_off: Mapping[date, NamedDayOff] | None = None,
) -> Drawing:
    calendar = POLICY.calendar(window, days_off=DAYS_OFF)
    assessment = assess(events, POLICY.commitment(window=window, level=level), {window: calendar}, at(now))
    told = [
        explain(assessment.clocks[metric], assessment, {window: calendar}, days_off=days_off)
        for metric in METRICS
    ]
    return agenda(told, calendar.windows_on, language)


def texts(picture: Drawing) -> list[str]:
    return [shape.text for shape in picture.shapes if shape.tag == "text"]


def of(picture: Drawing, look: str) -> list[Shape]:
    return [shape for shape in picture.shapes if shape.look == look]


def test_each_day_has_a_row_and_days_off_say_so():
    assert texts(drawn(OPENED, now="2026-09-17T17:30")) == [
        "jue 17",
        "vie 18",
        "día no hábil",
        "sáb 19",
        "día no hábil",
        "dom 20",
        "cerrado",
        "lun 21",
        "respuesta 11:30",
        "mar 22",
        "solución 12:30",
    ]


@pytest.mark.parametrize(
    ("source", "language", "word"),
    [
        ("law", "es", "feriado legal"),
        ("law", "en", "public holiday"),
        ("provider", "es", "cierre"),
        ("provider", "en", "closed"),
        ("client", "es", "día no hábil"),
        ("client", "en", "day off"),
    ],
)
def test_a_day_off_says_what_makes_it_one(source: DayOffSource, language: str, word: str):
    days_off = {day: NamedDayOff("Un día", source, "Mesa SpA") for day in DAYS_OFF}
    assert texts(drawn(OPENED, now="2026-09-17T17:30", language=language, days_off=days_off))[2] == word


def test_it_speaks_english():
    words = texts(drawn(OPENED, now="2026-09-17T17:30", language="en"))
    assert {"day off", "closed", "response 11:30", "solution 12:30"} <= set(words)


def test_many_days_without_a_mark_become_one_row():
    words = texts(drawn(OPENED, now="2026-09-17T17:30", level="basic"))
    assert any(each.startswith("+") and each.endswith(" días") for each in words)
    assert len(words) < 20


def test_a_pause_is_hatched_on_each_of_its_days():
    picture = drawn(*PAUSED, now="2026-10-08T12:00", level="standard")
    paused = [shape for shape in picture.shapes if shape.fill == "pause"]
    assert len({shape.y for shape in paused}) == 3
    assert len(of(picture, "d-ok")) == 1


def test_a_miss_is_crossed_at_its_due_date_and_runs_on_until_now():
    picture = drawn(OPENED, now="2026-09-21T13:30")
    assert of(picture, "d-missed")
    assert [shape for shape in picture.shapes if shape.fill == "missed"]
    assert "respuesta 11:30" in texts(picture)


@pytest.mark.parametrize("window", ["8x5", "12x5", "24x7"])
@given(minutes=st.integers(0, 60 * 24 * 12))
@settings(max_examples=40)
def test_nothing_lies_outside_it(window: str, minutes: int):
    now = (at("2026-09-17T17:30") + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M")
    picture = drawn(OPENED, now=now, window=window)
    assert picture.width == WIDTH
    for shape in picture.shapes:
        assert shape.y >= 0
        assert shape.y + shape.height <= picture.height
        if shape.tag == "rect":
            assert shape.x >= LEFT
            assert shape.x + shape.width <= RIGHT
            assert shape.width > 0


def test_without_a_term_there_is_nothing_to_draw():
    assert agenda([], lambda day: [], "es") == Drawing(0, 0, ())


def test_a_short_run_keeps_its_days():
    opened = event(1, "opened", "2026-10-05T09:30", kind="ALTO-01", priority="high")
    words = texts(drawn(opened, now="2026-10-05T10:00", level="standard"))
    assert FOLDS_FROM > 2
    assert not any(each.startswith("+") for each in words)
