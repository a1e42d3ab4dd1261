"""The drawing of a ticket's terms: explanations in, shapes out. Columns are days, each metric has a lane.

Pure: no clock, no database, no request. One unit is one CSS pixel; the drawing is never stretched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import ceil
from typing import Final, Literal

from plazo.sla.clock import ClockState
from plazo.sla.explain import say_duration
from plazo.sla.explanation import Closed, Counted, Explanation, Halt
from plazo.sla.wording import Language, say_day, say_time, spoken

GUTTER: Final = 84  # lane names
MARGIN: Final = 72  # words beside the last due date
BUSY, IDLE, FOLDED = 112, 48, 56
TIGHT: Final = 72  # what the hours above a day need
WIDE, NARROW = 960, 560
LANES: Final = {"response": 34, "resolution": 64}
HEIGHT, LANE = 92, 20
_HALF_HOUR: Final = timedelta(minutes=30)
_GAP: Final = 1  # of background on each side parts neighbours, so that edges never rest on hue

Hours = Callable[[date], Sequence[tuple[datetime, datetime]]]


@dataclass(frozen=True, slots=True)
class Shape:
    """One mark of the drawing; `tag` says which template draws it, `look` its class."""

    tag: Literal["rect", "line", "text", "path", "ring"]
    look: str
    x: float
    y: float
    width: float = 0
    height: float = 0
    text: str = ""
    fill: str = ""
    anchor: Literal["start", "middle", "end"] = "start"


@dataclass(frozen=True, slots=True)
class Drawing:
    """All shapes, with the words that stand for them."""

    width: int
    height: int
    shapes: tuple[Shape, ...]


@dataclass(slots=True)
class _Column:
    """A local day, or several folded ones, from `opens` to `closes` on the clock of the zone."""

    days: list[date]
    opens: datetime
    closes: datetime
    busy: bool
    day_off: bool
    marked: bool
    x: float = 0
    width: int = IDLE
    counted: dict[str, int] = field(default_factory=dict)

    @property
    def folded(self) -> bool:
        return len(self.days) > 1

    def at(self, instant: datetime) -> float:
        """The place of an instant; before and after the hours shown it is the edge."""
        if not self.busy or self.folded:
            return self.x + self.width / 2
        whole = (self.closes - self.opens).total_seconds()
        part = (instant - self.opens).total_seconds()
        return round(self.x + self.width * min(max(part / whole, 0), 1), 1)


def draw(explanations: Sequence[Explanation], hours: Hours, language: str, *, limit: int = WIDE) -> Drawing:
    """Both terms of a ticket over the days they touch.

    hours     opening hours of a local day, in the zone of the explanations
    limit     units the drawing should not be wider than: days without a mark are folded until it is not
    """
    told = [each for each in explanations if each.seconds is not None]
    if not told:
        return Drawing(0, 0, ())
    pen = _Pen(told, hours, spoken(language), limit)
    return Drawing(round(pen.width), HEIGHT, tuple(pen.shapes()))


class _Pen:
    def __init__(self, told: Sequence[Explanation], hours: Hours, language: Language, limit: int) -> None:
        self.told = told
        self.language = language
        self.now = told[0].now
        self.hours = hours
        self.columns = _placed(_folded([self._column(day) for day in self._days()], limit), limit)
        last = self.columns[-1]
        self.width = last.x + last.width + MARGIN

    def shapes(self) -> Iterator[Shape]:
        yield from self._heads()
        for explanation in self.told:
            yield from self._lane(explanation)
        yield from self._now()

    # Columns.

    def _days(self) -> list[date]:
        first = min(each.started_at for each in self.told).date()
        last = max(self._end(each) for each in self.told).date()
        return [first + timedelta(days=count) for count in range((last - first).days + 1)]

    def _end(self, told: Explanation) -> datetime:
        """The last instant that a lane shows."""
        known = [told.due_at or told.due_at_limit, told.stopped_at]
        if told.state is ClockState.MISSED and told.stopped_at is None:
            known.append(told.now)
        return max((each for each in known if each is not None), default=told.now)

    def _column(self, day: date) -> _Column:
        items = [(told.metric, item) for told in self.told for item in told.items]
        counted: dict[str, int] = {}
        for metric, item in items:
            if isinstance(item, Counted) and item.day == day:
                counted[metric] = counted.get(metric, 0) + item.seconds
        off = any(
            closed.day == day and closed.is_day_off
            for _, item in items
            if isinstance(item, Closed)
            for closed in item.days
        )
        windows = self.hours(day)
        midnight = datetime(day.year, day.month, day.day, tzinfo=self.now.tzinfo)
        opens, closes = (
            (windows[0][0], windows[-1][1]) if windows else (midnight, midnight + timedelta(days=1))
        )
        if windows and closes - opens < timedelta(hours=23):
            opens, closes = opens - _HALF_HOUR, closes + _HALF_HOUR
        return _Column([day], opens, closes, bool(counted), off, self._is_marked(day), counted=counted)

    def _is_marked(self, day: date) -> bool:
        marks = [
            at
            for told in self.told
            for at in (told.started_at, told.due_at or told.due_at_limit, told.stopped_at)
        ]
        return any(at is not None and at.date() == day for at in [*marks, self.now])

    def _column_of(self, at: datetime) -> _Column:
        day = at.date()
        for column in self.columns:
            if day <= column.days[-1]:
                return column
        return self.columns[-1]

    def _x(self, at: datetime) -> float:
        return self._column_of(at).at(at)

    # What stands above the lanes.

    def _heads(self) -> Iterator[Shape]:
        for column in self.columns:
            middle = column.x + column.width / 2
            yield Shape("text", "", middle, 14, text=self._name(column), anchor="middle")
            if column.folded:
                hours = max(column.counted.values(), default=0) // 3_600
                yield Shape("text", "faint", middle, 27, text=f"{hours} h", anchor="middle")
            elif column.busy:
                opens, *_, closes = [at for span in self.hours(column.days[0]) for at in span]
                yield Shape("text", "faint", column.at(opens), 27, text=_hour(opens, opens=True))
                yield Shape("text", "faint", column.at(closes), 27, text=_hour(closes), anchor="end")
            if column.day_off and not column.busy and not column.folded:
                top, bottom = LANES["response"], LANES["resolution"] + LANE
                yield Shape(
                    "rect", "d-outline", column.x + 2, top, column.width - 4, bottom - top, fill="off"
                )

    def _name(self, column: _Column) -> str:
        if column.folded:
            unit = "days" if self.language == "en" else "días"
            return f"+{len(column.days)} {unit}"
        weekday, number = say_day(column.days[0], self.language).split()
        return f"{weekday[:3]} {number}"

    def _now(self) -> Iterator[Shape]:
        if not self.columns[0].days[0] <= self.now.date() <= self.columns[-1].days[-1]:
            return
        x = self._x(self.now)
        yield Shape("line", "d-now", x, 30, height=LANES["resolution"] + LANE - 28)
        yield Shape("path", "d-solid", x, 30, text=f"M{x} 33l-4 -6h8z")

    # A lane.

    def _lane(self, told: Explanation) -> Iterator[Shape]:
        y = LANES[told.metric]
        title = {"response": ("Respuesta", "Response"), "resolution": ("Solución", "Solution")}[told.metric]
        yield Shape("text", "", 0, y + 14, text=title[self.language == "en"])
        yield from self._closed_hours(told, y)
        for item in told.items:
            if isinstance(item, Counted):
                yield from self._counted(item, y)
            elif isinstance(item, Halt):
                yield from self._halt(item, y)
        yield from self._folds(told, y)
        yield from self._marks(told, y)

    def _closed_hours(self, told: Explanation, y: int) -> Iterator[Shape]:
        """A low line where nothing counts: low means that it does not."""
        end = self._end(told)
        for column in self.columns:
            if column.folded or (column.day_off and not column.busy):
                continue
            start_x = self._x(told.started_at) if told.started_at.date() in column.days else column.x
            end_x = self._x(end) if end.date() in column.days else column.x + column.width
            if told.started_at.date() <= column.days[0] <= end.date() and end_x > start_x:
                yield Shape("rect", "d-closed", start_x, y + 8, round(end_x - start_x, 1), 4)

    def _counted(self, item: Counted, y: int) -> Iterator[Shape]:
        column = self._column_of(item.begins_at)
        if column.folded:
            return
        used = item.used
        for start, end in item.spans:
            length = int((end - start).total_seconds())
            split = start + timedelta(seconds=min(used, length))
            used = max(used - length, 0)
            if item.overrun:
                yield from _bar(column.at(start), column.at(end), y, "d-missed-outline", "missed")
                continue
            yield from _bar(column.at(start), column.at(split), y, "d-used")
            yield from _bar(column.at(split), column.at(end), y, "d-left")

    def _halt(self, item: Halt, y: int) -> Iterator[Shape]:
        if item.type != "pause":
            return
        end = item.ended_at or self.now
        shown = [
            column
            for column in self.columns
            if not column.folded and item.begins_at.date() <= column.days[0] <= end.date()
        ]
        for column in shown:
            start_x = column.at(item.begins_at) if item.begins_at.date() in column.days else column.x + 2
            end_x = column.at(end) if end.date() in column.days else column.x + column.width - 2
            yield from _bar(start_x, end_x, y, "d-paused-outline", "pause")
        if shown:
            x = shown[0].at(item.begins_at)
            yield Shape("path", "d-glyph", x, y, text=f"M{x} {y - 8}h2v6h-2zm4 0h2v6h-2z")

    def _folds(self, told: Explanation, y: int) -> Iterator[Shape]:
        for column in self.columns:
            if not column.folded:
                continue
            left, right = column.x + 4, column.x + column.width - 4
            if told.metric not in column.counted:
                if told.started_at.date() < column.days[0] and column.days[-1] < self._end(told).date():
                    yield Shape("rect", "d-closed", left, y + 8, right - left, 4)
                continue
            passed = column.days[-1] < self.now.date() or told.stopped_at is not None
            yield from _bar(left, right, y, "d-used" if passed else "d-left")

    def _marks(self, told: Explanation, y: int) -> Iterator[Shape]:
        due = told.due_at or told.due_at_limit
        end_x = 0.0
        if due is not None:
            x = end_x = self._x(due)
            yield Shape("line", "d-due", x, y - 2, height=LANE + 4)
            look = "d-due" if told.stopped_at or told.due_at is None else "d-due d-solid"
            yield Shape("path", look, x, y, text=f"M{x} {y - 1}l9 4 -9 4z")
        if told.state is ClockState.MISSED and due is not None:
            x = self._x(due)
            yield Shape("path", "d-missed", x, y, text=f"M{x - 4} {y + 11}l8 8m0 -8l-8 8")
        if told.stopped_at is not None:
            x = self._x(told.stopped_at)
            end_x = max(end_x, x)
            look = "d-missed" if told.state is ClockState.MISSED else "d-ok"
            yield Shape("ring", look, x, y + 10, width=6, text=f"M{x - 3} {y + 10}l2 2 4 -4")
        elif told.state is ClockState.MISSED:
            end_x = max(end_x, self._x(told.now))
        if due is not None:
            yield Shape("text", "strong", end_x + 12, y + 15, text=self._due_words(told, due))

    def _due_words(self, told: Explanation, due: datetime) -> str:
        if told.overrun:
            return f"{say_time(due)} +{say_duration(told.overrun, self.language)}"
        return say_time(due)


def _folded(columns: list[_Column], limit: int) -> list[_Column]:
    """The longest runs of days without a mark become one column each, until the drawing fits."""
    while _width(columns) > limit - GUTTER - MARGIN:
        runs = [run for run in _unmarked_runs(columns) if len(run) > 1]
        if not runs:
            return columns
        run = max(runs, key=len)
        start = columns.index(run[0])
        counted: dict[str, int] = {}
        for column in run:
            for metric, seconds in column.counted.items():
                counted[metric] = counted.get(metric, 0) + seconds
        merged = _Column(
            [day for column in run for day in column.days],
            run[0].opens,
            run[-1].closes,
            busy=True,
            day_off=False,
            marked=True,
            counted=counted,
        )
        columns = [*columns[:start], merged, *columns[start + len(run) :]]
    return columns


def _unmarked_runs(columns: Sequence[_Column]) -> list[list[_Column]]:
    runs: list[list[_Column]] = [[]]
    for column in columns:
        if column.marked:
            runs.append([])
        else:
            runs[-1].append(column)
    return runs


def _placed(columns: list[_Column], limit: int) -> list[_Column]:
    busy = _busy_width(columns, limit)
    x = float(GUTTER)
    for column in columns:
        column.x, column.width = x, _column_width(column, busy)
        x += column.width
    return columns


def _busy_width(columns: Sequence[_Column], limit: int) -> int:
    """That of a whole day, or less where the days with a mark alone would not fit."""
    busy = sum(column.busy and not column.folded for column in columns)
    excess = _width(columns) - (limit - GUTTER - MARGIN)
    return max(BUSY - ceil(excess / busy), TIGHT) if busy and excess > 0 else BUSY


def _width(columns: Sequence[_Column]) -> int:
    return sum(_column_width(column, BUSY) for column in columns)


def _column_width(column: _Column, busy: int) -> int:
    if column.folded:
        return FOLDED
    return busy if column.busy else IDLE


def _bar(start: float, end: float, y: int, look: str, fill: str = "") -> Iterator[Shape]:
    width = round(end - start - 2 * _GAP, 1)
    if width > 0:
        yield Shape("rect", look, round(start + _GAP, 1), y, width, LANE, fill=fill)


def _hour(at: datetime, *, opens: bool = False) -> str:
    if (at.hour, at.minute) == (0, 0):
        return "0" if opens else "24"
    return str(at.hour) if at.minute == 0 else say_time(at)


# A term in one line, for lists: counted time from nothing to the target.

STRIP_WIDTH, STRIP_HEIGHT, STRIP_TAIL = 96, 14, 24


def strip(*, state: ClockState, seconds: int | None, elapsed: int, overrun: int) -> Drawing:
    """How much of a term is used: filled, still to run, a hatched tail once missed, two bars while paused."""
    if not seconds:
        return Drawing(0, 0, ())
    whole = STRIP_WIDTH - STRIP_TAIL
    used = round(whole * min(elapsed / seconds, 1), 1)
    shapes = [*_strip_bar(0, used, "d-used"), *_strip_bar(used, whole - used, "d-left")]
    if state is ClockState.MISSED:
        shapes += _strip_bar(whole + 1, STRIP_TAIL - 2, "d-missed-outline", "missed")
    elif state is ClockState.PAUSED:
        x = whole + 6
        shapes.append(Shape("path", "d-glyph", x, 2, text=f"M{x} 2h3v10h-3zm5 0h3v10h-3z"))
    elif state is ClockState.MET:
        x = whole + 9
        shapes.append(Shape("path", "d-ok", x, 2, text=f"M{x - 4} 7l3 3 6 -6"))
    return Drawing(STRIP_WIDTH, STRIP_HEIGHT, tuple(shapes))


def _strip_bar(x: float, width: float, look: str, fill: str = "") -> list[Shape]:
    return (
        [Shape("rect", look, x + 1, 2, round(width - 1, 1), STRIP_HEIGHT - 4, fill=fill)]
        if width > 1.5
        else []
    )
