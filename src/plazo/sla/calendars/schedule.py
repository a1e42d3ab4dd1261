"""The week and its exceptions as spans of wall-clock seconds within a date."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import pairwise
from typing import NamedTuple

from plazo.sla.calendars.errors import (
    EmptySchedule,
    InvalidClosing,
    InvalidDayOff,
    InvalidWindow,
    OverlappingWindows,
)
from plazo.sla.calendars.zones import DAY

Window = tuple[int, str, str]
Closing = tuple[date, str, str]

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_HOUR = re.compile(r"([01]\d|2[0-3]):([0-5]\d)", re.ASCII)
_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()
_EPOCH_WEEKDAY = date(1970, 1, 1).weekday()


class DaySpan(NamedTuple):
    """Wall-clock seconds [opens, closes) after midnight of one date."""

    opens: int
    closes: int


Week = tuple[tuple[DaySpan, ...], ...]


def day_number(day: date) -> int:
    """Days from 1970-01-01 to that date."""
    return day.toordinal() - _EPOCH_ORDINAL


def date_of(number: int) -> date:
    """The date of a day number."""
    return date.fromordinal(number + _EPOCH_ORDINAL)


def weekday_of(number: int) -> int:
    """Weekday (0 = Monday) of a day number."""
    return (number + _EPOCH_WEEKDAY) % 7


def parse_week(windows: Iterable[Window]) -> Week:
    """Seven days of spans in order; overnight windows are split at midnight, touching ones joined."""
    week: list[list[DaySpan]] = [[] for _ in _WEEKDAYS]
    for window in windows:
        for weekday, span in _split_window(window):
            week[weekday].append(span)
    if not any(week):
        raise EmptySchedule("a schedule needs a window; write at least one such as (0, '09:00', '18:00')")
    return tuple(_joined(_WEEKDAYS[weekday], spans) for weekday, spans in enumerate(week))


def parse_days_off(days: Iterable[date]) -> frozenset[date]:
    """The dates as a set; raises InvalidDayOff for anything that is not a plain date."""
    found = frozenset(days)
    for day in found:
        if not isinstance(day, date) or isinstance(day, datetime):
            raise InvalidDayOff(f"day off {day!r} is not a date; write datetime.date(2026, 9, 18)")
    return found


def parse_closings(closings: Iterable[Closing]) -> dict[int, tuple[DaySpan, ...]]:
    """Closed spans by day number, in order and joined."""
    found: dict[int, list[DaySpan]] = {}
    for closing in closings:
        day, span = _closed_span(closing)
        found.setdefault(day_number(day), []).append(span)
    return {day: tuple(join(spans)) for day, spans in found.items()}


def join(spans: Iterable[tuple[int, int]]) -> Iterator[DaySpan]:
    """Their union in order: overlapping and touching spans become one."""
    opens = closes = -1
    for start, end in sorted(spans):
        if start > closes:
            if closes > opens:
                yield DaySpan(opens, closes)
            opens, closes = start, end
        closes = max(closes, end)
    if closes > opens:
        yield DaySpan(opens, closes)


def subtract(spans: Iterable[DaySpan], holes: Iterable[DaySpan]) -> tuple[DaySpan, ...]:
    """What is left of the spans outside the holes (holes in order, not overlapping)."""
    left = list(spans)
    for hole in holes:
        pieces = [
            piece
            for span in left
            for piece in (
                DaySpan(span.opens, min(span.closes, hole.opens)),
                DaySpan(max(span.opens, hole.closes), span.closes),
            )
        ]
        left = [piece for piece in pieces if piece.opens < piece.closes]
    return tuple(left)


def clock_text(seconds: int) -> str:
    """Seconds after midnight as "HH:MM"."""
    return f"{seconds // 3600:02}:{seconds % 3600 // 60:02}"


def _split_window(window: Window) -> Iterator[tuple[int, DaySpan]]:
    try:
        weekday, open_text, close_text = window
        opens, closes = _seconds(open_text), _seconds(close_text, may_be_midnight=True)
        _WEEKDAYS[_whole_weekday(weekday)]
    except (TypeError, ValueError, IndexError) as error:
        raise InvalidWindow(
            f"window {window!r} is not understood ({error}); "
            "write (weekday, open, close) such as (0, '09:00', '18:00') with 0 for Monday to 6 for Sunday"
        ) from error
    if closes > opens:
        yield weekday, DaySpan(opens, closes)
        return
    yield weekday, DaySpan(opens, DAY)
    if closes:
        yield (weekday + 1) % 7, DaySpan(0, closes)


def _whole_weekday(weekday: object) -> int:
    if type(weekday) is not int or not 0 <= weekday <= 6:
        raise ValueError("the weekday is a number from 0 to 6")
    return weekday


def _joined(weekday: str, spans: list[DaySpan]) -> tuple[DaySpan, ...]:
    ordered = sorted(spans)
    for earlier, later in pairwise(ordered):
        if later.opens < earlier.closes:
            raise OverlappingWindows(
                f"on {weekday} the window that opens at {clock_text(later.opens)} overlaps the one of "
                f"{clock_text(earlier.opens)}-{clock_text(earlier.closes)}; write windows apart"
            )
    return tuple(join(ordered))


def _closed_span(closing: Closing) -> tuple[date, DaySpan]:
    try:
        day, from_text, to_text = closing
        span = DaySpan(_seconds(from_text), _seconds(to_text, may_be_midnight=True))
    except (TypeError, ValueError) as error:
        raise InvalidClosing(
            f"closing {closing!r} is not understood ({error}); "
            "write (date, from, to) such as (datetime.date(2026, 12, 24), '14:00', '24:00')"
        ) from error
    if not isinstance(day, date) or isinstance(day, datetime):
        raise InvalidClosing(f"closing {closing!r} has no date; write datetime.date(2026, 12, 24) first")
    if span.closes <= span.opens:
        raise InvalidClosing(
            f"closing {closing!r} ends before it starts; write it within one date, "
            "with '24:00' for the end of the day and a second closing for the next date"
        )
    return day, span


def _seconds(text: object, *, may_be_midnight: bool = False) -> int:
    if text == "24:00" and may_be_midnight:
        return DAY
    match = _HOUR.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise ValueError(f"{text!r} is not an hour 'HH:MM'")
    return int(match[1]) * 3600 + int(match[2]) * 60
