"""Dates the desk counts with, and the instant at which each begins in the policy's zone."""

from __future__ import annotations

from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import plazo.sla.calendars  # noqa: F401 - ties `ZoneInfo` to the pinned time zone data

FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2060


def is_within_reach(day: date) -> bool:
    """Whether the date lies in the years the desk counts with."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def first_instant(day: date, zone: str) -> datetime:
    """The first existing instant of the date: Chile's clocks skip 00:00 to 01:00 on a day in September."""
    place = ZoneInfo(zone)
    midnight = datetime.combine(day, time(), tzinfo=place)
    first = midnight.astimezone(UTC)
    if first.astimezone(place).replace(tzinfo=None) == midnight.replace(tzinfo=None):
        return first
    # In a gap, fold=1 takes the offset after it, fold=0 the one before: the change lies between.
    earliest, latest = int(midnight.replace(fold=1).timestamp()), int(first.timestamp())
    seconds = range(earliest, latest)
    change = earliest + bisect_left(
        seconds, True, key=lambda epoch: datetime.fromtimestamp(epoch, place).date() >= day
    )
    return datetime.fromtimestamp(change, UTC)


def first_instant_after(day: date, zone: str) -> datetime:
    """The first instant no longer part of the date."""
    return first_instant(day + timedelta(days=1), zone)


def date_in(zone: str, instant: datetime) -> date:
    """The date that an instant has in a zone."""
    return instant.astimezone(ZoneInfo(zone)).date()
