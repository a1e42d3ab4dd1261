"""What a calendar refuses, each refusal saying what to write instead."""


class CalendarError(ValueError):
    """Anything a business calendar refuses; the message says what to write instead."""


class InvalidWindow(CalendarError):
    """A service window that is not (weekday 0-6, "HH:MM", "HH:MM")."""


class OverlappingWindows(CalendarError):
    """Two windows of a schedule share some time of a weekday."""


class EmptySchedule(CalendarError):
    """A schedule without a single window: no clock could ever run."""


class InvalidDayOff(CalendarError):
    """A day off that is not a plain date."""


class InvalidClosing(CalendarError):
    """A part-day closing that is not (date, "HH:MM", "HH:MM") within that date."""


class UnknownZone(CalendarError):
    """A time zone that the pinned tzdata package does not know."""


class NaiveDatetime(CalendarError):
    """A datetime that does not say its UTC offset."""


class FractionalSecond(CalendarError):
    """An instant between two whole seconds."""


class NegativeSeconds(CalendarError):
    """A budget below zero."""


class OutsideHorizon(CalendarError):
    """An instant, asked or resulting, outside the years 1990 to 2060 of the calendar's zone."""
