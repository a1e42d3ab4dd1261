"""Instants in the reader's language and zone."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from plazo.web import moments

AT = datetime(2026, 11, 20, 14, 30, tzinfo=UTC)  # Friday, 11:30 in Santiago


def test_an_instant_stands_in_the_readers_zone():
    assert moments.short(AT) == "vie 11:30"
    with timezone.override(ZoneInfo("Pacific/Easter")):
        assert moments.short(AT) == "vie 9:30"


def test_the_long_form_names_day_and_month():
    assert moments.long(AT) == "viernes 20 de noviembre, 11:30"


def test_another_year_is_named():
    assert "2025" in moments.long(AT.replace(year=2025))


def test_a_day_alone_has_no_hour():
    assert moments.day(AT) == "viernes 20 de noviembre"


def test_a_date_is_no_instant_and_moves_in_no_zone():
    with timezone.override(ZoneInfo("Pacific/Easter")):
        assert moments.date_words(date(2026, 12, 25)) == "viernes 25 de diciembre"


def test_english_readers_get_english_words():
    with translation.override("en"):
        assert moments.long(AT) == "Friday 20 November, 11:30"


def test_one_zone_is_named_once():
    assert moments.zone_words(AT) == "hora de Santiago"


def test_the_desks_hour_stands_beside_the_readers_when_they_differ():
    with timezone.override(ZoneInfo("Pacific/Easter")):
        assert moments.zone_words(AT) == "hora de Isla de Pascua; 11:30 hora de Santiago"


def test_the_desks_day_is_named_when_it_is_another():
    midnight = datetime(2026, 11, 20, 3, 30, tzinfo=UTC)  # 0:30 in Santiago
    with timezone.override(ZoneInfo("Pacific/Easter")):
        assert "vie 0:30 hora de Santiago" in moments.zone_words(midnight)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 min"),
        (1, "menos de 1 min"),
        (60, "1 min"),
        (3_600, "1 h"),
        (9_000, "2 h 30 min"),
        (-5_400, "1 h 30 min"),
    ],
)
def test_durations_are_hours_and_minutes(seconds: int, words: str):
    assert moments.duration(seconds) == words
