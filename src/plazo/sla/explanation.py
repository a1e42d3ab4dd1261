"""What makes up a due date, as data: the days that count, those that do not, and the pauses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal

from plazo.sla.calendars import DayStatus
from plazo.sla.clock import ClockState
from plazo.sla.policy import Metric, Text

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Counted:
    """Time of one local day that counts.

    spans     of that day on the wall clock of the zone, in order
    seconds   counted; `used` of them have passed, at the stop or now
    whole     the day counts from its first opening to its last closing
    overrun   the spans lie after the due date of a missed term
    closings  hours of the day that were taken away ("HH:MM", "HH:MM")
    """

    day: date
    spans: tuple[Span, ...]
    seconds: int
    used: int
    whole: bool
    overrun: bool
    closings: tuple[tuple[str, str], ...] = ()

    @property
    def begins_at(self) -> datetime:
        """Where it stands among the items."""
        return self.spans[0][0]

    @property
    def clock_change(self) -> int:
        """Seconds beyond what the wall clock shows: a repeated hour is positive, a skipped one negative."""
        return self.seconds - sum(self._shown(start, end) for start, end in self.spans)

    def _shown(self, start: datetime, end: datetime) -> int:
        # A day that counts as a whole is told without its times, so a midnight that is skipped counts.
        midnight = datetime.combine(self.day, time())
        before = (start.astimezone(UTC) - timedelta(seconds=1)).astimezone(start.tzinfo)
        is_first = self.whole and before.date() < self.day
        begins = midnight if is_first else start.replace(tzinfo=None)
        ends = midnight + timedelta(days=1) if end.date() > self.day else end.replace(tzinfo=None)
        return (ends - begins) // timedelta(seconds=1)

    def as_data(self) -> dict[str, Any]:
        """JSON-able, instants in ISO 8601 with the zone's offset."""
        return {
            "type": "overrun" if self.overrun else "counted",
            "day": self.day.isoformat(),
            "spans": [{"from": start.isoformat(), "to": end.isoformat()} for start, end in self.spans],
            "seconds": self.seconds,
            "used_seconds": self.used,
            "clock_change_seconds": self.clock_change,
            "projected_seconds": self.seconds - self.used,
            "whole_day": self.whole,
            "closings": [{"from": opens, "to": closes} for opens, closes in self.closings],
        }


ClosedReason = Literal["day_off", "no_window", "closing", "after_hours"]


DayOffSource = Literal["law", "provider", "client"]


@dataclass(frozen=True, slots=True)
class NamedDayOff:
    """What a day off is called, and by whose word it is one.

    name      in the language it was declared in
    source    law: a public holiday; provider: the provider closes; client: agreed with the client
    provider  name of the provider that closes; "" for the other sources
    """

    name: str
    source: DayOffSource
    provider: str = ""


@dataclass(frozen=True, slots=True)
class ClosedDay:
    """A local day on which nothing counts.

    reason   day_off: its hours were taken away by a day off; closing: by closings; no_window: that
             weekday has no hours; after_hours: the report came after the last closing
    day_off  what is known of the day off, also where the weekday has no hours anyway
    """

    day: date
    reason: ClosedReason
    is_day_off: bool
    day_off: NamedDayOff | None = None

    @property
    def name(self) -> str | None:
        """Of the day off."""
        return self.day_off.name if self.day_off else None

    def as_data(self) -> dict[str, Any]:
        """JSON-able."""
        return {
            "day": self.day.isoformat(),
            "reason": self.reason,
            "day_off": self.is_day_off,
            "name": self.name,
            "source": self.day_off.source if self.day_off else None,
        }


@dataclass(frozen=True, slots=True)
class Closed:
    """Consecutive local days on which nothing counts."""

    begins_at: datetime
    days: tuple[ClosedDay, ...]

    def as_data(self) -> dict[str, Any]:
        """JSON-able."""
        return {"type": "closed", "days": [day.as_data() for day in self.days]}


@dataclass(frozen=True, slots=True)
class Halt:
    """A time in which the clock stood: a pause, or the time a solution was believed.

    ended_at  None while the pause lasts; it ends by itself at `limit_at`
    seconds   of service hours in it that do not count, up to now while it lasts
    """

    type: Literal["pause", "resolved"]
    begins_at: datetime
    ended_at: datetime | None
    seconds: int
    reason: str | None = None
    title: Text | None = None
    holder: str | None = None
    limit_at: datetime | None = None

    def as_data(self) -> dict[str, Any]:
        """JSON-able, instants in ISO 8601 with the zone's offset."""
        return {
            "type": self.type,
            "from": self.begins_at.isoformat(),
            "to": _iso(self.ended_at),
            "uncounted_seconds": self.seconds,
            "reason": self.reason,
            "holder": self.holder,
            "limit_at": _iso(self.limit_at),
        }


Item = Counted | Closed | Halt


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a term ends when it ends. Instants stand in `zone`, durations are counted seconds.

    due_at              None without a term and while a pause leaves the date open
    due_at_limit        set in that pause: the due date if it lasts to its limit
    due_without_pauses  set where the clock stood for some time
    seconds             the term; the counted items that are no overrun add up to it exactly
    factor              set where the term is a multiple of the response term
    """

    metric: Metric
    state: ClockState
    priority: str
    zone: str
    now: datetime
    started_at: datetime
    due_at: datetime | None
    due_at_limit: datetime | None
    due_without_pauses: datetime | None
    stopped_at: datetime | None
    missed_at: datetime | None
    seconds: int | None
    elapsed: int
    remaining: int | None
    overrun: int
    factor: int | None
    clause: Text | None
    assumed: Text | None
    items: tuple[Item, ...]

    @property
    def pause(self) -> Halt | None:
        """The pause that lasts, if any."""
        for item in self.items:
            if isinstance(item, Halt) and item.ended_at is None:
                return item
        return None

    def as_data(self) -> dict[str, Any]:
        """JSON-able, instants in ISO 8601 with the zone's offset, texts by language."""
        return {
            "metric": self.metric,
            "state": self.state.value,
            "priority": self.priority,
            "zone": self.zone,
            "now": self.now.isoformat(),
            "started_at": self.started_at.isoformat(),
            "due_at": _iso(self.due_at),
            "due_at_limit": _iso(self.due_at_limit),
            "due_without_pauses": _iso(self.due_without_pauses),
            "stopped_at": _iso(self.stopped_at),
            "missed_at": _iso(self.missed_at),
            "target_seconds": self.seconds,
            "elapsed_seconds": self.elapsed,
            "remaining_seconds": self.remaining,
            "overrun_seconds": self.overrun,
            "factor": self.factor,
            "clause": _texts(self.clause),
            "assumed": _texts(self.assumed),
            "items": [item.as_data() for item in self.items],
        }


def closed_day(status: DayStatus, *, is_day_off: bool, day_off: NamedDayOff | None) -> ClosedDay:
    """Why nothing counts on a day without counted time."""
    reason: ClosedReason
    if status.status == "no_window":
        reason = "no_window"
    elif status.status == "open":
        reason = "after_hours"
    else:
        reason = "day_off" if is_day_off else "closing"
    return ClosedDay(status.day, reason, is_day_off, day_off if is_day_off else None)


def _iso(instant: datetime | None) -> str | None:
    return None if instant is None else instant.isoformat()


def _texts(text: Text | None) -> dict[str, str] | None:
    return None if text is None else {"es": text.es, "en": text.en}
