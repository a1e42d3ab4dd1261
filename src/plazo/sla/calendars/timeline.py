"""Working time in epoch seconds: years of open spans, built when first asked for."""

from bisect import bisect_left, bisect_right
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
        self._recent = OpenYear(0, 0, [])

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
            start, end = self.year_starts[index], self.year_starts[index + 1]
            year = OpenYear(start, end, self.hours.open_spans(self.zone.stretches(index)))
            self._years[index] = year
        return year

    def add(self, start: int, seconds: int) -> int:
        """The earliest instant by which so many working seconds have passed since `start`."""
        year = self._recent
        if not year.start <= start < year.end:
            year = self._year_of(start)
        if seconds <= 0:
            if seconds < 0:
                raise NegativeSeconds(f"{seconds} seconds cannot be added; write a budget of 0 or more")
            return start
        # OpenYear.elapsed and OpenYear.reached, written out: calls are most of what a single term costs.
        lags, worked = year.lags, year.worked
        index = bisect_right(year.starts, start) - 1
        reached, closed = start - lags[index], worked[index]
        wanted = seconds + (reached if reached < closed else closed)
        if wanted <= year.total:
            due = lags[bisect_left(worked, wanted, index)] + wanted
        else:
            due = self._reached_later(year.end, wanted - year.total)
        if due >= self.end:
            raise outside_horizon(f"the end of {seconds} working seconds from epoch second {start}")
        return due

    def between(self, a: int, b: int) -> int:
        """Working seconds in [a, b), negative when b is before a."""
        year = self._recent
        if year.start <= a < year.end and year.start <= b < year.end:
            return year.elapsed(b) - year.elapsed(a)
        earlier, later = self._year_of(a), self._year_of(b)
        worked = later.elapsed(b) - earlier.elapsed(a)
        if earlier is later:
            return worked
        if b < a:
            return -self.between(b, a)
        return worked + sum(self.year(i).total for i in range(self.index_of(a), self.index_of(b)))

    def is_open(self, epoch: int) -> bool:
        """Whether the clock runs at that instant."""
        return self._year_of(epoch).is_open(epoch)

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

    def _year_of(self, epoch: int) -> OpenYear:
        # Calls come in runs about the same months: the year of the last one is tried first.
        year = self._recent
        if not year.start <= epoch < year.end:
            year = self._recent = self.year(self.index_of(epoch))
        return year

    def _reached_later(self, year_start: int, left: int) -> int:
        for index in range(bisect_right(self.year_starts, year_start) - 1, LAST_INDEX + 1):
            year = self.year(index)
            if left <= year.total:
                return year.reached(left)
            left -= year.total
        return self.end

    def _spans_by_year(self, start: int, stop: int) -> Iterator[Span]:
        for index in range(self.index_of(start), LAST_INDEX + 1):
            if self.year_starts[index] >= stop:
                return
            for opened, closed in self.year(index).spans(after=start):
                opened = max(opened, start)
                if opened >= stop:
                    return
                yield opened, min(closed, stop)


def outside_horizon(what: str) -> OutsideHorizon:
    """The refusal of an instant that no calendar answers for."""
    return OutsideHorizon(f"{what} lies outside {FIRST_YEAR}-{LAST_YEAR}; ask within those years")
