"""Instants, days and durations in words."""

from datetime import UTC, date, datetime

import pytest

from plazo.sla import say_duration, say_instant, say_zone
from plazo.sla.wording import capitalized, joined, say_day, say_time
from tests.sla.timelines import at

NOW = at("2026-11-09T10:00")
ZONE = "America/Santiago"


@pytest.mark.parametrize(
    ("instant", "spanish", "english"),
    [
        ("2026-11-09T16:20", "hoy 16:20", "today 16:20"),
        ("2026-11-09T00:05", "hoy 0:05", "today 0:05"),
        ("2026-11-10T09:00", "mañana 9:00", "tomorrow 9:00"),
        ("2026-11-08T23:59", "ayer 23:59", "yesterday 23:59"),
        ("2026-11-11T18:00", "mié 18:00", "Wed 18:00"),
        ("2026-11-15T18:00", "dom 18:00", "Sun 18:00"),
        ("2026-11-16T11:30", "lun 16 nov, 11:30", "Mon 16 Nov, 11:30"),
        ("2026-10-06T10:40", "mar 6 oct, 10:40", "Tue 6 Oct, 10:40"),
        ("2027-01-04T11:30", "lun 4 ene 2027, 11:30", "Mon 4 Jan 2027, 11:30"),
    ],
)
def test_a_short_instant(instant: str, spanish: str, english: str) -> None:
    assert say_instant(at(instant), "es", ZONE, NOW) == spanish
    assert say_instant(at(instant), "en", ZONE, NOW) == english


@pytest.mark.parametrize(
    ("instant", "spanish", "english"),
    [
        ("2026-09-21T11:30", "lunes 21 de septiembre, 11:30", "Monday 21 September, 11:30"),
        ("2026-11-09T16:20", "lunes 9 de noviembre, 16:20", "Monday 9 November, 16:20"),
        ("2027-01-04T11:30", "lunes 4 de enero de 2027, 11:30", "Monday 4 January 2027, 11:30"),
    ],
)
def test_a_long_instant(instant: str, spanish: str, english: str) -> None:
    assert say_instant(at(instant), "es-cl", ZONE, NOW, long=True) == spanish
    assert say_instant(at(instant), "en-gb", ZONE, NOW, long=True) == english


def test_an_instant_is_told_on_the_wall_clock_of_the_zone() -> None:
    moment = datetime(2026, 11, 10, 2, 30, tzinfo=UTC)
    assert say_instant(moment, "es", ZONE, NOW) == "hoy 23:30"
    assert say_instant(moment, "es", "Pacific/Easter", NOW) == "hoy 21:30"
    assert say_instant(moment, "es", "Europe/Madrid", NOW) == "mañana 3:30"


def test_seconds_are_told_only_when_asked_for() -> None:
    moment = datetime(2026, 11, 9, 19, 20, 5, tzinfo=UTC)
    assert say_instant(moment, "es", ZONE, NOW) == "hoy 16:20"
    assert say_instant(moment, "es", ZONE, NOW, exact=True) == "hoy 16:20:05"
    assert say_time(at("2026-11-09T09:05"), exact=True) == "9:05"


@pytest.mark.parametrize(
    ("seconds", "short", "exact"),
    [
        (0, "0 min", "0 min"),
        (59, "0 min", "59 s"),
        (60, "1 min", "1 min"),
        (3_600, "1 h", "1 h"),
        (9_000, "2 h 30 min", "2 h 30 min"),
        (9_001, "2 h 30 min", "2 h 30 min 1 s"),
        (691_200, "192 h", "192 h"),
    ],
)
def test_a_duration(seconds: int, short: str, exact: str) -> None:
    assert say_duration(seconds, "es") == say_duration(seconds, "en") == short
    assert say_duration(seconds, "es", exact=True) == exact


def test_a_negative_duration_is_refused() -> None:
    with pytest.raises(ValueError, match="not negative"):
        say_duration(-1, "es")


def test_a_day() -> None:
    day = date(2026, 9, 16)
    assert say_day(day, "es") == "miércoles 16"
    assert say_day(day, "es", month=True) == "miércoles 16 de septiembre"
    assert say_day(day, "es", year=True) == "miércoles 16 de septiembre de 2026"
    assert say_day(day, "en", year=True) == "Wednesday 16 September 2026"


@pytest.mark.parametrize(
    ("zone", "spanish", "english"),
    [
        ("America/Santiago", "hora de Santiago", "Santiago time"),
        ("America/Punta_Arenas", "hora de Punta Arenas", "Punta Arenas time"),
        ("Pacific/Easter", "hora de Isla de Pascua", "Easter Island time"),
        ("America/New_York", "hora de Nueva York", "New York time"),
    ],
)
def test_a_zone(zone: str, spanish: str, english: str) -> None:
    assert say_zone(zone, "es") == spanish
    assert say_zone(zone, "en") == english


def test_lists_and_first_letters() -> None:
    assert joined(["a"], "es") == "a"
    assert joined(["a", "b"], "es") == "a y b"
    assert joined(["a", "b", "c"], "en") == "a, b and c"
    assert capitalized("miércoles") == "Miércoles"
