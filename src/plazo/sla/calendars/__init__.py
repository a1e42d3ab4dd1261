"""Business calendars: exact working time in any time zone, from service windows and days off."""

from plazo.sla.calendars.business import BusinessCalendar, DayStatus
from plazo.sla.calendars.errors import (
    CalendarError,
    EmptySchedule,
    FractionalSecond,
    InvalidClosing,
    InvalidDayOff,
    InvalidWindow,
    NaiveDatetime,
    NegativeSeconds,
    OutsideHorizon,
    OverlappingWindows,
    UnknownZone,
)
from plazo.sla.calendars.history import CalendarHistory
from plazo.sla.calendars.schedule import Closing, Window
from plazo.sla.calendars.zones import TZDATA_VERSION

__all__ = [
    "TZDATA_VERSION",
    "BusinessCalendar",
    "CalendarError",
    "CalendarHistory",
    "Closing",
    "DayStatus",
    "EmptySchedule",
    "FractionalSecond",
    "InvalidClosing",
    "InvalidDayOff",
    "InvalidWindow",
    "NaiveDatetime",
    "NegativeSeconds",
    "OutsideHorizon",
    "OverlappingWindows",
    "UnknownZone",
    "Window",
]
