"""What a term costs: scalar and vector working time, beside the machine's own yardsticks."""

import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from plazo.sla.calendars import BusinessCalendar

Row = tuple[str, float, float | None]

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


def best(call: Callable[[], object], *, number: int, repeats: int = 15) -> float:
    """The quickest of several runs, in nanoseconds per call."""
    quickest = float("inf")
    for _ in range(repeats):
        began = time.perf_counter_ns()
        for _ in range(number):
            call()
        quickest = min(quickest, (time.perf_counter_ns() - began) / number)
    return quickest


def vector_rows() -> Iterator[Row]:
    """Nanoseconds per ticket over a million tickets of ten years in random order."""
    random = np.random.default_rng(7)
    first = int(datetime(2020, 1, 1, tzinfo=UTC).timestamp())
    starts = random.integers(first, first + 10 * 365 * 86_400, TICKETS)
    budgets = random.integers(1, 192 * 3600, TICKETS)
    out = np.empty(TICKETS, dtype=np.int64)
    yield (
        "add two int64 arrays (yardstick)",
        best(lambda: np.add(starts, budgets, out=out), number=1) / TICKETS,
        None,
    )
    for name, windows, target in (("8x5", EIGHT_BY_FIVE, 10.0), ("odd minutes", ODD_MINUTES, None)):
        calendar = BusinessCalendar(windows, SANTIAGO, DAYS_OFF)
        dues = calendar.add_many(starts, budgets)
        if not np.array_equal(calendar.between_many(starts, dues), budgets):
            raise SystemExit("between_many does not undo add_many")
        for label, call in (
            ("add_many", lambda c=calendar: c.add_many(starts, budgets)),
            ("add_many, out=", lambda c=calendar: c.add_many(starts, budgets, out=out)),
            ("between_many", lambda c=calendar, d=dues: c.between_many(starts, d)),
            ("between_many, out=", lambda c=calendar, d=dues: c.between_many(starts, d, out=out)),
        ):
            yield f"{label}, {name}, per ticket", best(call, number=1, repeats=9) / TICKETS, target


def scalar_rows() -> Iterator[Row]:
    """Nanoseconds per call for one ticket."""
    zone = ZoneInfo(SANTIAGO)
    calendar = BusinessCalendar(EIGHT_BY_FIVE, SANTIAGO, DAYS_OFF)
    start = datetime(2026, 9, 14, 9, 30, tzinfo=zone)
    due = calendar.add(start, 100_000)
    epoch, origin = int(start.timestamp()), datetime(1970, 1, 1, tzinfo=UTC)

    def there_and_back() -> datetime:
        since = start - origin
        return datetime.fromtimestamp(since.days * 86_400 + since.seconds, zone)

    yield "datetime to epoch and back (yardstick)", best(there_and_back, number=20_000), None
    yield "add, one aware datetime", best(lambda: calendar.add(start, 100_000), number=20_000), 1500.0
    yield "between, two aware datetimes", best(lambda: calendar.between(start, due), number=20_000), None
    yield "add_epoch", best(lambda: calendar.add_epoch(epoch, 100_000), number=20_000), None


def construction_rows() -> Iterator[Row]:
    """Nanoseconds to make a calendar and ask it for one term, its zone already known."""
    start = datetime(2026, 9, 14, 9, 30, tzinfo=ZoneInfo(SANTIAGO))

    def one_term() -> datetime:
        return BusinessCalendar(EIGHT_BY_FIVE, SANTIAGO, DAYS_OFF).add(start, 100_000)

    yield "new calendar", best(lambda: BusinessCalendar(EIGHT_BY_FIVE, SANTIAGO, DAYS_OFF), number=50), None
    yield "new calendar and its first add", best(one_term, number=20), 3_000_000.0


def main() -> None:
    """Print the table in Markdown; the ratio is the figure over its target."""
    lines = [f"| measured {datetime.now(UTC):%Y-%m-%d} | ns | target | ratio |", "|---|---:|---:|---:|"]
    for rows in (vector_rows(), scalar_rows(), construction_rows()):
        for name, cost, target in rows:
            aim = f"{target:,.0f} | {cost / target:.2f}" if target else "|"
            lines.append(f"| {name} | {cost:,.1f} | {aim} |")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    began = datetime.now(UTC)
    main()
    sys.stdout.write(f"\n{(datetime.now(UTC) - began) / timedelta(seconds=1):.0f} s in all\n")
