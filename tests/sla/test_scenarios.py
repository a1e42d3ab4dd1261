"""Every scenario file, and what must hold of any timeline in it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pytest

from plazo.sla import (
    METRICS,
    Assessment,
    Clock,
    Event,
    Step,
    assess,
    at_risk_at,
    due_steps,
    explain,
    steps,
    waived_metrics,
)
from plazo.sla.explain import Counted
from tests.sla.scenarios.reading import Scenario, instant, scenarios, seconds

SCENARIOS = scenarios()
EVERY_SCENARIO = pytest.mark.parametrize(
    "scenario", [pytest.param(scenario, id=scenario.name) for scenario in SCENARIOS]
)


def assessed(scenario: Scenario, now: datetime, events: tuple[Event, ...] | None = None) -> Assessment:
    timeline = scenario.events if events is None else events
    return assess(timeline, scenario.commitment, scenario.calendars, now, rebound_to=scenario.rebound_to)


def clock_as_expected(scenario: Scenario, clock: Clock, expected: Mapping[str, Any]) -> dict[str, Any]:
    """The clock in the words of the expectation, key by key."""
    instants = {"due": clock.due_at, "stopped": clock.stopped_at, "missed": clock.missed_at}
    durations = {
        "elapsed": clock.elapsed,
        "remaining": clock.remaining,
        "overrun": clock.overrun,
        "client": clock.held["client"],
        "third_party": clock.held["third_party"],
    }
    others = {"state": clock.state.value, "commitment": clock.commitment, "canned": clock.canned}
    return {
        key: same_text(scenario, instants[key], value)
        if key in instants
        else same_duration(durations[key], value)
        if key in durations
        else others[key]
        for key, value in expected.items()
    }


def same_text(scenario: Scenario, found: datetime | None, expected: object) -> object:
    """`expected` when it names the instant found, else that instant as one would write it."""
    if found is None:
        return "none"
    if expected != "none" and scenario.instant(expected) == found:
        return expected
    return found.astimezone(scenario.zone).isoformat(" ")


def same_duration(found: int | None, expected: object) -> object:
    if found is None:
        return "none"
    return expected if expected != "none" and seconds(expected) == found else f"{found}s"


def say_step(scenario: Scenario, step: Step) -> str:
    local = step.at.astimezone(scenario.zone).replace(tzinfo=None)
    time = local.isoformat(" ", "seconds" if local.second else "minutes")
    return " ".join([time, step.code, *(f"{key}={value}" for key, value in step.data.items())])


def ticket_as_expected(scenario: Scenario, found: Assessment, expected: Mapping[str, Any]) -> dict[str, Any]:
    """The ticket in the words of the expectation, key by key."""
    pause = found.pause
    pending = steps(found, scenario.events, scenario.calendars)
    instants = {
        "next_due": found.next_due_at,
        "promised": found.promised_at,
        "pause_limit": pause.limit_at if pause else None,
        "closes": found.closes_at,
        "closed": found.closed_at,
        "reopens_until": found.reopens_until,
        "at_risk": at_risk_at(found, scenario.calendars),
    }
    others = {
        "state": found.state.value,
        "priority": found.priority,
        "needs_review": found.needs_review,
        "false_solutions": len(found.false_solutions),
        "waived": sorted(waived_metrics(scenario.events, found.now)),
        "steps": [say_step(scenario, step) for step in due_steps(pending, found.now)],
        "pending": [say_step(scenario, step) for step in pending],
    }
    said: dict[str, Any] = {"at": expected["at"]}
    for key, value in expected.items():
        if key in METRICS:
            said[key] = clock_as_expected(scenario, found.clocks[key], value)
        elif key in instants:
            said[key] = same_text(scenario, instants[key], value)
        elif key != "at":
            said[key] = others[key]
    return said


def differences(expected: Mapping[str, Any], found: Mapping[str, Any], place: str = "") -> list[str]:
    """One line for each key that came out otherwise."""
    lines = []
    for key, value in expected.items():
        if isinstance(value, Mapping):
            lines += differences(value, found[key], f"{place}{key}.")
        elif value != found[key]:
            lines.append(f"  {place}{key}: expected {value!r}, found {found[key]!r}")
    return lines


@EVERY_SCENARIO
def test_the_scenario_comes_out_as_expected(scenario: Scenario) -> None:
    for expected in scenario.expect:
        found = assessed(scenario, scenario.instant(expected["at"]))
        wrong = differences(expected, ticket_as_expected(scenario, found, expected))
        assert not wrong, "\n".join([f"{scenario.name}, at {expected['at']}", *wrong])


@EVERY_SCENARIO
def test_the_order_in_which_events_are_given_does_not_matter(scenario: Scenario) -> None:
    now = scenario.instant(scenario.expect[-1]["at"])
    assert assessed(scenario, now, scenario.events[::-1]) == assessed(scenario, now)


@EVERY_SCENARIO
def test_recording_what_is_due_changes_no_clock_and_leaves_nothing_due(scenario: Scenario) -> None:
    for expected in scenario.expect:
        now = scenario.instant(expected["at"])
        before = assessed(scenario, now)
        due = due_steps(steps(before, scenario.events, scenario.calendars), now)
        last = max(event.seq for event in scenario.events)
        recorded = tuple(
            Event(step.code, step.at, now, last + place, step.data) for place, step in enumerate(due, 1)
        )
        after = assessed(scenario, now, scenario.events + recorded)
        assert after == before, scenario.name
        assert due_steps(steps(after, scenario.events + recorded, scenario.calendars), now) == ()


@EVERY_SCENARIO
def test_the_explanation_adds_up_to_the_term(scenario: Scenario) -> None:
    for expected in scenario.expect:
        found = assessed(scenario, scenario.instant(expected["at"]))
        for clock in found.clocks.values():
            told = explain(clock, found, scenario.calendars)
            items = [item for item in told.items if isinstance(item, Counted)]
            assert sum(item.seconds for item in items if not item.overrun) == (clock.term.seconds or 0)
            assert sum(item.seconds for item in items if item.overrun) == clock.overrun


def test_there_are_enough_scenarios_and_no_two_of_one_name() -> None:
    names = [scenario.name for scenario in SCENARIOS]
    assert len(names) >= 80
    assert len(set(names)) == len(names)


def test_an_instant_of_a_scenario_may_carry_an_offset() -> None:
    zone = SCENARIOS[0].zone
    assert instant("2026-04-04 23:30-04:00", zone) > instant("2026-04-04 23:30-03:00", zone)
