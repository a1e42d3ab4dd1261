"""The next working hours as columns: each hour that the desk is open, and what lies between as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from zoneinfo import ZoneInfo

from plazo.sla.calendars import BusinessCalendar

_HOUR = 3_600


@dataclass(frozen=True, slots=True)
class Hour:
    """A column from `begins_at` to before `ends_at`. A closed one may be many hours long."""

    begins_at: datetime
    ends_at: datetime
    is_open: bool


def next_hours(calendar: BusinessCalendar, now: datetime, *, hours: int, zone: ZoneInfo) -> list[Hour]:
    """The columns from the hour of `now` on the wall clock of `zone` until that many working hours passed."""
    local = now.astimezone(zone)
    first = int(now.timestamp()) - local.minute * 60 - local.second
    last = int(calendar.add(now, hours * _HOUR).timestamp())
    each = [_hour(calendar, at, zone) for at in range(first, last, _HOUR)]
    runs = ((is_open, list(run)) for is_open, run in groupby(each, key=attrgetter("is_open")))
    return [column for is_open, run in runs for column in (run if is_open else [_joined(run)])]


def _hour(calendar: BusinessCalendar, at: int, zone: ZoneInfo) -> Hour:
    begins, ends = datetime.fromtimestamp(at, zone), datetime.fromtimestamp(at + _HOUR, zone)
    return Hour(begins, ends, calendar.between(begins, ends) > 0)


def _joined(run: Sequence[Hour]) -> Hour:
    return Hour(run[0].begins_at, run[-1].ends_at, is_open=False)
