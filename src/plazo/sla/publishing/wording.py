"""Words of the published page: durations, days and hours, and texts that cannot break the Markdown."""

from __future__ import annotations

import re
from datetime import date

from plazo.sla.policy import WEEKDAYS, Channel, Hours, Text, Weekday

_DAYS = {
    "mon": Text(es="lunes", en="Monday"),
    "tue": Text(es="martes", en="Tuesday"),
    "wed": Text(es="miércoles", en="Wednesday"),
    "thu": Text(es="jueves", en="Thursday"),
    "fri": Text(es="viernes", en="Friday"),
    "sat": Text(es="sábado", en="Saturday"),
    "sun": Text(es="domingo", en="Sunday"),
}
_MONTHS = {
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(),
    "en": "January February March April May June July August September October November December".split(),
}
CHANNELS: dict[Channel, Text] = {
    "portal": Text(es="portal", en="portal"),
    "email": Text(es="correo electrónico", en="e-mail"),
    "phone": Text(es="teléfono", en="phone"),
    "whatsapp": Text(es="WhatsApp", en="WhatsApp"),
    "api": Text(es="API", en="API"),
}
ROLES = {
    "assignee": Text(es="quien tiene el ticket", en="whoever holds the ticket"),
    "lead": Text(es="jefatura", en="lead"),
    "administrator": Text(es="administración", en="administrator"),
}
HOLDERS = {
    "client": Text(es="el cliente", en="the client"),
    "third_party": Text(es="un tercero", en="a third party"),
}


def is_english(language: str) -> bool:
    """Whether `language` ("en", "en-gb") is English; every other one is served in Spanish."""
    return language.lower().startswith("en")


def hours_of(seconds: int) -> str:
    """Counted time, in hours and minutes: "3 h", "1 h 30 min". Seconds are whole minutes."""
    hours, minutes = divmod(seconds // 60, 60)
    parts = ([f"{hours} h"] if hours else []) + ([f"{minutes} min"] if minutes or not hours else [])
    return " ".join(parts)


def period(seconds: int, language: str) -> str:
    """Running time: whole days as days ("5 días"), the rest in hours and minutes."""
    if seconds % 86_400:
        return hours_of(seconds)
    days = seconds // 86_400
    unit = ("day" if days == 1 else "days") if is_english(language) else ("día" if days == 1 else "días")
    return f"{days} {unit}"


def long_date(day: date, language: str) -> str:
    """A date in words: "1 de marzo de 2026", "1 March 2026"."""
    if is_english(language):
        return f"{day.day} {_MONTHS['en'][day.month - 1]} {day.year}"
    return f"{day.day} de {_MONTHS['es'][day.month - 1]} de {day.year}"


def days_of(days: tuple[Weekday, ...], language: str) -> str:
    """Weekdays in words; three or more in a row as a span: "lunes a jueves"."""
    numbers = sorted({WEEKDAYS.index(day) for day in days})
    names = [_DAYS[WEEKDAYS[number]].in_language(language) for number in numbers]
    if len(names) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"{names[0]} {'to' if is_english(language) else 'a'} {names[-1]}"
    return listed(names, language)


def hours_text(hours: Hours, language: str) -> str:
    """One interval in words: "lunes a jueves, 09:00 a 14:00"."""
    to = "to" if is_english(language) else "a"
    return f"{days_of(hours.days, language)}, {hours.from_} {to} {hours.to}"


def listed(names: list[str], language: str) -> str:
    """Names joined as a sentence joins them: "a, b y c"."""
    if len(names) < 2:
        return "".join(names)
    last = names[-1]
    if is_english(language):
        joint = "and"
    else:
        joint = "e" if re.match(r"h?i(?![ae])", last, re.IGNORECASE) else "y"
    return f"{', '.join(names[:-1])} {joint} {last}"


def plain(text: str) -> str:
    """A text as Markdown that shows exactly that text, in one line, even inside a table."""
    line = " ".join(text.split())
    line = re.sub(r"([\\`*_\[\]<>|~&#!])", r"\\\1", line)
    return re.sub(r"^(\d+)([.)])|^([-+=:])", lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", line)
