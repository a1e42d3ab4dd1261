"""The drawing of a ticket's terms for a narrow column: a row a day, two lanes in it, words beside them.

Pure, as `drawing` is: the same explanations in, shapes out. One unit is one CSS pixel.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final

from plazo.sla.clock import ClockState
from plazo.sla.explain import say_duration
from plazo.sla.explanation import Closed, Counted, Explanation, Halt
from plazo.sla.wording import Language, say_day, say_time, spoken
from plazo.web.drawing import Drawing, Hours, Shape

WIDTH: Final = 308
LEFT, RIGHT = 56, 200  # of the bars
WORDS: Final = 206
LANES: Final = {"response": 3, "resolution": 18}
LANE, BUSY, IDLE = 10, 34, 20
FOLDS_FROM: Final = 4  # as many days without a mark become one row
_TITLES: Final = {
    "es": {
        "response": "respuesta",
        "resolution": "solución",
        "closed": "cerrado",
        "off": "día no hábil",
        "off law": "feriado legal",
        "off provider": "cierre",
        "off client": "día no hábil",
        "days": "días",
    },
    "en": {
        "response": "response",
        "resolution": "solution",
        "closed": "closed",
        "off": "day off",
        "off law": "public holiday",
        "off provider": "closed",
        "off client": "day off",
        "days": "days",
    },
}


@dataclass(frozen=True, slots=True)
class _Row:
    """One local day, or several in a row without a mark."""

    days: Sequence[date]
    opens: datetime | None
    closes: datetime | None

    @property
    def folded(self) -> bool:
        return len(self.days) > 1

    def x(self, at: datetime) -> float:
        """The place of an instant; before and after the hours of the day it is the edge."""
        if self.opens is None or self.closes is None:
            return LEFT
        part = (at - self.opens).total_seconds() / (self.closes - self.opens).total_seconds()
        return round(LEFT + (RIGHT - LEFT) * min(max(part, 0), 1), 1)


def agenda(explanations: Sequence[Explanation], hours: Hours, language: str) -> Drawing:
    """Both terms of a ticket over the days they touch; `hours` are the opening hours of a local day."""
    told = [each for each in explanations if each.seconds is not None]
    if not told:
        return Drawing(0, 0, ())
    shapes: list[Shape] = []
    y = 0
    for row in _rows(told, hours):
        page = _Page(told, row, y, spoken(language))
        shapes += page.shapes()
        y += page.height
    return Drawing(WIDTH, y, tuple(shapes))


def _rows(told: Sequence[Explanation], hours: Hours) -> Iterator[_Row]:
    first = min(each.started_at for each in told).date()
    last = max(_end(each) for each in told).date()
    days = [first + timedelta(days=count) for count in range((last - first).days + 1)]
    marked = {at.date() for each in told for at in _instants(each)}
    for is_marked, run in groupby(days, key=marked.__contains__):
        found = list(run)
        if not is_marked and len(found) >= FOLDS_FROM:
            yield _Row(found, None, None)
            continue
        for day in found:
            windows = hours(day)
            yield _Row([day], windows[0][0] if windows else None, windows[-1][1] if windows else None)


def _instants(told: Explanation) -> Iterator[datetime]:
    """What a row of its own is due to."""
    known = (told.started_at, told.due_at or told.due_at_limit, told.stopped_at, told.now)
    yield from (each for each in known if each is not None)


def _end(told: Explanation) -> datetime:
    known = [told.due_at or told.due_at_limit, told.stopped_at]
    if told.stopped_at is None and told.state is ClockState.MISSED:
        known.append(told.now)
    return max((each for each in known if each is not None), default=told.now)


class _Page:
    """One row at its height on the page."""

    def __init__(self, told: Sequence[Explanation], row: _Row, y: int, language: Language) -> None:
        self.told, self.row, self.y = told, row, y
        self.words = _TITLES[language]
        self.language = language
        self.counted = {each.metric: list(self._counted(each)) for each in told}
        self.is_busy = (
            any(self.counted.values())
            or any(at.date() in row.days for each in told for at in _instants(each))
            or any(list(self._pauses(each)) for each in told)
        )
        self.height = BUSY if self.is_busy else IDLE

    def shapes(self) -> Iterator[Shape]:
        middle = self.y + (22 if self.is_busy else 14)
        yield Shape("text", "", 0, middle, text=self._name())
        if not self.is_busy:
            yield Shape("text", "faint", LEFT, middle, text=self.words[self._why_closed()])
            return
        for told in self.told:
            yield from self._lane(told, self.y + LANES[told.metric])
        now = self.told[0].now
        if now.date() in self.row.days and now.date() <= max(_end(each) for each in self.told).date():
            yield Shape("line", "d-now", self.row.x(now), self.y, height=BUSY - 4)

    def _name(self) -> str:
        if self.row.folded:
            return f"+{len(self.row.days)} {self.words['days']}"
        weekday, number = say_day(self.row.days[0], self.language).split()
        return f"{weekday[:3]} {number}"

    def _why_closed(self) -> str:
        items = (item for told in self.told for item in told.items if isinstance(item, Closed))
        days = (day for item in items for day in item.days if day.day in self.row.days)
        day_off = next((day for day in days if day.is_day_off), None)
        if day_off is None:
            return "closed"
        return f"off {day_off.day_off.source}" if day_off.day_off else "off"

    def _counted(self, told: Explanation) -> Iterator[Counted]:
        return (item for item in told.items if isinstance(item, Counted) and item.day in self.row.days)

    def _pauses(self, told: Explanation) -> Iterator[Halt]:
        """Those that last on a day of this row."""
        for item in told.items:
            if isinstance(item, Halt) and item.type == "pause":
                end = item.ended_at or told.now
                if item.begins_at.date() <= self.row.days[-1] and self.row.days[0] <= end.date():
                    yield item

    def _lane(self, told: Explanation, y: int) -> Iterator[Shape]:
        if told.started_at.date() <= self.row.days[-1] and self.row.days[0] <= _end(told).date():
            yield Shape("rect", "d-closed", LEFT, y + 4, RIGHT - LEFT, 2)
        if self.row.folded:
            yield from self._fold(told, y)
            return
        for item in self.counted[told.metric]:
            yield from self._bars(item, y)
        for halt in self._pauses(told):
            yield from self._pause(halt, told.now, y)
        yield from self._marks(told, y)

    def _fold(self, told: Explanation, y: int) -> Iterator[Shape]:
        found = self.counted[told.metric]
        seconds = sum(item.seconds for item in found)
        if not seconds:
            for _ in self._pauses(told):
                yield from _bar(LEFT, RIGHT, y, "d-paused-outline", "pause")
            return
        passed = all(item.used == item.seconds for item in found)
        yield from _bar(LEFT, RIGHT, y, "d-used" if passed else "d-left")
        yield Shape("text", "faint", WORDS, y + 9, text=say_duration(seconds, self.language))

    def _bars(self, item: Counted, y: int) -> Iterator[Shape]:
        used = item.used
        for start, end in item.spans:
            length = int((end - start).total_seconds())
            split = start + timedelta(seconds=min(used, length))
            used = max(used - length, 0)
            if item.overrun:
                yield from _bar(self.row.x(start), self.row.x(end), y, "d-missed-outline", "missed")
            else:
                yield from _bar(self.row.x(start), self.row.x(split), y, "d-used")
                yield from _bar(self.row.x(split), self.row.x(end), y, "d-left")

    def _pause(self, halt: Halt, now: datetime, y: int) -> Iterator[Shape]:
        day, end = self.row.days[0], halt.ended_at or now
        start_x = self.row.x(halt.begins_at) if halt.begins_at.date() == day else LEFT
        end_x = self.row.x(end) if end.date() == day else RIGHT
        yield from _bar(start_x, end_x, y, "d-paused-outline", "pause")

    def _marks(self, told: Explanation, y: int) -> Iterator[Shape]:
        due = told.due_at or told.due_at_limit
        if due is not None and due.date() in self.row.days:
            x = self.row.x(due)
            yield Shape("line", "d-due", x, y - 2, height=LANE + 4)
            if told.state is ClockState.MISSED:
                yield Shape("path", "d-missed", x, y, text=f"M{x - 4} {y + 1}l8 8m0 -8l-8 8")
            yield Shape("text", "strong", WORDS, y + 9, text=f"{self.words[told.metric]} {say_time(due)}")
        if told.stopped_at is not None and told.stopped_at.date() in self.row.days:
            x = self.row.x(told.stopped_at)
            look = "d-missed" if told.state is ClockState.MISSED else "d-ok"
            yield Shape("ring", look, x, y + 5, width=6, text=f"M{x - 3} {y + 5}l2 2 4 -4")


def _bar(start: float, end: float, y: int, look: str, fill: str = "") -> Iterator[Shape]:
    width = round(end - start - 2, 1)
    if width > 0:
        yield Shape("rect", look, round(start + 1, 1), y, width, LANE, fill=fill)
