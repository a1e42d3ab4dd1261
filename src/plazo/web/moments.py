"""Instants and durations in words, in the reader's language and zone."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import dates, timezone
from django.utils.translation import gettext as _

from plazo.kit import clock
from plazo.web.labels import zone_name


def reader_zone() -> ZoneInfo:
    """The zone of whoever reads this page."""
    return ZoneInfo(timezone.get_current_timezone_name())


def short(at: datetime, zone: ZoneInfo | None = None) -> str:
    """As "lun 21, 11:30"; with the month when it is more than a week away, with the year when it is another."""
    local = at.astimezone(zone or reader_zone())
    today = clock.now().astimezone(local.tzinfo)
    words = {"weekday": _weekday(local, abbreviated=True), "day": local.day, "time": _time(local)}
    if abs((local.date() - today.date()).days) < 7:
        return _("%(weekday)s %(day)s, %(time)s") % words
    words["month"] = str(dates.MONTHS_3[local.month])
    if local.year == today.year:
        return _("%(weekday)s %(day)s %(month)s, %(time)s") % words
    return _("%(weekday)s %(day)s %(month)s %(year)s, %(time)s") % {**words, "year": local.year}


def long(at: datetime, zone: ZoneInfo | None = None) -> str:
    """As "lunes 21 de septiembre, 11:30"; with the year when it is another."""
    local = at.astimezone(zone or reader_zone())
    return _("%(day)s, %(time)s") % {"day": day(local), "time": _time(local)}


def day(local: datetime) -> str:
    """As "lunes 21 de septiembre"; with the year when it is another."""
    words = {
        "weekday": _weekday(local),
        "day": local.day,
        "month": dates.MONTHS[local.month],
    }
    if local.year == clock.now().astimezone(local.tzinfo).year:
        return _("%(weekday)s %(day)s de %(month)s") % words
    return _("%(weekday)s %(day)s de %(month)s de %(year)s") % {**words, "year": local.year}


def zone_words(at: datetime) -> str:
    """The reader's zone by name, and the hour at the desk beside it when the two differ."""
    here, desk = reader_zone(), ZoneInfo(settings.TIME_ZONE)
    name = zone_name(here.key)
    if at.astimezone(here).utcoffset() == at.astimezone(desk).utcoffset():
        return _("hora de %(zone)s") % {"zone": name}
    there = at.astimezone(desk)
    same_day = there.date() == at.astimezone(here).date()
    words = {"zone": name, "time": _time(there) if same_day else short(at, desk), "desk": zone_name(desk.key)}
    return _("hora de %(zone)s; %(time)s en %(desk)s") % words


def duration(seconds: int) -> str:
    """Counted time in hours and minutes: "2 h 30", "8 h", "40 min". Seconds are never shown."""
    hours, minutes = divmod(abs(seconds) // 60, 60)
    if hours and minutes:
        return _("%(hours)s h %(minutes)02d") % {"hours": hours, "minutes": minutes}
    if hours:
        return _("%(hours)s h") % {"hours": hours}
    if minutes or not seconds:
        return _("%(minutes)s min") % {"minutes": minutes}
    return _("menos de 1 min")


def _weekday(local: datetime, *, abbreviated: bool = False) -> str:
    names = dates.WEEKDAYS_ABBR if abbreviated else dates.WEEKDAYS
    return str(names[local.weekday()])


def _time(local: datetime) -> str:
    return f"{local.hour}:{local.minute:02d}"
