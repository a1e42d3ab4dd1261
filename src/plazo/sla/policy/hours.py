"""When the desk works: calendars, windows of service, and how hours are counted."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from plazo.sla.calendars import BusinessCalendar, CalendarHistory
from plazo.sla.fields import Code, Flag, TimeOfDay
from plazo.sla.policy.base import Assumable, Part, Text

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Calendar = BusinessCalendar | CalendarHistory


def _minute_of_day(time: str) -> int:
    hour, minute = time.split(":")
    return int(hour) * 60 + int(minute)


class Counting(Assumable):
    """How the hours of a term are counted and what meets it, in words for the reader."""

    hours: Text
    start: Text
    response: Text
    resolution: Text


class CalendarRule(Assumable):
    """A named list of days off: the country (and its regions and communes) whose holidays it keeps."""

    title: Text
    country: str = Field(pattern=r"^[A-Z]{2}$")
    client_days: Flag = Field(
        default=False, description="Days off declared for the client stop the clock too"
    )


class Hours(Part):
    """One interval on some weekdays; `to` at or before `from` runs over midnight."""

    days: tuple[Weekday, ...] = Field(min_length=1)
    from_: TimeOfDay = Field(alias="from")
    to: TimeOfDay

    def spans(self, day: Weekday) -> list[tuple[int, int]]:
        """The interval that begins on `day`, in minutes of the week; past Sunday it goes on on Monday."""
        midnight = WEEKDAYS.index(day) * 1_440
        start, end = midnight + _minute_of_day(self.from_), midnight + _minute_of_day(self.to)
        if end <= start:
            end += 1_440
        within = [(start, min(end, 10_080))]
        return within if end <= 10_080 else [*within, (0, end - 10_080)]


class Window(Assumable):
    """A service window (8x5, 24x7): the hours in which a term runs."""

    title: Text
    clause: Text
    hours: tuple[Hours, ...] = Field(min_length=1)
    days_off: Code | None = Field(
        default=None, description="Key of `calendars`; none: never closed by a holiday"
    )

    def intervals(self) -> list[tuple[int, str, str]]:
        """The hours as `BusinessCalendar` takes them: (weekday, from, to)."""
        return [(WEEKDAYS.index(day), hours.from_, hours.to) for hours in self.hours for day in hours.days]

    def weekly_seconds(self) -> int:
        """The seconds of a week without days off or clock changes."""
        spans = [span for hours in self.hours for day in hours.days for span in hours.spans(day)]
        return 60 * sum(end - start for start, end in spans)
