"""What falls due on a ticket by itself: misses, escalation steps, warnings, limits, closing."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from plazo.sla import timeline as codes
from plazo.sla.calendars import BusinessCalendar
from plazo.sla.clock import Assessment, Clock, ClockState, judging_calendar
from plazo.sla.policy import Calendar
from plazo.sla.timeline import Event

AT_RISK_PERCENT = 75

_SECOND = timedelta(seconds=1)
# What makes two records of a code the same one.
_NAMED_BY: Mapping[str, tuple[str, ...]] = {
    codes.BREACHED: ("metric", "commitment"),
    codes.ESCALATED: ("metric", "commitment", "step"),
    codes.PAUSE_WARNED: ("pause",),
    codes.RESUMED: ("pause",),
    codes.CLOSING_WARNED: ("resolved",),
    codes.CLOSED: ("resolved",),
    codes.ESTIMATE_PASSED: ("promised",),
}


class Step(NamedTuple):
    """Something to be recorded on a ticket once its time has come.

    at        the true instant, to be stored as the event's `at` however late it is recorded
    fires_at  the first instant at which it is certain; never before `at`
    code      of the event, with `data` as plazo.sla.timeline says
    """

    at: datetime
    fires_at: datetime
    code: str
    data: Mapping[str, Any]


def steps(
    assessment: Assessment, events: Sequence[Event], calendars: Mapping[str, Calendar]
) -> tuple[Step, ...]:
    """All steps that no event records yet, past and future, in the order of their true instants.

    events      of the ticket, those the assessment was made from
    calendars   those the assessment was made with
    The future ones hold as long as nothing else happens. Recording steps changes no clock.
    """
    recorded = {
        _identity(event.code, event.data)
        for event in events
        if event.code in _NAMED_BY and event.recorded_at <= assessment.now
    }
    found = [
        step
        for step in _all(assessment, calendars, recorded)
        if _identity(step.code, step.data) not in recorded
    ]
    return tuple(sorted(found, key=lambda step: (step.at, step.fires_at)))


def due_steps(pending: Iterable[Step], now: datetime) -> tuple[Step, ...]:
    """The steps whose time has come."""
    return tuple(step for step in pending if step.fires_at <= now)


def next_step_at(pending: Iterable[Step]) -> datetime | None:
    """The earliest instant at which one of the steps is to be recorded."""
    return min((step.fires_at for step in pending), default=None)


def at_risk_at(assessment: Assessment, calendars: Mapping[str, Calendar]) -> datetime | None:
    """From when the ticket counts as at risk ("por vencer"); None while no clock runs.

    It is the first escalation step of a running clock from 75 % up and before its end, else 75 % of
    the term.
    """
    running = [clock for clock in assessment.clocks.values() if clock.state is ClockState.RUNNING]
    instants = [_at_risk(clock, assessment, calendars) for clock in running]
    return min((instant for instant in instants if instant is not None), default=None)


def _at_risk(clock: Clock, assessment: Assessment, calendars: Mapping[str, Calendar]) -> datetime | None:
    percents = [step.percent for step in assessment.commitment.escalation if step.metric == clock.metric]
    percent = min((p for p in percents if AT_RISK_PERCENT <= p < 100), default=AT_RISK_PERCENT)
    return _reached(clock, judging_calendar(clock, calendars), percent)


def _identity(code: str, data: Mapping[str, Any]) -> tuple[Any, ...]:
    return code, *map(data.get, _NAMED_BY[code])


def _all(
    assessment: Assessment, calendars: Mapping[str, Calendar], recorded: Container[tuple[Any, ...]]
) -> Iterator[Step]:
    for clock in assessment.clocks.values():
        yield from _breach(clock)
        yield from _escalations(clock, assessment, calendars, recorded)
    yield from _pauses(assessment)
    yield from _closing(assessment)
    yield from _estimate(assessment)


def _breach(clock: Clock) -> Iterator[Step]:
    """A miss dates from the due date, or from the change that put the due date in the past."""
    at = clock.missed_at or (clock.due_at if clock.stopped_at is None else None)
    if at is not None:
        data = {"metric": clock.metric, "commitment": clock.commitment}
        yield Step(at, _certain(at, late=at == clock.due_at), codes.BREACHED, data)


def _escalations(
    clock: Clock,
    assessment: Assessment,
    calendars: Mapping[str, Calendar],
    recorded: Container[tuple[Any, ...]],
) -> Iterator[Step]:
    """Each percentage of the term that the clock reaches before its stop, but for those on record."""
    metric, seconds = clock.metric, clock.term.seconds
    if seconds is None:
        return
    # Most steps of a finished ticket fall away here, before the calendar is asked, which costs more.
    reached = None if clock.stopped_at is None else clock.elapsed
    for step in assessment.commitment.escalation:
        if step.metric != metric or (reached is not None and reached < _share(seconds, step.percent)):
            continue
        data = {"metric": clock.metric, "step": step.code, "commitment": clock.commitment}
        if _identity(codes.ESCALATED, data) in recorded:
            continue
        at = _reached(clock, judging_calendar(clock, calendars), step.percent)
        if at is not None and (clock.stopped_at is None or at < clock.stopped_at):
            yield Step(at, _certain(at, late=step.percent >= 100), codes.ESCALATED, data)


def _certain(at: datetime, *, late: bool) -> datetime:
    """At the end of a term a stop at the same second is still in time: lateness shows a second later."""
    return at + _SECOND if late else at


def _reached(clock: Clock, calendar: BusinessCalendar, percent: int) -> datetime | None:
    """When so many percent of the term are used up; None when the runs so far never reach it."""
    if clock.term.seconds is None:
        return None
    left = _share(clock.term.seconds, percent)
    for start, end in clock.runs:
        if end is None:
            return _known(clock, calendar.add_epoch(start, left))
        counted = calendar.between_epoch(start, end)
        if counted >= left:
            return _known(clock, calendar.add_epoch(start, left))
        left -= counted
    return None


def _share(seconds: int, percent: int) -> int:
    """So many percent of a term, whole seconds, rounded up."""
    return -(-seconds * percent // 100)


def _known(clock: Clock, instant: int) -> datetime:
    """What a new promise has used up already is reached when it is made."""
    return max(datetime.fromtimestamp(instant, UTC), clock.committed_at)


def _pauses(assessment: Assessment) -> Iterator[Step]:
    """The warning before a pause ends by itself, and that end."""
    for pause in assessment.pauses:
        if pause.ended_at not in (None, pause.limit_at):
            continue
        if pause.warn_at < pause.limit_at:
            yield Step(pause.warn_at, pause.warn_at, codes.PAUSE_WARNED, {"pause": pause.seq})
        yield Step(pause.limit_at, pause.limit_at, codes.RESUMED, {"cause": "limit", "pause": pause.seq})


def _closing(assessment: Assessment) -> Iterator[Step]:
    """The warning before a resolved ticket closes by itself, and that closing."""
    closes = assessment.closes_at
    if closes is None or assessment.closed_at not in (None, closes):
        return
    data = {"resolved": assessment.resolved_seq}
    warn = closes - timedelta(seconds=assessment.commitment.closing_warning)
    if assessment.resolved_at is not None and warn > assessment.resolved_at:
        yield Step(warn, warn, codes.CLOSING_WARNED, data)
    yield Step(closes, closes, codes.CLOSED, {"cause": "period", **data})


def _estimate(assessment: Assessment) -> Iterator[Step]:
    """The consultant's estimate went by without the solution."""
    at = assessment.promised_at
    if at is None or (assessment.resolved_at is not None and assessment.resolved_at <= at):
        return
    yield Step(at, _certain(at, late=True), codes.ESTIMATE_PASSED, {"promised": assessment.promised_seq})
