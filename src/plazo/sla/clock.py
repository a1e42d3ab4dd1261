"""The clocks of a ticket: a pure function of its events, the commitment, the calendars and now.

The rules are those of docs/dev/meaning.md; the walk over the events is in plazo.sla.walk.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from plazo.sla import timeline as codes
from plazo.sla.calendars import BusinessCalendar
from plazo.sla.policy import Calendar, Commitment, Metric, Term
from plazo.sla.timeline import Event, epoch
from plazo.sla.track import Track
from plazo.sla.walk import Known, PauseTaken, State, Walk, first_classification

__all__ = [
    "Assessment",
    "Clock",
    "ClockState",
    "Pause",
    "State",
    "assess",
    "judging_calendar",
    "preview",
]


class ClockState(StrEnum):
    """Where one term stands. NO_TERM: the agreement gives none."""

    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    MISSED = "missed"
    NO_TERM = "no_term"


class Pause(NamedTuple):
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


class Clock(NamedTuple):
    """One metric of one ticket at one instant. Durations are counted seconds, instants aware UTC.

    commitment      number of the promise, from 1; each change of what is owed makes a new one
    committed_at    when that promise was made; the first classification dates back to the opening
    due_at          None without a term and while a pause leaves the date open
    stopped_at      when it was answered or resolved, as far as that still stands
    missed_at       the instant of the miss; for ever
    overrun         counted seconds beyond a missed term, up to the stop or now
    runs            spans in which it was allowed to run, epoch seconds; the last may be open (None)
    held            counted seconds by holder: provider, client, third_party
    judged_at       epoch second as of which the days off behind the verdict or due date were known
    calendar_digest of the calendar as it was known then
    canned          the stop was an answer by canned text
    """

    metric: Metric
    state: ClockState
    term: Term
    commitment: int
    committed_at: datetime
    started_at: datetime
    due_at: datetime | None
    stopped_at: datetime | None
    missed_at: datetime | None
    elapsed: int
    remaining: int | None
    overrun: int
    runs: tuple[tuple[int, int | None], ...]
    held: Mapping[str, int]
    judged_at: int
    calendar_digest: str
    canned: bool = False

    @property
    def verdict_at(self) -> datetime | None:
        """The instant the verdict dates from: the miss, else the stop; None while undecided."""
        return self.missed_at or self.stopped_at


class Assessment(NamedTuple):
    """All that the timeline says about a ticket at `now`.

    promised_at      the consultant's estimated solution, and `promised_seq` of its event
    resolved_at      of the solution that stands, and `resolved_seq` of its event
    reopens_until    a client's word up to then reopens; a later one makes a follow-up ticket
    closes_at        when it closes, or would have closed, by itself; None while a word waits for review
    needs_review     a client's word on the resolved ticket waits for a person
    false_solutions  when it was said to be resolved and was not
    """

    now: datetime
    state: State
    kind: str | None
    priority: str
    classified: bool
    commitment: Commitment
    clocks: Mapping[Metric, Clock]
    pauses: tuple[Pause, ...]
    promised_at: datetime | None
    promised_seq: int | None
    resolved_at: datetime | None
    resolved_seq: int | None
    reopens_until: datetime | None
    closes_at: datetime | None
    closed_at: datetime | None
    needs_review: bool
    false_solutions: tuple[datetime, ...]

    @property
    def pause(self) -> Pause | None:
        """The pause that lasts, if any."""
        return self.pauses[-1] if self.pauses and self.pauses[-1].ended_at is None else None

    @property
    def next_due_at(self) -> datetime | None:
        """The nearest due date that still waits for its stop; a missed one stays until it is stopped.

        A resolved ticket may still owe an answer; a closed one owes nothing.
        """
        if self.state is State.CLOSED:
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
    ValueError when the timeline does not begin with `opened`; KeyError for a priority, pause reason,
    calendar or commitment that an event names and the arguments do not know.
    """
    if now.tzinfo is None:
        raise ValueError("now must be an aware datetime")
    instant = epoch(now)
    known: list[Known] = [
        (recorded, event.seq, event) for event in events if (recorded := epoch(event.recorded_at)) <= instant
    ]
    known.sort(key=itemgetter(0, 1))
    if not known or known[0][2].code != codes.OPENED:
        raise ValueError("a timeline begins with the event 'opened'")
    walk = Walk(known, commitment, calendars, rebound_to or {}, first_classification(known, commitment))
    walk.until(instant)
    return _assessment(walk, now, instant)


