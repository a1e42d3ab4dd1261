"""Working time by walking the wall clock minute by minute: slow, obvious, sharing no code with plazo."""

from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

Windows = tuple[tuple[int, str, str], ...]
Closings = tuple[tuple[date, str, str], ...]


class SlowCalendar:
    """The running rule applied to each minute in turn. Every edge and offset is a whole minute."""

    def __init__(
        self, windows: Windows, zone: str, days_off: tuple[date, ...] = (), closings: Closings = ()
    ) -> None:
        self.windows, self.zone = windows, ZoneInfo(zone)
        self.days_off, self.closings = days_off, closings

    def runs(self, second: int) -> bool:
        """Whether the clock runs at that epoch second."""
        local = datetime.fromtimestamp(second, self.zone)
        today, hour = local.date(), local.strftime("%H:%M")
        if today in self.days_off:
            return False
        if any(day == today and start <= hour < end for day, start, end in self.closings):
            return False
        return any(self._holds(window, local.weekday(), hour) for window in self.windows)

    @staticmethod
    def _holds(window: tuple[int, str, str], weekday: int, hour: str) -> bool:
        opening_day, opens, closes = window
        if opens < closes:
            return weekday == opening_day and opens <= hour < closes
        evening = weekday == opening_day and hour >= opens
        return evening or (weekday == (opening_day + 1) % 7 and hour < closes)

    @cache  # noqa: B019 - the few calendars of a test run live as long as it does
    def minutes(self, utc_day: int) -> bytes:
        """One byte for each minute of a day in UTC: 1 where the clock runs."""
        return bytes(self.runs(utc_day * 86_400 + minute * 60) for minute in range(1440))

    def between(self, a: int, b: int) -> int:
        """Running seconds in [a, b), counted one minute (or part of one) at a time."""
        if b < a:
            return -self.between(b, a)
        seconds, at = 0, a
        while at < b:
            day, minute = at // 86_400, at % 86_400 // 60
            if at % 86_400 == 0 and at + 86_400 <= b:
                seconds += 60 * sum(self.minutes(day))
                at += 86_400
                continue
            end = min(at - at % 60 + 60, b)
            seconds += (end - at) * self.minutes(day)[minute]
            at = end
        return seconds

    def add(self, start: int, seconds: int) -> int:
        """The earliest instant by which so many running seconds have passed."""
        at, left = start, seconds
        while left:
            end = at - at % 60 + 60
            if self.minutes(at // 86_400)[at % 86_400 // 60]:
                if left <= end - at:
                    return at + left
                left -= end - at
            at = end
        return at
