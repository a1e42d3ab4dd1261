"""A date begins at the first instant it has, also where its midnight does not exist."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from plazo.contracts.dates import date_in, first_instant, first_instant_after


@pytest.mark.parametrize(
    ("day", "zone", "begins"),
    [
        (date(2026, 1, 1), "America/Santiago", datetime(2026, 1, 1, 3, tzinfo=UTC)),
        (date(2026, 7, 1), "America/Santiago", datetime(2026, 7, 1, 4, tzinfo=UTC)),
        # Clocks go from 23:59:59 to 01:00.
        (date(2026, 9, 6), "America/Santiago", datetime(2026, 9, 6, 4, tzinfo=UTC)),
        # Clocks went back at midnight: 23:00 came twice, 00:00 once.
        (date(2026, 4, 5), "America/Santiago", datetime(2026, 4, 5, 4, tzinfo=UTC)),
        # On the island the same change skips 22:00 the evening before.
        (date(2026, 9, 6), "Pacific/Easter", datetime(2026, 9, 6, 5, tzinfo=UTC)),
        # 00:00 came twice.
        (date(2025, 11, 2), "America/Havana", datetime(2025, 11, 2, 4, tzinfo=UTC)),
        # From 23:30 to 00:30: the date begins half an hour late.
        (date(1999, 12, 31), "UTC", datetime(1999, 12, 31, tzinfo=UTC)),
        (date(2026, 3, 29), "Europe/Madrid", datetime(2026, 3, 28, 23, tzinfo=UTC)),
    ],
)
def test_a_date_begins_at_its_first_instant(day: date, zone: str, begins: datetime) -> None:
    assert first_instant(day, zone) == begins


def test_in_the_skipped_night_the_date_begins_at_one() -> None:
    assert date_in("America/Santiago", first_instant(date(2026, 9, 6), "America/Santiago")) == date(
        2026, 9, 6
    )


def test_a_date_left_out_altogether_begins_with_the_next() -> None:
    skipped = first_instant(date(2011, 12, 30), "Pacific/Apia")
    assert skipped == first_instant(date(2011, 12, 31), "Pacific/Apia")


def test_a_day_ends_where_the_next_begins() -> None:
    assert first_instant_after(date(2026, 9, 5), "America/Santiago") == datetime(2026, 9, 6, 4, tzinfo=UTC)
