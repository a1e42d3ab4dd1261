"""The values a policy file is made of, read and written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plazo.sla.fields import LONGEST, format_duration, parse_duration

HOUR = 3_600


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("3h", 10_800), ("45m", 2_700), ("1h30m", 5_400), ("5d", 432_000), ("1d2h3m", 93_780), (" 3h ", 10_800)],
)
def test_a_duration_is_read_as_whole_seconds(text: str, seconds: int) -> None:
    assert parse_duration(text) == seconds


@pytest.mark.parametrize(
    "text", ["", "3", "h", "3 h", "3h 5m", "5m3h", "-3h", "3.5h", "3H", "٣h", "3h\n4m", "0h", "4000d"]
)
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="write a duration"):
        parse_duration(text)


def test_what_is_no_text_is_left_to_the_model() -> None:
    assert parse_duration(90) == 90
    assert parse_duration(None) is None


@given(st.integers(1, LONGEST // 60).map(lambda minutes: minutes * 60))
def test_a_duration_is_written_as_it_is_read(seconds: int) -> None:
    assert parse_duration(format_duration(seconds)) == seconds


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(48 * HOUR, "48h"), (86_400, "1d"), (5 * 86_400, "5d"), (5_400, "1h30m"), (60, "1m")],
)
def test_terms_are_written_in_hours_and_long_periods_in_days(seconds: int, text: str) -> None:
    assert format_duration(seconds) == text


@pytest.mark.parametrize("seconds", [0, -60, 90])
def test_what_a_file_cannot_hold_is_not_written(seconds: int) -> None:
    with pytest.raises(ValueError, match="whole minutes"):
        format_duration(seconds)
