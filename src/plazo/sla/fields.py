"""The values a policy file is made of: durations with their unit, dates, codes, times of day."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, PlainSerializer, ValidationInfo
from pydantic_core import PydanticCustomError

LONGEST = 10 * 366 * 86_400
FROM_FILE = {"from_file": True}
"""Validation context of a policy file, in which a duration without its unit is refused."""

_DURATION_PATTERN = r"^(?=[0-9])(?:([0-9]{1,5})d)?(?:([0-9]{1,5})h)?(?:([0-9]{1,5})m)?$"
_DURATION = re.compile(_DURATION_PATTERN)


def parse_duration(text: object) -> object:
    """Read "3h", "1h30m", "45m" or "5d" (a day is 24 hours of running time) as whole seconds.

    What is no text is given back as it is. A text that is no duration, nothing at all and more
    than ten years raise ValueError.
    """
    if not isinstance(text, str):
        return text
    match = _DURATION.fullmatch(text.strip())
    if not match:
        raise PydanticCustomError("duration", "write a duration such as 3h, 45m, 1h30m or 5d")
    days, hours, minutes = (int(part or 0) for part in match.groups())
    seconds = days * 86_400 + hours * 3_600 + minutes * 60
    if not 0 < seconds <= LONGEST:
        raise PydanticCustomError("duration_range", "write a duration from 1m to 3660d")
    return seconds


def format_duration(seconds: int) -> str:
    """Whole minutes, in seconds, as a policy file writes them: "3h", "1h30m", "5d".

    Two days read "48h", as terms are given in hours. ValueError for anything but whole minutes above zero.
    """
    if seconds <= 0 or seconds % 60:
        raise ValueError(f"a policy file holds whole minutes above zero, not {seconds} s")
    if seconds % 86_400 == 0 and (seconds == 86_400 or seconds >= 3 * 86_400):
        return f"{seconds // 86_400}d"
    hours, minutes = divmod(seconds // 60, 60)
    return (f"{hours}h" if hours else "") + (f"{minutes}m" if minutes else "")


def _duration(value: object, info: ValidationInfo) -> object:
    if not isinstance(value, str) and info.context is FROM_FILE:
        raise PydanticCustomError("duration", "write a duration such as 3h, 45m, 1h30m or 5d")
    return parse_duration(value)


def _term_length(value: object, info: ValidationInfo) -> object:
    return value if value == "none" else _duration(value, info)


def _day(value: object) -> object:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    if not isinstance(value, date):
        raise PydanticCustomError("day", "write a date such as 2026-03-01")
    return value


def _written(value: int | str) -> str:
    return format_duration(value) if isinstance(value, int) else value


DurationText = Annotated[str, Field(pattern=_DURATION_PATTERN, description="3h, 45m, 1h30m, 5d")]
Duration = Annotated[
    int,
    Field(gt=0, le=LONGEST),
    BeforeValidator(_duration, json_schema_input_type=DurationText),
    PlainSerializer(_written, return_type=str, when_used="json"),
]
TermLength = Annotated[
    int | Literal["none"],
    BeforeValidator(_term_length, json_schema_input_type=DurationText | Literal["none"]),
    PlainSerializer(_written, return_type=str, when_used="json"),
]
Day = Annotated[date, BeforeValidator(_day, json_schema_input_type=date)]
Whole = Annotated[int, Field(strict=True, gt=0)]
Flag = Annotated[bool, Field(strict=True)]
Words = Annotated[str, Field(min_length=1, pattern=r"\S")]
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$", max_length=40)]
TimeOfDay = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$")]
