"""The drawing of a term: examples whose shapes are known, and what must hold for every drawing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plazo.sla import Assessment, BusinessCalendar, ClockState, Event, assess
from plazo.sla.explain import explain
from plazo.sla.loader import load_policy
from plazo.sla.policy import METRICS
from plazo.web import drawing
from plazo.web.drawing import Drawing, Shape

POLICY = load_policy(Path("policies/coacher.yaml"))
SANTIAGO = ZoneInfo("America/Santiago")
SNAPSHOTS = Path(__file__).parent / "snapshots"
DAYS_OFF = (date(2026, 9, 18), date(2026, 9, 19), date(2026, 10, 12))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SANTIAGO)


def event(seq: int, code: str, when: str, **data: object) -> Event:
    return Event(code, at(when), at(when), seq, data)


def drawn(
    *events: Event,
    now: str,
    window: str = "8x5",
    level: str = "premium",
    limit: int = drawing.WIDE,
    language: str = "es",
) -> Drawing:
    calendar = POLICY.calendar(window, days_off=DAYS_OFF)
    calendars = {window: calendar}
    assessment = assess(events, POLICY.commitment(window=window, level=level), calendars, at(now))
    return drawing.draw(_explained(assessment, calendars), calendar.windows_on, language, limit=limit)


def _explained(assessment: Assessment, calendars: dict[str, BusinessCalendar]) -> list:
    return [explain(assessment.clocks[metric], assessment, calendars) for metric in METRICS]


def lines(picture: Drawing) -> str:
    """The shapes as text, one a line."""
    rows = [f"{picture.width} x {picture.height}"]
    for shape in picture.shapes:
        size = f" {shape.width:g}x{shape.height:g}" if shape.width or shape.height else ""
        more = " ".join(filter(None, [shape.look, shape.fill and f"[{shape.fill}]", shape.text]))
        rows.append(f"{shape.tag} {shape.x:g},{shape.y:g}{size} {more}".rstrip())
    return "\n".join(rows) + "\n"


OPENED = event(1, "opened", "2026-09-17T17:30", kind="ALTO-01", priority="high")
PAUSED = (
    event(1, "opened", "2026-10-06T10:00", kind="ALTO-01", priority="high"),
    event(2, "replied", "2026-10-06T10:40", canned=False),
    event(3, "paused", "2026-10-06T10:40", reason="client"),
    event(4, "client_replied", "2026-10-08T11:20"),
    event(5, "resumed", "2026-10-08T11:20", cause="client", pause=3),
)
EXAMPLES = {
    "holidays": drawn(OPENED, now="2026-09-17T17:30"),
    "holidays-narrow": drawn(OPENED, now="2026-09-17T17:30", limit=drawing.NARROW),
    "pause": drawn(*PAUSED, now="2026-10-08T12:00", level="standard"),
    "missed": drawn(OPENED, now="2026-09-22T13:30"),
    "around-the-clock": drawn(OPENED, now="2026-09-17T18:30", window="24x7"),
    "english": drawn(OPENED, now="2026-09-17T17:30", language="en"),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_drawing_is_the_one_that_was_looked_at(name: str):
    assert lines(EXAMPLES[name]) == (SNAPSHOTS / f"{name}.txt").read_text(encoding="utf-8")


def of(picture: Drawing, look: str) -> list[Shape]:
    return [shape for shape in picture.shapes if shape.look == look]


def texts(picture: Drawing) -> list[str]:
    return [shape.text for shape in picture.shapes if shape.tag == "text"]


def test_a_day_off_is_hatched_over_both_lanes():
    [hatched, *_] = [shape for shape in EXAMPLES["holidays"].shapes if shape.fill == "off"]
    assert hatched.y == drawing.LANES["response"]
    assert hatched.height == drawing.LANES["resolution"] + drawing.LANE - drawing.LANES["response"]


def test_due_hours_stand_beside_their_pennants():
    assert {"11:30", "12:30"} <= set(texts(EXAMPLES["holidays"]))


def test_time_still_to_run_is_pale_and_time_used_is_solid():
    at_start, later = EXAMPLES["holidays"], EXAMPLES["missed"]
    assert of(at_start, "d-left")
    assert not of(at_start, "d-used")
    assert of(later, "d-used")


def test_a_pause_is_drawn_on_the_resolution_only():
    bars = [shape for shape in EXAMPLES["pause"].shapes if shape.fill == "pause"]
    assert {shape.y for shape in bars} == {drawing.LANES["resolution"]}


def test_a_met_term_has_its_ring_and_a_missed_one_its_hatch():
    assert of(EXAMPLES["pause"], "d-ok")
    assert [shape for shape in EXAMPLES["missed"].shapes if shape.fill == "missed"]
    assert any("+" in text for text in texts(EXAMPLES["missed"]))


def test_words_follow_the_language():
    assert "Response" in texts(EXAMPLES["english"])
    assert "Thu 17" in texts(EXAMPLES["english"])


def test_a_day_open_all_around_reads_from_0_to_24():
    assert {"0", "24"} <= set(texts(EXAMPLES["around-the-clock"]))


@pytest.mark.parametrize("window", ["8x5", "12x5", "24x7"])
@pytest.mark.parametrize("limit", [drawing.WIDE, drawing.NARROW])
def test_days_without_a_mark_are_folded_until_it_fits(window: str, limit: int):
    slow = event(1, "opened", "2026-09-07T09:00", kind="BAJO-01", priority="low")
    picture = drawn(slow, now="2026-09-07T09:00", window=window, level="basic", limit=limit)
    assert picture.width <= limit
    assert any(text.startswith("+") for text in texts(picture)) or window == "24x7"


def test_nothing_is_drawn_where_nothing_is_owed():
    assert drawing.draw([], lambda day: [], "es") == Drawing(0, 0, ())


START = datetime(2026, 9, 1, 12, tzinfo=UTC)


@given(
    minutes=st.integers(0, 60 * 24 * 60),
    later=st.integers(0, 60 * 24 * 40),
    window=st.sampled_from(["8x5", "12x5", "24x7"]),
    level=st.sampled_from(["premium", "standard", "basic"]),
    priority=st.sampled_from(["high", "medium", "low"]),
    limit=st.sampled_from([drawing.WIDE, drawing.NARROW]),
)
def test_no_shape_leaves_the_drawing(
    minutes: int, later: int, window: str, level: str, priority: str, limit: int
):
    opened = START + timedelta(minutes=minutes)
    calendar = POLICY.calendar(window, days_off=DAYS_OFF)
    calendars = {window: calendar}
    events = [Event("opened", opened, opened, 1, {"kind": None, "priority": priority})]
    now = opened + timedelta(minutes=later)
    assessment = assess(events, POLICY.commitment(window=window, level=level), calendars, now)
    picture = drawing.draw(_explained(assessment, calendars), calendar.windows_on, "es", limit=limit)
    for shape in picture.shapes:
        assert 0 <= shape.x <= shape.x + (shape.width if shape.tag == "rect" else 0) <= picture.width
        assert 0 <= shape.y <= shape.y + shape.height <= picture.height + 4


@pytest.mark.parametrize(
    ("state", "elapsed", "look"),
    [
        (ClockState.RUNNING, 0, "d-left"),
        (ClockState.RUNNING, 10_800, "d-used"),
        (ClockState.PAUSED, 5_400, "d-glyph"),
        (ClockState.MET, 5_400, "d-ok"),
        (ClockState.MISSED, 10_800, "d-missed-outline"),
    ],
)
def test_the_strip_shows_each_state_by_shape(state: ClockState, elapsed: int, look: str):
    assert of(drawing.strip(state=state, seconds=10_800, elapsed=elapsed, overrun=0), look)


def test_the_strip_fills_in_proportion():
    picture = drawing.strip(state=ClockState.RUNNING, seconds=10_800, elapsed=5_400, overrun=0)
    [used], [left] = of(picture, "d-used"), of(picture, "d-left")
    assert used.width == left.width


def test_a_term_without_time_has_no_strip():
    assert drawing.strip(state=ClockState.NO_TERM, seconds=None, elapsed=0, overrun=0).width == 0
