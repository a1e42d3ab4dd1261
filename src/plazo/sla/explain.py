"""Why a due date is what it is: the days that count up to it, those that do not, and the pauses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby, pairwise
from operator import attrgetter

from plazo.sla.calendars import BusinessCalendar
from plazo.sla.calendars.zones import zone_named
from plazo.sla.clock import Assessment, Clock, ClockState, Pause, judging_calendar
from plazo.sla.explanation import (
    Closed,
    ClosedDay,
    Counted,
    Explanation,
    Halt,
    Item,
    NamedDayOff,
    closed_day,
)
from plazo.sla.policy import Calendar
from plazo.sla.sentences import Sentences, sentences
from plazo.sla.timeline import epoch
from plazo.sla.wording import say_duration, say_instant, say_zone

__all__ = [
    "Closed",
    "ClosedDay",
    "Counted",
    "Explanation",
    "Halt",
    "NamedDayOff",
    "Sentences",
    "explain",
    "say_duration",
    "say_instant",
    "say_zone",
    "sentences",
]

_DAY = timedelta(days=1)


def explain(
    clock: Clock,
    assessment: Assessment,
    calendars: Mapping[str, Calendar],
    *,
    days_off: Mapping[date, NamedDayOff] | None = None,
) -> Explanation:
    """Everything that makes up the due date of one clock of an assessment.

    calendars  those the assessment was made with
    days_off   what is known of days off; one that is left out is told without its name and source
    """
    return _Reader(clock, assessment, judging_calendar(clock, calendars), days_off or {}).explanation()


class _Reader:
    """One clock read along its runs, in epoch seconds."""

    def __init__(
        self,
        clock: Clock,
        assessment: Assessment,
        calendar: BusinessCalendar,
        known: Mapping[date, NamedDayOff],
    ) -> None:
        self.clock = clock
        self.assessment = assessment
        self.calendar = calendar
        self.known = known
        self.tzinfo = zone_named(calendar.zone).tzinfo
        self.days_off = frozenset(calendar.days_off)
        self.now = epoch(assessment.now)
        self.used_until = epoch(clock.stopped_at) if clock.stopped_at else self.now
        self.halted = clock.stopped_at is None and clock.runs[-1][1] is not None
        self.open_pause = assessment.pause if self.halted and clock.metric == "resolution" else None
        self.due_at_limit = self._due_at_limit()
        self.due = self.due_at_limit if clock.due_at is None else epoch(clock.due_at)
        self.runs = self._runs()

    def explanation(self) -> Explanation:
        clock, term = self.clock, self.clock.term
        return Explanation(
            metric=clock.metric,
            state=clock.state,
            priority=term.priority,
            zone=self.calendar.zone,
            now=self._at(self.now),
            started_at=self._local(clock.started_at),
            due_at=self._local_or_none(clock.due_at),
            due_at_limit=None if self.due_at_limit is None else self._at(self.due_at_limit),
            due_without_pauses=self._due_without_pauses(),
            stopped_at=self._local_or_none(clock.stopped_at),
            missed_at=self._local_or_none(clock.missed_at),
            seconds=term.seconds,
            elapsed=clock.elapsed,
            remaining=clock.remaining,
            overrun=clock.overrun,
            factor=term.factor,
            clause=term.clause,
            assumed=term.assumed,
            items=() if term.seconds is None else self._items(),
        )

    # How the runs go on to the due date.

    def _due_at_limit(self) -> int | None:
        pause, left = self.open_pause, self.clock.remaining
        if pause is None or left is None or self.clock.due_at is not None:
            return None
        return self.calendar.add_epoch(epoch(pause.limit_at), left)

    def _due_without_pauses(self) -> datetime | None:
        first = self.clock.runs[0][1]
        stood = any(end < begin for (_, end), (begin, _) in pairwise(self.clock.runs) if end is not None)
        if self.clock.term.seconds is None or first is None or not (stood or self.open_pause):
            return None
        due = self.calendar.add_epoch(epoch(self.clock.started_at), self.clock.term.seconds)
        return None if due == self.due else self._at(due)

    def _runs(self) -> list[tuple[int, int]]:
        """The runs, the last as far as it explains: a missed one to now, every other one to its due date."""
        runs = list(self.clock.runs)
        if self.due_at_limit is not None and self.open_pause is not None:
            runs.append((epoch(self.open_pause.limit_at), None))
        start, stop = runs.pop()
        end = self.due if self.clock.state is not ClockState.MISSED else self.now if stop is None else stop
        return [*((a, b) for a, b in runs if b is not None), (start, start if end is None else end)]

    # Items.

    def _items(self) -> tuple[Item, ...]:
        counted = [item for start, end in self.runs for item in self._counted(start, end)]
        halts = list(self._halts())
        found: list[Item] = [*counted, *halts]
        found += self._closed(counted, halts)
        found.sort(key=attrgetter("begins_at"))
        return tuple(found)

    def _counted(self, start: int, end: int) -> Iterator[Counted]:
        """The spans of a run by local day, those after the due date apart."""
        due = end if self.due is None else self.due
        for overrun, a, b in ((False, start, min(end, due)), (True, max(start, due), end)):
            spans = [part for span in self.calendar.open_spans(a, b) for part in self._by_day(*span)]
            for day, parts in groupby(spans, key=lambda span: self._day(span[0])):
                yield self._counted_day(day, list(parts), overrun)

    def _counted_day(self, day: date, spans: Sequence[tuple[int, int]], overrun: bool) -> Counted:
        local = tuple((self._at(start), self._at(end)) for start, end in spans)
        return Counted(
            day=day,
            spans=local,
            seconds=sum(end - start for start, end in spans),
            used=sum(max(0, min(end, self.used_until) - start) for start, end in spans),
            whole=list(local) == self.calendar.windows_on(day),
            overrun=overrun,
            closings=self.calendar.day_status(day).closings,
        )

    def _by_day(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        midnight = self._midnight(self._day(start) + _DAY)
        while midnight < end:
            yield start, midnight
            start, midnight = midnight, self._midnight(self._day(midnight) + _DAY)
        yield start, end

    def _halts(self) -> Iterator[Halt]:
        pauses = {epoch(pause.started_at): pause for pause in self.assessment.pauses}
        for (_, start), (end, _) in pairwise(self.clock.runs):
            if start is not None and start < end:
                yield self._halt(start, end, pauses.get(start))
        if self.open_pause is not None:
            yield self._halt(epoch(self.open_pause.started_at), None, self.open_pause)

    def _halt(self, start: int, end: int | None, pause: Pause | None) -> Halt:
        seconds = self.calendar.between_epoch(start, self.now if end is None else end)
        ended = None if end is None else self._at(end)
        if pause is None:
            return Halt("resolved", self._at(start), ended, seconds)
        rule = self.assessment.commitment.pause_reasons.get(pause.reason)
        return Halt(
            "pause",
            self._at(start),
            ended,
            seconds,
            reason=pause.reason,
            title=rule.title if rule else None,
            holder=pause.holder,
            limit_at=self._local(pause.limit_at),
        )

    def _closed(self, counted: Sequence[Counted], halts: Sequence[Halt]) -> Iterator[Closed]:
        """Days between start and end on which nothing counted and no halt says why; neighbours joined."""
        taken = {item.day for item in counted} | {day for halt in halts for day in self._days_of(halt)}
        last = self._day(max(self.runs[0][0], self.runs[-1][1] - 1))
        free = [day for day in _days(self._day(self.runs[0][0]), last) if day not in taken]
        for _, days in groupby(enumerate(free), key=lambda place: place[1] - place[0] * _DAY):
            found = tuple(self._closed_day(day) for _, day in days)
            yield Closed(self._at(self._midnight(found[0].day)), found)

    def _closed_day(self, day: date) -> ClosedDay:
        status = self.calendar.day_status(day)
        return closed_day(status, is_day_off=day in self.days_off, day_off=self.known.get(day))

    def _days_of(self, halt: Halt) -> Iterator[date]:
        end = halt.ended_at or halt.limit_at or halt.begins_at
        return _days(halt.begins_at.date(), self._day(epoch(end) - 1))

    # Epoch seconds and the zone's wall clock.

    def _at(self, instant: int) -> datetime:
        return datetime.fromtimestamp(instant, self.tzinfo)

    def _local(self, instant: datetime) -> datetime:
        return instant.astimezone(self.tzinfo)

    def _local_or_none(self, instant: datetime | None) -> datetime | None:
        return None if instant is None else self._local(instant)

    def _day(self, instant: int) -> date:
        return self._at(instant).date()

    def _midnight(self, day: date) -> int:
        """The first instant of a local day: a skipped midnight read by the old offset is just that."""
        return epoch(datetime(day.year, day.month, day.day, tzinfo=self.tzinfo))


def _days(first: date, last: date) -> Iterator[date]:
    return (first + count * _DAY for count in range((last - first).days + 1))
