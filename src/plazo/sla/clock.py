"""The clocks of a ticket: a pure function of its events, the commitment, the calendars and now.

The rules are those of docs/dev/meaning.md. Events are walked in the order in which they became
known; at each step a term is judged by the due date known at that step. Inside, instants are whole
epoch seconds, so that no subtraction ever meets a wall clock.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from plazo.sla import timeline as codes
from plazo.sla.calendars import BusinessCalendar
from plazo.sla.policy import METRICS, Calendar, Commitment, Metric, Term
from plazo.sla.timeline import Event


class State(StrEnum):
    """Where a ticket stands."""

    OPEN = "open"
    PAUSED = "paused"
    RESOLVED = "resolved"
    CLOSED = "closed"


class ClockState(StrEnum):
    """Where one term stands. NO_TERM: the agreement gives none."""

    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    MISSED = "missed"
    NO_TERM = "no_term"


@dataclass(frozen=True, slots=True)
class Pause:
    """One stop of the resolution clock.

    seq        of the event that paused
    ended_at   None while it lasts
    limit_at   when it ends by itself
    warn_at    when the desk is warned of that
    """

    seq: int
    reason: str
    holder: str
    started_at: datetime
    ended_at: datetime | None
    limit_at: datetime
    warn_at: datetime


@dataclass(frozen=True, slots=True)
class Clock:
    """One metric of one ticket at one instant. Durations are counted seconds, instants aware UTC.

    commitment      number of the promise, from 1; each reclassification makes a new one
    due_at          None without a term and while a pause leaves the date open
    stopped_at      when it was answered or resolved, as far as that still stands
    missed_at       the instant of the miss; for ever
    overrun         from the due date to the stop, or to now
    runs            the spans in which it was allowed to run; the last may be open (None)
    held            counted seconds by holder: provider, client, third_party
    calendar_digest of the calendar the verdict, or else the due date, was computed with
    canned          the stop was an answer by canned text
    """

    metric: Metric
    state: ClockState
    term: Term
    commitment: int
    started_at: datetime
    due_at: datetime | None
    stopped_at: datetime | None
    missed_at: datetime | None
    elapsed: int
    remaining: int | None
    overrun: int
    runs: tuple[tuple[datetime, datetime | None], ...]
    held: Mapping[str, int]
    calendar_digest: str
    canned: bool = False

    @property
    def verdict_at(self) -> datetime | None:
        """The instant the verdict dates from: the miss, else the stop; None while undecided."""
        return self.missed_at or self.stopped_at


@dataclass(frozen=True, slots=True)
class Assessment:
    """All that the timeline says about a ticket at `now`."""

    now: datetime
    state: State
    kind: str | None
    priority: str
    classified: bool
    commitment: Commitment
    clocks: Mapping[Metric, Clock]
    pauses: tuple[Pause, ...]
    promised_at: datetime | None
    resolved_at: datetime | None
    resolved_seq: int | None
    closes_at: datetime | None
    needs_review: bool

    @property
    def pause(self) -> Pause | None:
        """The pause that lasts, if any."""
        return self.pauses[-1] if self.pauses and self.pauses[-1].ended_at is None else None

    @property
    def next_due_at(self) -> datetime | None:
        """The nearest due date that still waits for its stop; a missed one stays until it is stopped."""
        if self.state in (State.RESOLVED, State.CLOSED):
            return None
        dues = [c.due_at for c in self.clocks.values() if c.stopped_at is None and c.due_at is not None]
        return min(dues, default=None)


def assess(
    events: Sequence[Event],
    commitment: Commitment,
    calendars: Mapping[str, Calendar],
    now: datetime,
    *,
    rebound_to: Mapping[Any, Commitment] | None = None,
) -> Assessment:
    """Read the clocks of a ticket from its timeline.

    events      of one ticket, in any order; those recorded after `now` are not seen
    commitment  what its contract owes
    calendars   by the keys that the commitment's terms name
    now         aware datetime
    rebound_to  commitments by the key that a `rebound` event names
    ValueError when the timeline does not begin with `opened`.
    """
    if now.tzinfo is None:
        raise ValueError("now must be an aware datetime")
    instant = _epoch(now)
    known = sorted(
        (event for event in events if _epoch(event.recorded_at) <= instant),
        key=lambda event: (_epoch(event.recorded_at), event.seq),
    )
    if not known or known[0].code != codes.OPENED:
        raise ValueError("a timeline begins with the event 'opened'")
    walk = _Walk(known, commitment, calendars, rebound_to or {})
    walk.until(instant)
    return walk.result(now, instant)


def _epoch(value: datetime) -> int:
    return int(value.timestamp())


def _instant(value: int | None) -> datetime | None:
    return None if value is None else datetime.fromtimestamp(value, UTC)


def _at(value: int) -> datetime:
    return datetime.fromtimestamp(value, UTC)


class _Track:
    """One metric on its way through the timeline."""

    def __init__(self, metric: Metric, term: Term, calendar: Calendar, start: int, known: int) -> None:
        self.metric = metric
        self.term = term
        self.calendar = calendar
        self.commitment = 1
        self.runs: list[list[int | None]] = [[start, None]]
        self.stop: int | None = None
        self.canned = False
        self.missed_at: int | None = None
        self.due = self.due_known_at(known)
        self.judged_with = calendar.as_known_at(known)

    def due_known_at(self, instant: int) -> int | None:
        """The earliest instant at which the counted time of the runs reaches the term."""
        budget = self.term.seconds
        if budget is None:
            return None
        calendar = self.calendar.as_known_at(instant)
        for start, end in self.runs:
            assert start is not None
            if end is None:
                return calendar.add_epoch(start, budget)
            counted = calendar.between_epoch(start, end)
            if counted >= budget:
                return calendar.add_epoch(start, budget)
            budget -= counted
        return None

    @property
    def waiting(self) -> bool:
        return self.stop is None and self.missed_at is None

    def pass_time(self, instant: int) -> None:
        """Up to just before `instant` nothing happened: a due date that went by is missed."""
        if self.waiting and self.due is not None and self.due < instant:
            self._miss(self.due)

    def settle(self, instant: int) -> None:
        """Something changed at `instant`: a due date that now lies behind it is missed there."""
        if not self.waiting:
            return
        self.due = self.due_known_at(instant)
        self.judged_with = self.calendar.as_known_at(instant)
        if self.due is not None and self.due < instant:
            self._miss(instant)

    def _miss(self, instant: int) -> None:
        self.missed_at = instant
        self.judged_with = self.calendar.as_known_at(instant)

    def halt(self, instant: int) -> None:
        """The clock no longer runs from `instant` on."""
        if self.runs[-1][1] is None:
            self.runs[-1][1] = instant

    def proceed(self, instant: int) -> None:
        """The clock runs again from `instant`, never from before it was halted."""
        end = self.runs[-1][1]
        if end is not None:
            self.runs.append([max(instant, end), None])

    def retarget(self, term: Term, calendar: Calendar, instant: int) -> None:
        """Another promise for the same start and pauses; what is answered is not judged again."""
        self.commitment += 1
        if self.stop is None:
            self.term = term
            self.calendar = calendar
            self.settle(instant)


class _Walk:
    """The events in the order in which they became known."""

    def __init__(
        self,
        events: Sequence[Event],
        commitment: Commitment,
        calendars: Mapping[str, Calendar],
        rebound_to: Mapping[Any, Commitment],
    ) -> None:
        self.events = events
        self.commitment = commitment
        self.calendars = calendars
        self.rebound_to = rebound_to
        opened = events[0]
        self.start = _epoch(opened.at)
        self.clock = _epoch(opened.recorded_at)
        first = self._first_classification()
        self.first_seq = first.seq if first else None
        self.kind: str | None = first.data.get("kind") if first else None
        self.priority: str = first.data["priority"] if first else commitment.unclassified
        self.classified = first is not None
        self.tracks = {metric: self._track(metric) for metric in METRICS}
        self.answers: list[tuple[int, int, bool]] = []
        self.pauses: list[dict[str, Any]] = []
        self.state = State.OPEN
        self.promised: int | None = None
        self.resolved: tuple[int, int] | None = None
        self.needs_review = False

    def _first_classification(self) -> Event | None:
        """The event that first says what the ticket is: it judges anew from the start."""
        for event in self.events:
            if event.code in (codes.OPENED, codes.CLASSIFIED) and event.data.get("priority"):
                # After a rebind the priority may be one that the first agreement does not know.
                return event if ("response", event.data["priority"]) in self.commitment.terms else None
        return None

    def _term(self, metric: Metric) -> Term:
        return self.commitment.term(metric, priority=self.priority, kind=self.kind)

    def _track(self, metric: Metric) -> _Track:
        term = self._term(metric)
        track = _Track(metric, term, self.calendars[term.calendar], self.start, self.clock)
        track.settle(self.clock)
        return track

    def until(self, instant: int) -> None:
        changes = self._calendar_changes(instant)
        for event in self.events[1:]:
            known = _epoch(event.recorded_at)
            while changes and changes[0] <= known:
                self._move_to(changes[0])
                self._settle(changes.pop(0))
            self._move_to(known)
            handler = _HANDLERS.get(event.code)
            if handler is not None:
                handler(self, event, known)
        for change in changes:
            self._move_to(change)
            self._settle(change)
        self._move_to(instant)

    def _calendar_changes(self, instant: int) -> list[int]:
        changes: set[int] = set()
        for calendar in self.calendars.values():
            changes.update(calendar.changes_between(self.clock, instant))
        return sorted(changes)

    def _move_to(self, instant: int) -> None:
        """Let time pass: a pause may reach its limit, a resolved ticket its closing, a term its end."""
        limit = self._pause_limit()
        if limit is not None and limit <= instant:
            self._pass_time(limit)
            self._end_pause(limit)
        closing = self._closing()
        if closing is not None and closing <= instant:
            self.state = State.CLOSED
        self._pass_time(instant)
        self.clock = instant

    def _pass_time(self, instant: int) -> None:
        for track in self.tracks.values():
            track.pass_time(instant)

    def _settle(self, instant: int) -> None:
        for track in self.tracks.values():
            track.settle(instant)

    def _pause_limit(self) -> int | None:
        if self.state is not State.PAUSED:
            return None
        limit: int = self.pauses[-1]["limit"]
        return limit

    def _closing(self) -> int | None:
        if self.state is not State.RESOLVED or self.resolved is None or self.needs_review:
            return None
        return self.resolved[0] + self.commitment.closing

    def _end_pause(self, instant: int) -> None:
        self.pauses[-1]["ended"] = instant
        self.state = State.OPEN
        track = self.tracks["resolution"]
        track.proceed(instant)
        track.settle(instant)

    # One handler for each code that is an input.

    def classify(self, event: Event, known: int) -> None:
        if not event.data.get("priority"):
            return
        self.classified = True
        if event.seq == self.first_seq:
            for track in self.tracks.values():
                track.commitment += 1
            return
        self.kind = event.data.get("kind")
        if event.data["priority"] == self.priority and all(
            self._term(metric) == track.term for metric, track in self.tracks.items()
        ):
            return
        self.priority = event.data["priority"]
        self._retarget(known)

    def rebind(self, event: Event, known: int) -> None:
        self.commitment = self.rebound_to[event.data["commitment"]]
        if not self.classified:
            self.priority = self.commitment.unclassified
        self._retarget(known)

    def _retarget(self, known: int) -> None:
        for metric, track in self.tracks.items():
            term = self._term(metric)
            track.retarget(term, self.calendars[term.calendar], known)

    def answer(self, event: Event, known: int) -> None:
        if event.code == codes.CALLED and not event.data.get("spoke"):
            return
        canned = bool(event.data.get("canned"))
        self.answers.append((event.seq, known, canned))
        track = self.tracks["response"]
        if track.stop is None:
            track.stop, track.canned = known, canned
            track.halt(known)

    def withdraw_answer(self, event: Event, known: int) -> None:
        """Nobody received that answer: the next one counts, or the clock stands from its start."""
        stopped_by = self.answers[0][0] if self.answers else None
        self.answers = [answer for answer in self.answers if answer[0] != event.data["reply"]]
        if stopped_by != event.data["reply"]:
            return
        track = self.tracks["response"]
        track.stop, track.canned, track.runs = None, False, [[self.start, None]]
        term = self._term("response")
        track.term, track.calendar = term, self.calendars[term.calendar]
        if not self.answers:
            track.settle(known)
            return
        _, answered, track.canned = self.answers[0]
        if track.missed_at is None:
            track.due = track.due_known_at(known)
            track.judged_with = track.calendar.as_known_at(known)
            if track.due is not None and track.due < answered:
                track.missed_at = known
        track.stop = answered
        track.halt(answered)

    def pause(self, event: Event, known: int) -> None:
        if self.state is not State.OPEN:
            return
        reason = self.commitment.pause_reasons[event.data["reason"]]
        limit = known + reason.limit
        if self.commitment.pause_total is not None:
            used = sum(pause["ended"] - pause["started"] for pause in self.pauses)
            limit = min(limit, known + max(0, self.commitment.pause_total - used))
        self.pauses.append(
            {
                "seq": event.seq,
                "reason": event.data["reason"],
                "holder": reason.holder,
                "started": known,
                "ended": None,
                "limit": limit,
                "warn": max(known, limit - self.commitment.pause_warning),
            }
        )
        self.state = State.PAUSED
        track = self.tracks["resolution"]
        track.halt(known)
        track.settle(known)

    def resume(self, event: Event, known: int) -> None:
        if self.state is State.PAUSED and event.data.get("pause", self.pauses[-1]["seq"]) == self.pauses[-1]["seq"]:
            self._end_pause(known)

    def promise(self, event: Event, known: int) -> None:
        self.promised = event.data["due"]

    def resolve(self, event: Event, known: int) -> None:
        if self.state not in (State.OPEN, State.PAUSED):
            return
        track = self.tracks["resolution"]
        if self.state is State.PAUSED:
            self.pauses[-1]["ended"] = known
        track.halt(known)
        track.stop = known
        if track.missed_at is None and track.due is None:
            track.due = track.due_known_at(known)
        self.resolved = (known, event.seq)
        self.needs_review = False
        self.state = State.RESOLVED

    def reopen(self, event: Event, known: int) -> None:
        if self.state is not State.RESOLVED:
            return
        self.state, self.resolved, self.needs_review = State.OPEN, None, False
        track = self.tracks["resolution"]
        track.stop = None
        term = self._term("resolution")
        track.term, track.calendar = term, self.calendars[term.calendar]
        track.proceed(min(_epoch(event.at), known))
        track.settle(known)

    def close(self, event: Event, known: int) -> None:
        if self.state is State.RESOLVED:
            self.state = State.CLOSED

    def client_word(self, event: Event, known: int) -> None:
        if self.state is State.RESOLVED:
            self.needs_review = True

    # What the walk leaves.

    def result(self, now: datetime, instant: int) -> Assessment:
        resolved, seq = self.resolved or (None, None)
        closing = None if resolved is None else resolved + self.commitment.closing
        return Assessment(
            now=now,
            state=self.state,
            kind=self.kind,
            priority=self.priority,
            classified=self.classified,
            commitment=self.commitment,
            clocks={metric: self._clock(track, instant) for metric, track in self.tracks.items()},
            pauses=tuple(self._pause(pause) for pause in self.pauses),
            promised_at=_instant(self.promised),
            resolved_at=_instant(resolved),
            resolved_seq=seq,
            closes_at=_instant(closing),
            needs_review=self.needs_review,
        )

    def _pause(self, pause: Mapping[str, Any]) -> Pause:
        return Pause(
            seq=pause["seq"],
            reason=pause["reason"],
            holder=pause["holder"],
            started_at=_at(pause["started"]),
            ended_at=_instant(pause["ended"]),
            limit_at=_at(pause["limit"]),
            warn_at=_at(pause["warn"]),
        )

    def _clock(self, track: _Track, instant: int) -> Clock:
        calendar = track.judged_with
        elapsed = sum(_counted(calendar, start, end, instant) for start, end in track.runs)
        seconds = track.term.seconds
        overrun = 0
        if track.missed_at is not None and track.due is not None:
            overrun = calendar.between_epoch(track.due, max(track.due, track.stop or instant))
        return Clock(
            metric=track.metric,
            state=self._clock_state(track),
            term=track.term,
            commitment=track.commitment,
            started_at=_at(self.start),
            due_at=_instant(track.due),
            stopped_at=_instant(track.stop),
            missed_at=_instant(track.missed_at),
            elapsed=elapsed,
            remaining=None if seconds is None else max(0, seconds - elapsed),
            overrun=overrun,
            runs=tuple((_at(start), _instant(end)) for start, end in track.runs if start is not None),
            held={"provider": elapsed} | self._held(track, calendar, instant),
            calendar_digest=calendar.digest,
            canned=track.canned,
        )

    def _held(self, track: _Track, calendar: BusinessCalendar, instant: int) -> dict[str, int]:
        held = {"client": 0, "third_party": 0}
        if track.metric == "resolution":
            for pause in self.pauses:
                held[pause["holder"]] += _counted(calendar, pause["started"], pause["ended"], instant)
        return held

    def _clock_state(self, track: _Track) -> ClockState:
        if track.missed_at is not None:
            return ClockState.MISSED
        if track.term.seconds is None:
            return ClockState.NO_TERM
        if track.stop is not None:
            return ClockState.MET
        return ClockState.PAUSED if track.runs[-1][1] is not None else ClockState.RUNNING


def _counted(calendar: BusinessCalendar, start: int | None, end: int | None, instant: int) -> int:
    if start is None:
        return 0
    return calendar.between_epoch(start, max(start, instant if end is None else end))


_HANDLERS: Mapping[str, Callable[[_Walk, Event, int], None]] = {
    codes.CLASSIFIED: _Walk.classify,
    codes.REBOUND: _Walk.rebind,
    codes.REPLIED: _Walk.answer,
    codes.CALLED: _Walk.answer,
    codes.UNDELIVERED: _Walk.withdraw_answer,
    codes.PAUSED: _Walk.pause,
    codes.RESUMED: _Walk.resume,
    codes.PROMISED: _Walk.promise,
    codes.RESOLVED: _Walk.resolve,
    codes.REOPENED: _Walk.reopen,
    codes.CLOSED: _Walk.close,
    codes.CLIENT_REPLIED: _Walk.client_word,
}
