"""Instants, days, durations and zones in words, in Spanish and English.

Names are written out here, so that no installed locale changes what people read.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Literal

from plazo.sla.calendars.zones import zone_named

Language = Literal["es", "en"]

_WEEKDAYS = {
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = {
    "es": (
        "enero", "febrero", "marzo", "abril", "mayo", "junio",
        "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip
_NEAR = {
    "es": {-1: "ayer", 0: "hoy", 1: "mañana"},
    "en": {-1: "yesterday", 0: "today", 1: "tomorrow"},
}
_PLACES_ES = {
    "Pacific/Easter": "Isla de Pascua",
    "America/New_York": "Nueva York",
    "America/Sao_Paulo": "São Paulo",
    "America/Bogota": "Bogotá",
    "America/Mexico_City": "Ciudad de México",
    "Europe/London": "Londres",
    "Europe/Paris": "París",
}
_PLACES_EN = {"Pacific/Easter": "Easter Island"}


def spoken(language: str) -> Language:
    """The language texts are written in for a language tag: English for "en…", else Spanish."""
    return "en" if language.lower().startswith("en") else "es"


def say_duration(seconds: int, language: str, *, exact: bool = False) -> str:
    """Counted seconds as "2 h 30 min", whole minutes rounded down; `exact` adds the seconds left over.

    The units read the same in both languages. A negative duration is a ValueError.
    """
    if seconds < 0:
        raise ValueError("a duration in words is not negative")
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    parts = [f"{hours} h"] if hours else []
    if minutes:
        parts.append(f"{minutes} min")
    if exact and rest:
        parts.append(f"{rest} s")
    return " ".join(parts) or "0 min"


def say_time(instant: datetime, *, exact: bool = False) -> str:
    """The wall clock of an instant as "9:05"; `exact` adds seconds other than 00."""
    text = f"{instant.hour}:{instant.minute:02}"
    return f"{text}:{instant.second:02}" if exact and instant.second else text


def say_day(day: date, language: str, *, month: bool = False, year: bool = False) -> str:
    """A date as "jueves 17", with the month "jueves 17 de septiembre", with the year "… de 2026"."""
    words = spoken(language)
    of = " de " if words == "es" else " "
    text = f"{_WEEKDAYS[words][day.weekday()]} {day.day}"
    if month or year:
        text += f"{of}{_MONTHS[words][day.month - 1]}"
    return f"{text}{of}{day.year}" if year else text


def say_month(day: date, language: str) -> str:
    """The month of a date as "septiembre de 2026" or "September 2026"."""
    words = spoken(language)
    name = _MONTHS[words][day.month - 1]
    return f"{name} de {day.year}" if words == "es" else f"{name} {day.year}"


def say_instant(
    instant: datetime, language: str, zone: str, now: datetime, *, long: bool = False, exact: bool = False
) -> str:
    """An aware instant on the wall clock of `zone`, as people say it at `now`.

    Short: "hoy 16:20", "mañana 9:00", within the coming week "mié 18:00", else "lun 21 sep, 11:30".
    Long: "lunes 21 de septiembre, 11:30". Both add the year when it is not that of `now`.
    """
    tzinfo = zone_named(zone).tzinfo
    local, today = instant.astimezone(tzinfo), now.astimezone(tzinfo).date()
    time = say_time(local, exact=exact)
    if long:
        return f"{say_day(local.date(), language, month=True, year=local.year != today.year)}, {time}"
    days = (local.date() - today) // timedelta(days=1)
    near = _NEAR[spoken(language)].get(days)
    if near:
        return f"{near} {time}"
    return f"{_short_day(local.date(), today, language)} {time}"


def say_zone(zone: str, language: str) -> str:
    """Whose time it is: "hora de Santiago", "Santiago time"."""
    place = zone.rsplit("/", 1)[-1].replace("_", " ")
    if spoken(language) == "en":
        return f"{_PLACES_EN.get(zone, place)} time"
    return f"hora de {_PLACES_ES.get(zone, place)}"


def capitalized(text: str) -> str:
    """The text with its first letter as at the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def joined(parts: list[str], language: str) -> str:
    """Parts of a list as people say it: "a, b y c"."""
    conjunction = " and " if spoken(language) == "en" else " y "
    return conjunction.join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def _short_day(day: date, today: date, language: str) -> str:
    words = spoken(language)
    weekday = _WEEKDAYS[words][day.weekday()][:3]
    if timedelta() < day - today < timedelta(days=7):
        return weekday
    text = f"{weekday} {day.day} {_MONTHS[words][day.month - 1][:3]}"
    return f"{text}," if day.year == today.year else f"{text} {day.year},"
