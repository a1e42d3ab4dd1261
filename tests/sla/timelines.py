"""The agreement, the calendars and the timelines that tests of the clock share."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from plazo.sla import BusinessCalendar, CalendarHistory, Commitment, Event, NamedDayOff, Policy, load_policy

SANTIAGO = ZoneInfo("America/Santiago")
DAYS_OFF = {
    date(2026, 9, 18): "Independencia Nacional",
    date(2026, 9, 19): "Glorias del Ejército",
    date(2026, 10, 12): "Encuentro de Dos Mundos",
}
NAMED = {day: NamedDayOff(name, "law") for day, name in DAYS_OFF.items()}


@cache
def policy() -> Policy:
    return load_policy(Path(__file__).parents[2] / "policies" / "coacher.yaml")


def commitment(window: str = "8x5", level: str = "premium") -> Commitment:
    return policy().commitment(window=window, level=level)


@cache
def calendars() -> Mapping[str, BusinessCalendar]:
    return {window: policy().calendar(window, days_off=tuple(DAYS_OFF)) for window in policy().windows}


def at(text: str) -> datetime:
    """A time on the wall clock of Santiago."""
    return datetime.fromisoformat(text).replace(tzinfo=SANTIAGO)


def timeline(*rows: tuple[str, str, Mapping[str, Any]] | tuple[str, str]) -> list[Event]:
    """Events from (time, code, data); numbered in order, recorded when they happened."""
    return [
        Event(row[1], at(row[0]), at(row[0]), seq, row[2] if len(row) == 3 else {})
        for seq, row in enumerate(rows, 1)
    ]


# Random timelines. They start in the week of 18 September 2026 or around a clock change.
STARTS = (
    datetime(2026, 9, 3, 12, tzinfo=UTC),
    datetime(2026, 9, 16, 12, tzinfo=UTC),
    datetime(2026, 4, 2, 12, tzinfo=UTC),
)
PRIORITIES = ("high", "medium", "low")
REASONS = ("client", "sii", "bank", "courier", "host")
_gaps = st.one_of(st.just(0), st.integers(1, 7_200), st.integers(7_200, 6 * 86_400))
_ACTS = st.one_of(
    st.tuples(
        st.sampled_from(["replied", "client_replied", "resolved", "reopened", "reviewed", "noted"]),
        st.just({}),
    ),
    st.tuples(st.just("called"), st.fixed_dictionaries({"spoke": st.booleans()})),
    st.tuples(st.just("classified"), st.fixed_dictionaries({"priority": st.sampled_from(PRIORITIES)})),
    st.tuples(st.just("paused"), st.fixed_dictionaries({"reason": st.sampled_from(REASONS)})),
    st.tuples(st.just("resumed"), st.just({"cause": "consultant"})),
    st.tuples(st.just("closed"), st.just({"cause": "client"})),
    st.tuples(st.just("undelivered"), st.fixed_dictionaries({"reply": st.integers(2, 9)})),
    st.tuples(st.just("promised"), st.fixed_dictionaries({"due": st.integers(1_774_000_000, 1_790_500_000)})),
)


@st.composite
def timelines(draw: st.DrawFn) -> list[Event]:
    """A ticket with up to twelve events, some of them stated for an earlier time."""
    recorded = draw(st.sampled_from(STARTS)) + timedelta(seconds=draw(st.integers(0, 8 * 86_400)))
    opened: dict[str, Any] = draw(st.sampled_from([{}, *({"priority": name} for name in PRIORITIES)]))
    events = [_event(draw, "opened", recorded, 1, opened)]
    for seq, (code, data) in enumerate(draw(st.lists(_ACTS, max_size=12)), 2):
        recorded += timedelta(seconds=draw(_gaps))
        events.append(_event(draw, code, recorded, seq, data))
    return events


def _event(draw: st.DrawFn, code: str, recorded: datetime, seq: int, data: Mapping[str, Any]) -> Event:
    earlier = timedelta(seconds=draw(st.sampled_from([0, 0, 0, 600, 40_000])))
    return Event(code, recorded - earlier, recorded, seq, data)


@st.composite
def situations(
    draw: st.DrawFn,
) -> tuple[list[Event], Commitment, Mapping[str, BusinessCalendar | CalendarHistory], datetime]:
    """A timeline, what is owed, calendars with days off declared late, and an instant to look from."""
    events = draw(timelines())
    owed = commitment(
        draw(st.sampled_from(["8x5", "12x5", "24x7"])), draw(st.sampled_from(["premium", "basic"]))
    )
    now = events[0].recorded_at + timedelta(seconds=draw(st.integers(0, 40 * 86_400)))
    return events, owed, draw(_declared(events[0].recorded_at)), now


@st.composite
def _declared(draw: st.DrawFn, start: datetime) -> Mapping[str, BusinessCalendar | CalendarHistory]:
    """The calendars, with up to three days off declared or withdrawn after the ticket was opened."""
    known = int(start.timestamp())
    days = set(DAYS_OFF)
    versions = [(0, frozenset(days))]
    for gap, ahead in draw(st.lists(st.tuples(st.integers(1, 6 * 86_400), st.integers(-2, 9)), max_size=3)):
        known += gap
        days ^= {(datetime.fromtimestamp(known, UTC) + timedelta(days=ahead)).date()}
        versions.append((known, frozenset(days)))
    return {
        window: CalendarHistory(
            [(since, policy().calendar(window, days_off=tuple(sorted(off)))) for since, off in versions]
        )
        for window in policy().windows
    }
