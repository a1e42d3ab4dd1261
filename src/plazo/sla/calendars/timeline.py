"""Working time in epoch seconds: years of open spans, built when first asked for."""

from bisect import bisect_right
from collections.abc import Iterator

from plazo.sla.calendars.errors import NegativeSeconds, OutsideHorizon
from plazo.sla.calendars.spans import OpenYear, Span, WallHours
from plazo.sla.calendars.zones import FIRST_YEAR, LAST_YEAR, Zone

LAST_INDEX = LAST_YEAR - FIRST_YEAR


class Timeline:
    """The open spans of wall-clock hours in a zone, and the arithmetic of seconds along them."""

    def __init__(self, hours: WallHours, zone: Zone) -> None:
        self.hours, self.zone = hours, zone
        self.end = zone.end
        self.year_starts = zone.year_starts
        self._years: dict[int, OpenYear] = {}

    def index_of(self, epoch: int) -> int:
        """Which year (0 = 1990) holds that instant; raises OutsideHorizon."""
        index = bisect_right(self.year_starts, epoch) - 1
        if not 0 <= index <= LAST_INDEX:
            raise outside_horizon(f"epoch second {epoch}")
        return index

    def year(self, index: int) -> OpenYear:
        """The open spans of that year."""
        year = self._years.get(index)
        if year is None:
            year = OpenYear(self.hours.open_spans(self.zone.stretches(index)))
            self._years[index] = year
        return year

    def add(self, start: int, seconds: int) -> int:
        """The earliest instant by which so many working seconds have passed since `start`."""
        index = self.index_of(start)
        if seconds <= 0:
            if seconds < 0:
                raise NegativeSeconds(f"{seconds} seconds cannot be added; write a budget of 0 or more")
            return start
        year = self.year(index)
        worked = year.elapsed(start) + seconds
        while worked > year.total and index < LAST_INDEX:
            worked -= year.total
            index += 1
            year = self.year(index)
        due = year.reached(worked) if worked <= year.total else self.end
        if due >= self.end:
            raise outside_horizon(f"the end of {seconds} working seconds from epoch second {start}")
        return due

    def between(self, a: int, b: int) -> int:
        """Working seconds in [a, b), negative when b is before a."""
        if b < a:
            return -self.between(b, a)
        first, last = self.index_of(a), self.index_of(b)
        whole_years = sum(self.year(index).total for index in range(first, last))
        return whole_years + self.year(last).elapsed(b) - self.year(first).elapsed(a)

    def is_open(self, epoch: int) -> bool:
        """Whether the clock runs at that instant."""
        return self.year(self.index_of(epoch)).is_open(epoch)

    def next_span(self, epoch: int) -> Span:
        """The first open span that ends after that instant, cut to start no earlier than it."""
        for span in self.spans(epoch, self.end):
            return span
        raise outside_horizon(f"the next opening after epoch second {epoch}")

    def spans(self, start: int, stop: int) -> Iterator[Span]:
        """Open spans within [start, stop), joined where they touch."""
        held: Span | None = None
        for opened, closed in self._spans_by_year(start, stop):
            if held and held[1] == opened:
                held = held[0], closed
                continue
            if held:
                yield held
            held = opened, closed
        if held:
            yield held

    def _spans_by_year(self, start: int, stop: int) -> Iterator[Span]:
        for index in range(self.index_of(start), LAST_INDEX + 1):
            if self.year_starts[index] >= stop:
                return
            for opened, closed in self.year(index).spans_after(start):
                if opened >= stop:
                    return
                yield max(opened, start), min(closed, stop)


def outside_horizon(what: str) -> OutsideHorizon:
    """The refusal of an instant that no calendar answers for."""
    return OutsideHorizon(f"{what} lies outside {FIRST_YEAR}-{LAST_YEAR}; ask within those years")
