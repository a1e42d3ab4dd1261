"""What a term costs: scalar and vector working time, beside the machine's own yardsticks."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from benchmarks.figures import Figure
from plazo.sla.calendars import BusinessCalendar

TITLE = "Working time"
HOW = (
    "CPU of the quickest of several runs, for a million tickets of ten years in random order, or for one. "
    "Yardsticks say what the machine takes for the least that could be done."
)
TICKETS = 1_000_000
SANTIAGO = "America/Santiago"
EIGHT_BY_FIVE = [
    *((day, *hours) for day in range(4) for hours in (("09:00", "14:00"), ("15:00", "18:00"))),
    (4, "09:00", "15:00"),
]
ODD_MINUTES = [(day, "08:47", "17:23") for day in range(5)]
DAYS_OFF = [
    date(year, month, day) for year in range(2020, 2032) for month, day in ((9, 18), (9, 19), (12, 25))
]


def figures(_cluster: str, _data: Path, *, quick: bool) -> Iterator[Figure]:
    """No database is asked."""
    repeats, tickets = (2, 10_000) if quick else (15, TICKETS)
    yield from vectors(tickets, repeats)
    yield from scalars(repeats)
    yield from constructions(repeats)


def best(call: Callable[[], object], *, number: int, repeats: int) -> float:
    """The quickest of several runs, in nanoseconds of CPU per call."""
    quickest = float("inf")
    for _ in range(repeats):
        began = time.process_time_ns()
        for _ in range(number):
            call()
        quickest = min(quickest, (time.process_time_ns() - began) / number)
    return quickest


def vectors(tickets: int, repeats: int) -> Iterator[Figure]:
    """Nanoseconds per ticket."""
    random = np.random.default_rng(7)
    first = int(datetime(2020, 1, 1, tzinfo=UTC).timestamp())
    starts = random.integers(first, first + 10 * 365 * 86_400, tickets)
    budgets = random.integers(1, 192 * 3600, tickets)
    out = np.empty(tickets, dtype=np.int64)

    def figure(title: str, call: Callable[[], object], bound: float | None = None) -> Figure:
        return Figure(title, best(call, number=1, repeats=repeats) / tickets, "ns", bound)

    yield figure("yardstick: add two int64 arrays", lambda: np.add(starts, budgets, out=out))
    for name, windows, bound in (("8x5", EIGHT_BY_FIVE, 10.0), ("odd minutes", ODD_MINUTES, None)):
        calendar = BusinessCalendar(windows, SANTIAGO, DAYS_OFF)
        dues = calendar.add_many(starts, budgets)
        if not np.array_equal(calendar.between_many(starts, dues), budgets):
            raise SystemExit("between_many does not undo add_many")
        for title, call in (
            ("add_many", lambda c=calendar: c.add_many(starts, budgets)),
            ("add_many, out=", lambda c=calendar: c.add_many(starts, budgets, out=out)),
            ("between_many", lambda c=calendar, d=dues: c.between_many(starts, d)),
            ("between_many, out=", lambda c=calendar, d=dues: c.between_many(starts, d, out=out)),
        ):
            yield figure(f"{title}, {name}, per ticket", call, bound)


def scalars(repeats: int) -> Iterator[Figure]:
    """Nanoseconds per call for one ticket."""
    zone = ZoneInfo(SANTIAGO)
    calendar = BusinessCalendar(EIGHT_BY_FIVE, SANTIAGO, DAYS_OFF)
    start = datetime(2026, 9, 14, 9, 30, tzinfo=zone)
    due = calendar.add(start, 100_000)
    epoch, origin = int(start.timestamp()), datetime(1970, 1, 1, tzinfo=UTC)

    def there_and_back() -> datetime:
        since = start - origin
        return datetime.fromtimestamp(since.days * 86_400 + since.seconds, zone)

    for title, call, bound in (
        ("yardstick: datetime to epoch and back", there_and_back, None),
        ("add, one aware datetime", lambda: calendar.add(start, 100_000), 1_500.0),
        ("between, two aware datetimes", lambda: calendar.between(start, due), None),
        ("add_epoch", lambda: calendar.add_epoch(epoch, 100_000), None),
    ):
        yield Figure(title, best(call, number=20_000, repeats=repeats), "ns", bound)


def constructions(repeats: int) -> Iterator[Figure]:
    """Milliseconds to make a calendar and ask it for one term, its zone already known."""
    start = datetime(2026, 9, 14, 9, 30, tzinfo=ZoneInfo(SANTIAGO))

    def new() -> BusinessCalendar:
        return BusinessCalendar(EIGHT_BY_FIVE, SANTIAGO, DAYS_OFF)

    for title, call, bound in (
        ("new calendar", new, None),
        ("new calendar and its first add", lambda: new().add(start, 100_000), 3.0),
    ):
        yield Figure(title, best(call, number=20, repeats=repeats) / 1e6, "ms", bound)
