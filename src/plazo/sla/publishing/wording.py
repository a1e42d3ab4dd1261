"""Words of the published page: durations, days and hours, and texts that cannot break the Markdown."""

from __future__ import annotations

import re

from plazo.sla.policy import WEEKDAYS, Channel, Hours, Text, Weekday
from plazo.sla.wording import joined, say_duration, spoken

_DAYS = {
    "mon": Text(es="lunes", en="Monday"),
    "tue": Text(es="martes", en="Tuesday"),
    "wed": Text(es="miércoles", en="Wednesday"),
    "thu": Text(es="jueves", en="Thursday"),
    "fri": Text(es="viernes", en="Friday"),
    "sat": Text(es="sábado", en="Saturday"),
    "sun": Text(es="domingo", en="Sunday"),
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
    """Whether texts for that language tag are the English ones."""
    return spoken(language) == "en"


def period(seconds: int, language: str) -> str:
    """Running time: whole days as days ("5 días"), the rest in hours and minutes."""
    if seconds % 86_400:
        return say_duration(seconds, language)
    days = seconds // 86_400
    unit = ("day" if days == 1 else "days") if is_english(language) else ("día" if days == 1 else "días")
    return f"{days} {unit}"


def days_of(days: tuple[Weekday, ...], language: str) -> str:
    """Weekdays in words; three or more in a row as a span: "lunes a jueves"."""
    numbers = sorted({WEEKDAYS.index(day) for day in days})
    names = [_DAYS[WEEKDAYS[number]].in_language(language) for number in numbers]
    if len(names) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"{names[0]} {'to' if is_english(language) else 'a'} {names[-1]}"
    return joined(names, language)


def hours_text(hours: Hours, language: str) -> str:
    """One interval in words: "lunes a jueves, 09:00 a 14:00"."""
    to = "to" if is_english(language) else "a"
    return f"{days_of(hours.days, language)}, {hours.from_} {to} {hours.to}"


def plain(text: str) -> str:
    """A text as Markdown that shows exactly that text, in one line, even inside a table."""
    line = " ".join(text.split())
    line = re.sub(r"([\\`*_\[\]<>|~&#!])", r"\\\1", line)
    return re.sub(r"^(\d+)([.)])|^([-+=:])", lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", line)
