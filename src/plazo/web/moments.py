"""Instants and durations in words, in the reader's language and zone."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plazo.kit import clock
from plazo.sla import wording


def language() -> str:
    """The language this page is written in."""
    return get_language() or settings.LANGUAGE_CODE


def reader_zone() -> ZoneInfo:
    """The zone of whoever reads this page."""
    return ZoneInfo(timezone.get_current_timezone_name())


def short(at: datetime) -> str:
    """As "hoy 16:20", "mié 18:00" or "lun 21 sep, 11:30"."""
    return wording.say_instant(at, language(), reader_zone().key, clock.now())


def long(at: datetime) -> str:
    """As "lunes 21 de septiembre, 11:30"; with the year when it is another."""
    return wording.say_instant(at, language(), reader_zone().key, clock.now(), long=True)


def day(at: datetime) -> str:
    """As "lunes 21 de septiembre"; with the year when it is another."""
    return date_words(at.astimezone(reader_zone()).date())


def date_words(day: date) -> str:
    """A date as "viernes 18 de septiembre"; with the year when it is another."""
    other_year = day.year != clock.now().astimezone(reader_zone()).year
    return wording.say_day(day, language(), month=True, year=other_year)


def zone_words(at: datetime) -> str:
    """Whose time it is; the desk's hour beside it when the two differ."""
    here, desk = reader_zone(), ZoneInfo(settings.TIME_ZONE)
    mine, theirs = at.astimezone(here), at.astimezone(desk)
    name = wording.say_zone(here.key, language())
    if mine.utcoffset() == theirs.utcoffset():
        return name
    return _("%(here)s; %(time)s %(desk)s") % {
        "here": name,
        "time": wording.say_time(theirs)
        if mine.date() == theirs.date()
        else wording.say_instant(at, language(), desk.key, clock.now()),
        "desk": wording.say_zone(desk.key, language()),
    }


def duration(seconds: int) -> str:
    """Counted time as "2 h 30 min". Seconds are never shown."""
    if 0 < abs(seconds) < 60:
        return _("menos de 1 min")
    return wording.say_duration(abs(seconds), language())
