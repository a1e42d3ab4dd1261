"""Working time: when a service window is open, and the arithmetic of seconds inside it."""

import hashlib
import json
import operator
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal, SupportsIndex

from plazo.sla.calendars.schedule import (
    Closing,
    DaySpan,
    Window,
    clock_text,
    date_of,
    day_number,
    parse_closings,
    parse_days_off,
    parse_week,
)
from plazo.sla.calendars.spans import Span, WallHours
from plazo.sla.calendars.timeline import Timeline, outside_horizon
from plazo.sla.calendars.zones import FIRST_YEAR, LAST_YEAR, TZDATA_VERSION, zone_named

if TYPE_CHECKING:
    from plazo.sla.calendars.tables import Int64s
    from plazo.sla.calendars.vector import Batch


_from_epoch = datetime.fromtimestamp


@dataclass(frozen=True, slots=True)
class DayStatus:
    """Why a date counts or does not: `status`, and the part-day closings ("HH:MM", "HH:MM") in it.

    "no_window": its weekday has no window, day off or not. "day_off": its windows are taken away whole,
    by a day off or by closings. "open": some of it counts.
    """

    day: date
    status: Literal["open", "day_off", "no_window"]
    closings: tuple[tuple[str, str], ...] = ()


class BusinessCalendar:
    """Immutable service hours in one time zone, with exact arithmetic in whole working seconds.

    The clock runs at an instant when the zone's wall clock then stands inside a window of a date that is
    not off: windows are [open, close), a repeated hour counts twice and a skipped hour not at all.

    windows: (weekday, "HH:MM", "HH:MM") with 0 for Monday; a close at or before the open is overnight and
    is split at midnight, each half belonging to its own date; "24:00" closes a day. zone: an IANA name,
    read from the pinned tzdata package. days_off: dates on which nothing counts. closings: (date, from,
    to), hours of a date on which nothing counts.

    Instants are aware datetimes on a whole second (or, in the methods named `_epoch`, `_many` and
    `open_spans`, integer epoch seconds) within 1990-2060 of the calendar's zone; results are in that zone.
    Every refusal is a CalendarError: InvalidWindow, OverlappingWindows, EmptySchedule, UnknownZone,
    InvalidDayOff, InvalidClosing here; NaiveDatetime, FractionalSecond, NegativeSeconds, OutsideHorizon
    in the methods. An argument of another type is a TypeError.
    """

    __slots__ = ("_add", "_batch", "_digest", "_epoch", "_hours", "_timeline", "_tzinfo", "_zone")

    def __init__(
        self,
        windows: Iterable[Window],
        zone: str,
        days_off: Iterable[date] = (),
        closings: Iterable[Closing] = (),
    ) -> None:
        self._zone = zone_named(zone)
        self._tzinfo = self._zone.tzinfo
        days = frozenset(day_number(day) for day in parse_days_off(days_off))
        self._hours = WallHours(parse_week(windows), days, parse_closings(closings))
        self._timeline = Timeline(self._hours, self._zone)
        self._epoch = self._zone.epoch_of
        self._add = self._timeline.add
        self._batch: Batch | None = None
        self._digest = ""

    # What it is

    @property
    def zone(self) -> str:
        """IANA name of the calendar's zone."""
        return self._zone.name

    @property
    def windows(self) -> tuple[Window, ...]:
        """The schedule as counted: split at midnight, touching windows joined, in order."""
        return tuple(
            (weekday, clock_text(span.opens), clock_text(span.closes))
            for weekday, spans in enumerate(self._hours.week)
            for span in spans
        )

    @property
    def days_off(self) -> tuple[date, ...]:
        """The days off, in order."""
        return tuple(date_of(day) for day in sorted(self._hours.days_off))

    @property
    def closings(self) -> tuple[Closing, ...]:
        """The part-day closings, in order, overlapping ones joined."""
        return tuple(
            (date_of(day), *hours)
            for day, spans in sorted(self._hours.closings.items())
            for hours in _texts(spans)
        )

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of all that decides an answer: hours, exceptions, zone, version of tzdata."""
        if not self._digest:
            days_off = [day.isoformat() for day in self.days_off]
            closings = [(day.isoformat(), *hours) for day, *hours in self.closings]
            content = [self.windows, days_off, closings, self.zone, TZDATA_VERSION]
            text = json.dumps(content, separators=(",", ":"))
            self._digest = hashlib.sha256(text.encode()).hexdigest()
        return self._digest

    def day_status(self, day: date) -> DayStatus:
        """Whether that date counts, and if not, why."""
        number = day_number(day)
        closings = tuple(_texts(self._hours.closings.get(number, ())))
        if not self._hours.week[day.weekday()]:
            return DayStatus(day, "no_window", closings)
        return DayStatus(day, "open" if self._hours.on(number) else "day_off", closings)

    # Aware datetimes

    def add(self, start: datetime, seconds: int) -> datetime:
        """The earliest instant by which `seconds` (whole, >= 0) of working time have passed since `start`."""
        if type(seconds) is not int:
            seconds = _whole_seconds(seconds)
        return _from_epoch(self._add(self._epoch(start), seconds), self._tzinfo)

    def between(self, a: datetime, b: datetime) -> int:
        """Working seconds in [a, b); negative when b is before a."""
        return self._timeline.between(self._epoch(a), self._epoch(b))

    def is_open(self, at: datetime) -> bool:
        """Whether the clock runs at that instant."""
        return self._timeline.is_open(self._epoch(at))

    def next_open(self, at: datetime) -> datetime:
        """The first instant at or after `at` at which the clock runs."""
        return self._moment(self._timeline.next_span(self._epoch(at))[0])

    def next_close(self, at: datetime) -> datetime:
        """The first instant after `at` at which a running clock stops; OutsideHorizon when it never does."""
        close = self._timeline.next_span(self._epoch(at))[1]
        if close >= self._zone.end:
            raise outside_horizon(f"the next close after {at.isoformat()}")
        return self._moment(close)

    def windows_on(self, day: date) -> list[tuple[datetime, datetime]]:
        """The open spans of that date in order, as (start, end)."""
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise outside_horizon(day.isoformat())
        stretches = self._zone.stretches(day.year - FIRST_YEAR)
        spans = self._hours.open_spans_on(day_number(day), stretches)
        return [(self._moment(start), self._moment(end)) for start, end in spans]

    # Epoch seconds

    def add_epoch(self, start: int, seconds: int) -> int:
        """`add` in integer epoch seconds."""
        return self._add(start, seconds)

    def between_epoch(self, a: int, b: int) -> int:
        """`between` in integer epoch seconds."""
        return self._timeline.between(a, b)

    def open_spans(self, a: int, b: int) -> list[Span]:
        """Open spans in [a, b) as epoch seconds, clipped to it, joined where they touch; [] when b <= a."""
        self._timeline.index_of(b)
        return list(self._timeline.spans(a, b))

    # Arrays of epoch seconds

    def add_many(self, starts: Any, seconds: Any, out: "Int64s | None" = None) -> "Int64s":
        """`add` over integer arrays of epoch seconds and of seconds (broadcast together), as int64.

        Written into `out` when given. One element refused refuses them all.
        """
        return self._vectors().add(starts, seconds, out)

    def between_many(self, a: Any, b: Any, out: "Int64s | None" = None) -> "Int64s":
        """`between` over integer arrays of epoch seconds (broadcast together), as int64."""
        return self._vectors().between(a, b, out)

    # What was known when: a calendar without a history

    def as_known_at(self, epoch: int) -> "BusinessCalendar":
        """Itself: nothing about it was declared late."""
        return self

    def changes_between(self, a: int, b: int) -> list[int]:
        """No instants at all."""
        return []

    # Value semantics

    def __eq__(self, other: object) -> bool:
        return self.digest == other.digest if isinstance(other, BusinessCalendar) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.digest)

    def __repr__(self) -> str:
        return (
            f"<BusinessCalendar {self.zone}, {len(self.windows)} windows, "
            f"{len(self._hours.days_off)} days off, {self.digest[:12]}>"
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return BusinessCalendar, (self.windows, self.zone, self.days_off, self.closings)

    # Inside

    def _moment(self, epoch: int) -> datetime:
        return _from_epoch(epoch, self._tzinfo)

    def _vectors(self) -> "Batch":
        if self._batch is None:
            # numpy takes longer to load than a calendar to answer, and a single term does without it.
            from plazo.sla.calendars.vector import Batch

            self._batch = Batch(self._timeline)
        return self._batch


def _whole_seconds(seconds: SupportsIndex) -> int:
    try:
        return operator.index(seconds)
    except TypeError as error:
        raise TypeError(f"seconds are a whole number, not {seconds!r}; write an int") from error


def _texts(spans: Iterable[DaySpan]) -> Iterator[tuple[str, str]]:
    return ((clock_text(span.opens), clock_text(span.closes)) for span in spans)
