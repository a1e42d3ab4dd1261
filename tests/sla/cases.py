"""The schedules, zones and instants that calendar tests share."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from plazo.sla.calendars import BusinessCalendar
from tests.sla.oracle import SlowCalendar

EIGHT_BY_FIVE = (
    *((day, opens, closes) for day in range(4) for opens, closes in (("09:00", "14:00"), ("15:00", "18:00"))),
    (4, "09:00", "15:00"),
)
TWELVE_BY_FIVE = tuple((day, "09:00", "21:00") for day in range(5))
ROUND_THE_CLOCK = tuple((day, "00:00", "24:00") for day in range(7))
OVERNIGHT = tuple((day, "22:00", "06:00") for day in range(7))
# Edges inside the hours that clock changes skip and repeat, in Chile, Madrid and New York.
ODD_MINUTES = (
    *((day, "08:47", "12:13") for day in range(5)),
    *((day, "12:59", "17:23") for day in range(5)),
    (5, "23:29", "00:31"),
    (6, "01:17", "02:43"),
)
SCHEDULES = {
    "8x5": EIGHT_BY_FIVE,
    "12x5": TWELVE_BY_FIVE,
    "24x7": ROUND_THE_CLOCK,
    "overnight": OVERNIGHT,
    "odd minutes": ODD_MINUTES,
}
ZONES = (
    "America/Santiago",
    "America/Punta_Arenas",
    "America/Coyhaique",
    "Pacific/Easter",
    "Europe/Madrid",
    "America/New_York",
)
DAYS_OFF = (
    date(2025, 4, 18),
    date(2025, 9, 18),
    date(2025, 9, 19),
    date(2025, 12, 25),
    date(2026, 1, 1),
    date(2026, 4, 3),
    date(2026, 9, 18),
    date(2026, 9, 19),
    date(2027, 9, 17),
)
CLOSINGS = (
    (date(2025, 4, 5), "23:10", "24:00"),
    (date(2025, 12, 24), "14:00", "24:00"),
    (date(2026, 4, 4), "22:30", "24:00"),
    (date(2026, 9, 17), "12:07", "16:31"),
)
# The instants at which the clocks of these zones change in 2025-2027.
CLOCK_CHANGES = tuple(
    datetime.fromisoformat(text).replace(tzinfo=UTC)
    for text in (
        *("2025-04-06T03:00", "2025-09-07T04:00", "2026-04-05T03:00"),
        *("2026-09-06T04:00", "2027-04-04T03:00", "2027-09-05T04:00"),
        *("2025-03-30T01:00", "2025-10-26T01:00", "2026-03-29T01:00"),
        *("2026-10-25T01:00", "2027-03-28T01:00", "2027-10-31T01:00"),
        *("2025-03-09T07:00", "2025-11-02T06:00", "2026-03-08T07:00"),
        *("2026-11-01T06:00", "2027-03-14T07:00", "2027-11-07T06:00"),
    )
)


@cache
def calendar(schedule: str, zone: str, *, exceptions: bool = True) -> BusinessCalendar:
    """One of the shared calendars, with or without its days off and closings."""
    extra = (DAYS_OFF, CLOSINGS) if exceptions else ((), ())
    return BusinessCalendar(SCHEDULES[schedule], zone, *extra)


@cache
def slow_calendar(schedule: str, zone: str) -> SlowCalendar:
    """The oracle of the same."""
    return SlowCalendar(SCHEDULES[schedule], zone, DAYS_OFF, CLOSINGS)


def epoch(moment: datetime) -> int:
    """Whole epoch seconds of an aware datetime."""
    return round(moment.timestamp())


def _around(moment: datetime) -> st.SearchStrategy[int]:
    reach = round(timedelta(days=2).total_seconds())
    return st.integers(-reach, reach).map(lambda shift: epoch(moment) + shift)


schedules = st.sampled_from(sorted(SCHEDULES))
zones = st.sampled_from(ZONES)
instants = st.one_of(
    st.sampled_from(CLOCK_CHANGES).flatmap(_around),
    st.sampled_from([*DAYS_OFF, date(2026, 1, 1), date(2026, 12, 31)]).flatmap(
        lambda day: _around(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
    ),
    st.integers(epoch(datetime(2024, 11, 1, tzinfo=UTC)), epoch(datetime(2028, 2, 1, tzinfo=UTC))),
)
budgets = st.one_of(
    st.integers(0, 8 * 3600),
    st.integers(0, 192 * 3600),
    st.sampled_from([0, 1, 3600, 5 * 3600, 8 * 3600, 8 * 3600 + 1, 38 * 3600]),
)


def moment(second: int, zone: str) -> datetime:
    """The aware datetime of an epoch second in a zone."""
    return datetime.fromtimestamp(second, ZoneInfo(zone))
