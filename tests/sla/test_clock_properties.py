"""What must hold of the clocks of any timeline."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from plazo.sla import (
    Assessment,
    BusinessCalendar,
    CalendarHistory,
    ClockState,
    Commitment,
    Event,
    State,
    assess,
    at_risk_at,
    due_steps,
    explain,
    judging_calendar,
    next_step_at,
    sentences,
    steps,
)
from plazo.sla.explain import Counted
from plazo.sla.timeline import (
    BREACHED,
    CLASSIFIED,
    CLOSED,
    REOPENED,
    RESOLVED,
    RESUMED,
    UNDELIVERED,
    epoch,
)
from tests.sla.timelines import situations

Situation = tuple[list[Event], Commitment, Mapping[str, BusinessCalendar | CalendarHistory], datetime]


@given(situations(), st.randoms(use_true_random=False))
def test_the_order_in_which_events_are_given_does_not_matter(situation: Situation, random: Random) -> None:
    events, owed, calendars, now = situation
    shuffled = list(events)
    random.shuffle(shuffled)
    assert assess(shuffled, owed, calendars, now) == assess(events, owed, calendars, now)


@given(situations())
def test_what_is_recorded_later_is_not_known(situation: Situation) -> None:
    events, owed, calendars, now = situation
    known = [event for event in events if event.recorded_at <= now]
    assert assess(events, owed, calendars, now) == assess(known, owed, calendars, now)


@given(situations())
def test_recording_what_is_due_changes_nothing_and_leaves_nothing_due(situation: Situation) -> None:
    events, owed, calendars, now = situation
    before = assess(events, owed, calendars, now)
    known = [event for event in events if event.recorded_at <= now]
    due = due_steps(steps(before, known, calendars), now)
    recorded = [Event(step.code, step.at, now, 100 + place, step.data) for place, step in enumerate(due)]
    after = assess([*known, *recorded], owed, calendars, now)
    assert after == before
    assert due_steps(steps(after, [*known, *recorded], calendars), now) == ()


WITHDRAW = (REOPENED, UNDELIVERED, CLASSIFIED, RESOLVED)


@given(situations())
@settings(max_examples=60)
def test_a_late_worker_records_what_a_prompt_one_has_recorded(situation: Situation) -> None:
    """As far as nothing was withdrawn meanwhile, which a late worker never sees."""
    events, owed, calendars, now = situation
    known = [event for event in events if event.recorded_at <= now and event.code not in WITHDRAW]
    late = due_steps(steps(assess(known, owed, calendars, now), known, calendars), now)
    prompt: list[Event] = []
    moment = known[0].recorded_at
    while True:
        seen = [*(event for event in known if event.recorded_at <= moment), *prompt]
        pending = steps(assess(seen, owed, calendars, moment), seen, calendars)
        due = due_steps(pending, moment)
        prompt += [Event(s.code, s.at, moment, 100 + n, s.data) for n, s in enumerate(due, len(prompt))]
        if moment == now:
            break
        instants = [next_step_at(step for step in pending if step not in due)]
        instants += [event.recorded_at for event in known]
        moment = min([i for i in instants if i is not None and moment < i < now], default=now)
    recorded = {(event.code, event.at) for event in prompt}
    lasting = (BREACHED, RESUMED, CLOSED)
    assert recorded >= {(step.code, step.at) for step in late if step.code in lasting}


@given(situations())
def test_a_miss_stands_for_ever(situation: Situation) -> None:
    """Only the first classification judges anew."""
    events, owed, calendars, now = situation
    later = now + timedelta(days=9)
    before, after = (assess(events, owed, calendars, moment) for moment in (now, later))
    if before.classified != after.classified:
        return
    for metric, clock in before.clocks.items():
        if clock.missed_at is not None:
            assert after.clocks[metric].missed_at == clock.missed_at
            assert after.clocks[metric].due_at == clock.due_at
            assert after.clocks[metric].term == clock.term


@given(situations())
def test_a_met_verdict_stands_unless_it_is_withdrawn(situation: Situation) -> None:
    events, owed, calendars, now = situation
    later = now + timedelta(days=9)
    before, after = (assess(events, owed, calendars, moment) for moment in (now, later))
    between = {event.code for event in events if now < event.recorded_at <= later}
    if before.classified != after.classified or between & {REOPENED, UNDELIVERED}:
        return
    for metric, clock in before.clocks.items():
        if clock.state is ClockState.MET:
            assert after.clocks[metric].state is ClockState.MET
            assert after.clocks[metric].stopped_at == clock.stopped_at


@given(situations())
def test_a_verdict_agrees_with_its_instants(situation: Situation) -> None:
    events, owed, calendars, now = situation
    for clock in assess(events, owed, calendars, now).clocks.values():
        if clock.state is ClockState.MET:
            assert clock.stopped_at is not None
            assert clock.due_at is not None
            assert clock.stopped_at <= clock.due_at
            assert clock.overrun == 0
        if clock.state is ClockState.MISSED:
            assert clock.due_at is not None
            assert clock.missed_at is not None
            assert clock.due_at <= clock.missed_at <= now
            assert clock.elapsed == (clock.term.seconds or 0) + clock.overrun


@given(situations())
def test_a_running_term_is_due_when_its_remaining_time_is_used_up(situation: Situation) -> None:
    events, owed, calendars, now = situation
    for clock in assess(events, owed, calendars, now).clocks.values():
        if clock.state is ClockState.RUNNING:
            assert clock.due_at is not None
            assert clock.remaining is not None
            calendar = judging_calendar(clock, calendars)
            assert calendar.between(now, clock.due_at) == clock.remaining
            assert clock.elapsed + clock.remaining == clock.term.seconds


@given(situations())
@settings(max_examples=60)
def test_elapsed_is_service_time_less_the_union_of_pauses_and_of_believed_solutions(
    situation: Situation,
) -> None:
    events, owed, calendars, now = situation
    found = assess(events, owed, calendars, now)
    clock = found.clocks["resolution"]
    calendar = judging_calendar(clock, calendars)
    end = epoch(clock.stopped_at or now)
    whole = calendar.between_epoch(epoch(clock.started_at), end)
    stood = [(run[1], following[0]) for run, following in zip(clock.runs, clock.runs[1:], strict=False)]
    last = clock.runs[-1][1]
    if last is not None and clock.stopped_at is None:
        stood.append((last, end))
    assert clock.elapsed == whole - sum(calendar.between_epoch(a, b) for a, b in stood if a is not None)
    paused = sum(
        calendar.between_epoch(epoch(pause.started_at), epoch(pause.ended_at or now))
        for pause in found.pauses
    )
    assert clock.held["client"] + clock.held["third_party"] == paused
    assert clock.held["provider"] == clock.elapsed


@given(situations())
def test_pauses_never_overlap_and_keep_their_limits(situation: Situation) -> None:
    events, owed, calendars, now = situation
    found = assess(events, owed, calendars, now)
    for pause, following in zip(found.pauses, found.pauses[1:], strict=False):
        assert pause.ended_at is not None
        assert pause.ended_at <= following.started_at
    for pause in found.pauses:
        assert pause.started_at <= (pause.ended_at or now) <= pause.limit_at
    total = sum(((p.ended_at or now) - p.started_at for p in found.pauses), timedelta())
    assert total <= timedelta(seconds=owed.pause_total or 0)


@given(situations())
def test_the_response_never_stands_still(situation: Situation) -> None:
    events, owed, calendars, now = situation
    clock = assess(events, owed, calendars, now).clocks["response"]
    assert len(clock.runs) == 1
    assert clock.state is not ClockState.PAUSED


@given(situations())
def test_an_explanation_adds_up_and_can_be_told(situation: Situation) -> None:
    events, owed, calendars, now = situation
    found = assess(events, owed, calendars, now)
    for clock in found.clocks.values():
        told = explain(clock, found, calendars)
        counted = [item for item in told.items if isinstance(item, Counted)]
        within = [item for item in counted if not item.overrun]
        assert sum(item.seconds for item in within) == clock.term.seconds
        assert sum(item.used for item in within) == clock.elapsed - clock.overrun
        assert sum(item.seconds for item in counted if item.overrun) == clock.overrun
        assert within[-1].spans[-1][1] == (told.due_at or told.due_at_limit)
        for language in ("es", "en"):
            assert len(sentences(told, language).items) == len(told.items)


@given(situations())
def test_what_counts_in_an_explanation_is_service_time_of_that_day(situation: Situation) -> None:
    events, owed, calendars, now = situation
    found = assess(events, owed, calendars, now)
    for clock in found.clocks.values():
        calendar = judging_calendar(clock, calendars)
        for item in explain(clock, found, calendars).items:
            if isinstance(item, Counted):
                for start, end in item.spans:
                    assert start.date() == item.day
                    assert calendar.between(start, end) == epoch(end) - epoch(start)


@given(situations())
def test_steps_come_in_order_and_the_ticket_is_at_risk_before_it_is_due(situation: Situation) -> None:
    events, owed, calendars, now = situation
    found = assess(events, owed, calendars, now)
    pending = steps(found, events, calendars)
    assert [step.at for step in pending] == sorted(step.at for step in pending)
    assert all(timedelta() <= step.fires_at - step.at <= timedelta(seconds=1) for step in pending)
    risk = at_risk_at(found, calendars)
    running = [clock for clock in found.clocks.values() if clock.state is ClockState.RUNNING]
    assert (risk is not None) == bool(running)
    assert risk is None or risk <= min(clock.due_at for clock in running if clock.due_at is not None)


@given(situations())
def test_the_state_of_a_ticket_agrees_with_its_instants(situation: Situation) -> None:
    events, owed, calendars, now = situation
    found: Assessment = assess(events, owed, calendars, now)
    assert (found.state is State.PAUSED) == (found.pause is not None)
    assert (found.state in (State.RESOLVED, State.CLOSED)) == (found.resolved_at is not None)
    assert (found.state is State.CLOSED) == (found.closed_at is not None)
    assert (found.clocks["resolution"].stopped_at is None) == (found.resolved_at is None)
