"""Open spans on the time line, and the working seconds of one year counted along them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate

from plazo.sla.calendars.schedule import DaySpan, Week, subtract, weekday_of
from plazo.sla.calendars.zones import DAY, Stretch

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class WallHours:
    """When the wall clock stands in an open window: the week, its days off and part-day closings."""

    week: Week
    days_off: frozenset[int]
    closings: Mapping[int, tuple[DaySpan, ...]]

    def on(self, day: int) -> tuple[DaySpan, ...]:
        """Open wall-clock spans of a day number."""
        if day in self.days_off:
            return ()
        spans = self.week[weekday_of(day)]
        holes = self.closings.get(day)
        return subtract(spans, holes) if holes else spans

    def open_spans(self, stretches: Iterable[Stretch]) -> list[Span]:
        """Epoch spans at which the wall clock of these stretches is open, touching ones joined."""
        return joined(
            span
            for stretch in stretches
            for day in range(
                (stretch.start + stretch.offset) // DAY, (stretch.end - 1 + stretch.offset) // DAY + 1
            )
            for span in self._spans_within(day, stretch)
        )

    def open_spans_on(self, day: int, stretches: Iterable[Stretch]) -> list[Span]:
        """The same for a single day number."""
        return joined(span for stretch in stretches for span in self._spans_within(day, stretch))

    def _spans_within(self, day: int, stretch: Stretch) -> Iterator[Span]:
        # Clipping to the stretch is the running rule read literally: a wall-clock hour that the
        # stretch skips is never reached, one that two stretches repeat is open in both.
        midnight = day * DAY - stretch.offset
        for opens, closes in self.on(day):
            start, end = max(midnight + opens, stretch.start), min(midnight + closes, stretch.end)
            if start < end:
                yield start, end


def joined(spans: Iterable[Span]) -> list[Span]:
    """Ordered spans with those that touch made one."""
    found: list[Span] = []
    for start, end in spans:
        if found and found[-1][1] == start:
            start = found.pop()[0]
        found.append((start, end))
    return found


class OpenYear:
    """The open spans of one year [start, end), with the working seconds used up at the end of each.

    lags  for each span, epoch second minus working seconds used up: the same all through the span
    """

    __slots__ = ("end", "ends", "lags", "start", "starts", "total", "worked")

    def __init__(self, start: int, end: int, spans: list[Span]) -> None:
        # An empty span in front spares every look-up the question whether a span lies before it.
        held = [(start, start), *spans]
        self.start, self.end = start, end
        self.starts = [opened for opened, _ in held]
        self.ends = [closed for _, closed in held]
        self.worked = list(accumulate(closed - opened for opened, closed in held))
        self.lags = [closed - worked for closed, worked in zip(self.ends, self.worked, strict=True)]
        self.total = self.worked[-1]

    def elapsed(self, epoch: int) -> int:
        """Working seconds of this year before that instant of it."""
        index = bisect_right(self.starts, epoch) - 1
        reached, worked = epoch - self.lags[index], self.worked[index]
        return reached if reached < worked else worked

    def reached(self, worked: int) -> int:
        """The earliest instant at which so many (1 to total) working seconds of this year have passed."""
        return self.lags[bisect_left(self.worked, worked)] + worked

    def is_open(self, epoch: int) -> bool:
        """Whether that instant of this year lies in one of its spans."""
        return epoch < self.ends[bisect_right(self.starts, epoch) - 1]

    def spans(self, after: int) -> Iterator[Span]:
        """The spans that end after that instant, in order."""
        first = max(bisect_right(self.ends, after), 1)
        return zip(self.starts[first:], self.ends[first:], strict=True)
