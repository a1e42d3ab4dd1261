"""The instant a command names: with an offset as it stands, without one on the wall clock of a zone."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo

from plazo.sla.calendars.zones import zone_named
from plazo.sla.cli.arguments import Misused
from plazo.sla.loader.problems import say
from plazo.sla.policy import Text

_MIDNIGHT = say("Sin hora, se toman las 0:00 de ese día.", "Without a time, 0:00 of that day is taken.")
_HAS_HOUR = re.compile(r"[0-9][T ][0-9]")


def read_instant(text: str, *, zone: str) -> tuple[datetime, tuple[Text, ...]]:
    """The aware instant of an ISO 8601 text, in `zone`, and what had to be decided to find it.

    A local time that a clock change skips is taken as far after the change as it was written after
    the skipped hour began; one that a change repeats is taken the first time. Misused otherwise.
    """
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise Misused(
            say(
                f"--at: «{text}» no es una fecha con hora. Escriba por ejemplo 2026-09-17T17:30.",
                f"--at: “{text}” is no date with time. Write for example 2026-09-17T17:30.",
            )
        ) from error
    if moment.microsecond:
        raise Misused(say("--at: escriba segundos enteros.", "--at: write whole seconds."))
    place = zone_named(zone).tzinfo
    try:
        if moment.tzinfo is not None:
            return moment.astimezone(place), ()
        instant, decided = _local(moment, place, zone)
        return instant, decided if _HAS_HOUR.search(text) else (_MIDNIGHT, *decided)
    except OverflowError as error:
        raise Misused(
            say("--at: la fecha está fuera de rango.", "--at: the date is out of range.")
        ) from error


def _local(moment: datetime, place: tzinfo, zone: str) -> tuple[datetime, tuple[Text, ...]]:
    first = moment.replace(tzinfo=place, fold=0)
    instant = first.astimezone(UTC).astimezone(place)
    clock = f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"
    if instant.replace(tzinfo=None) != moment:
        found = f"{instant:%Y-%m-%d %H:%M}"
        return instant, (
            say(
                f"Ese día las {clock} no existen en {zone} (cambio de hora): se toma {found}.",
                f"On that day {clock} does not exist in {zone} (clock change): {found} is taken.",
            ),
        )
    if first.utcoffset() != moment.replace(tzinfo=place, fold=1).utcoffset():
        offset = _offset(first)
        return instant, (
            say(
                f"Ese día las {clock} ocurren dos veces en {zone} (cambio de hora):"
                f" se toma la primera ({offset}). Escriba el desfase para elegir.",
                f"On that day {clock} occurs twice in {zone} (clock change): the first is taken ({offset})."
                " Write the offset to choose.",
            ),
        )
    return instant, ()


def _offset(moment: datetime) -> str:
    minutes = (moment.utcoffset() or timedelta()) // timedelta(minutes=1)
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"