def preview(
    commitment: Commitment,
    calendars: Mapping[str, Calendar],
    *,
    at: datetime,
    priority: str | None = None,
    kind: str | None = None,
) -> Assessment:
    """The promise a report would get if it reached the desk at `at`; unclassified without a priority."""
    opened = Event(codes.OPENED, at, at, 1, {"kind": kind, "priority": priority})
    return assess([opened], commitment, calendars, at)


def judging_calendar(clock: Clock, calendars: Mapping[str, Calendar]) -> BusinessCalendar:
    """The calendar behind a clock's verdict or due date, with the days off known when it was computed."""
    return calendars[clock.term.calendar].as_known_at(clock.judged_at)


# The clocks of a ticket share most of their instants, and so do those of tickets read one after another.
@lru_cache(maxsize=4_096)
def _at(value: int) -> datetime:
    return datetime.fromtimestamp(value, UTC)


def _instant(value: int | None) -> datetime | None:
    return None if value is None else _at(value)


def _assessment(walk: Walk, now: datetime, instant: int) -> Assessment:
    resolved, resolved_seq = walk.resolved or (None, None)
    promised, promised_seq = walk.promised or (None, None)
    # In the order of the fields: naming them all takes three times as long.
    return Assessment(
        now,
        walk.state,
        walk.kind,
        walk.priority,
        walk.classified,
        walk.commitment,
        {metric: _clock(walk, track, instant) for metric, track in walk.tracks.items()},
        tuple([_pause(pause, walk.commitment.pause_warning) for pause in walk.pauses]),
        _instant(promised),
        promised_seq,
        _instant(resolved),
        resolved_seq,
        None if resolved is None else _at(walk.quiet_since + walk.commitment.reopening),
        _instant(walk.closing),
        _instant(walk.closed),
        walk.needs_review,
        tuple(map(_at, walk.false_solutions)),
    )


def _pause(pause: PauseTaken, warning: int) -> Pause:
    return Pause(
        seq=pause.seq,
        reason=pause.reason,
        holder=pause.rule.holder,
        started_at=_at(pause.started),
        ended_at=_instant(pause.ended),
        limit_at=_at(pause.limit),
        warn_at=_at(max(pause.started, pause.limit - warning)),
    )


def _clock(walk: Walk, track: Track, instant: int) -> Clock:
    elapsed = track.elapsed(instant)
    seconds = track.term.seconds
    return Clock(
        track.metric,
        _clock_state(track),
        track.term,
        track.commitment,
        _at(track.committed),
        _at(walk.start),
        _instant(track.due),
        _instant(track.stop),
        _instant(track.missed_at),
        elapsed,
        None if seconds is None else max(0, seconds - elapsed),
        0 if seconds is None or track.missed_at is None else max(0, elapsed - seconds),
        _runs(track),
        _held(walk, track, elapsed, instant),
        track.judged_at,
        track.judged_with.digest,
        track.canned,
    )


def _runs(track: Track) -> tuple[tuple[int, int | None], ...]:
    return tuple(track.done) if track.since is None else (*track.done, (track.since, None))


def _held(walk: Walk, track: Track, elapsed: int, instant: int) -> dict[str, int]:
    held = {"provider": elapsed, "client": 0, "third_party": 0}
    if track.metric == "resolution":
        for pause in walk.pauses:
            ended = instant if pause.ended is None else pause.ended
            held[pause.rule.holder] += track.judged_with.between_epoch(pause.started, ended)
    return held


def _clock_state(track: Track) -> ClockState:
    if track.missed_at is not None:
        return ClockState.MISSED
    if track.term.seconds is None:
        return ClockState.NO_TERM
    if track.stop is not None:
        return ClockState.MET
    return ClockState.PAUSED if track.since is None else ClockState.RUNNING
