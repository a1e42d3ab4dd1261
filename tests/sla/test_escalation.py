"""Steps that fall due by themselves; their instants are held by the scenarios of decision 15."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, timedelta
from typing import Any

import pytest

from plazo.sla import Event, Step, assess, at_risk_at, due_steps, next_step_at, steps
from plazo.sla.policy import Commitment, EscalationStep, Metric
from tests.sla.timelines import at, calendars, commitment, timeline

Row = tuple[str, str] | tuple[str, str, Mapping[str, Any]]

OPENED = ("2026-11-09T10:00", "opened", {"priority": "high"})
REPLIED = ("2026-11-09T10:20", "replied")


def pending(now: str, *rows: Row, owed: Commitment | None = None) -> tuple[Step, ...]:
    events = timeline(*rows)
    return steps(assess(events, owed or commitment(), calendars(), at(now)), events, calendars())


def escalating(*marks: tuple[Metric, int]) -> Commitment:
    made = tuple(
        EscalationStep(code=f"at{percent}", metric=metric, percent=percent, tell=("lead",))
        for metric, percent in marks
    )
    return replace(commitment(), escalation=made)


def codes(found: tuple[Step, ...]) -> list[str]:
    return [step.code for step in found]


def test_a_miss_is_certain_a_second_after_the_due_date_and_dates_from_it() -> None:
    breach = next(step for step in pending("2026-11-09T10:00", OPENED) if step.code == "breached")
    assert breach.at == at("2026-11-09T13:00")
    assert breach.fires_at == at("2026-11-09T13:00:01")
    assert breach.data == {"metric": "response", "commitment": 1}


def test_a_miss_by_a_change_is_certain_at_once() -> None:
    change = ("2026-11-09T15:30", "classified", {"priority": "high"})
    found = pending("2026-11-09T15:30", ("2026-11-09T10:00", "opened", {"priority": "medium"}), change)
    breach = next(step for step in found if step.code == "breached")
    assert breach.at == breach.fires_at == at("2026-11-09T15:30")


def test_the_next_step_is_the_earliest_to_fire() -> None:
    assert next_step_at(pending("2026-11-09T10:00", OPENED)) == at("2026-11-09T11:30")
    assert next_step_at(()) is None


def test_due_steps_are_those_whose_time_has_come() -> None:
    found = pending("2026-11-09T10:00", OPENED)
    assert due_steps(found, at("2026-11-09T11:29:59")) == ()
    assert codes(due_steps(found, at("2026-11-09T11:30"))) == ["escalated"]


def test_instants_of_steps_are_in_utc() -> None:
    assert all(step.at.tzinfo is UTC for step in pending("2026-11-09T10:00", OPENED))


@pytest.mark.parametrize("window", ["8x5", "24x7"])
def test_a_step_beyond_the_term_counts_service_hours(window: str) -> None:
    owed = replace(commitment(window), escalation=escalating(("response", 200)).escalation)
    found = pending("2026-11-09T10:00", OPENED, owed=owed)
    step = next(step for step in found if step.data.get("step") == "at200")
    assert step.at == (at("2026-11-09T17:00") if window == "8x5" else at("2026-11-09T16:00"))
    assert step.fires_at == step.at + timedelta(seconds=1)


def test_a_percentage_that_is_no_whole_second_is_reached_by_the_next_one() -> None:
    owed = replace(escalating(("response", 33)), kind_resolution={})
    terms = {key: replace(term, seconds=100) for key, term in owed.terms.items()}
    found = pending("2026-11-09T10:00", OPENED, owed=replace(owed, terms=terms))
    assert found[0].at == at("2026-11-09T10:00:33")
    owed = escalating(("response", 1))
    terms = {key: replace(term, seconds=150) for key, term in owed.terms.items()}
    found = pending("2026-11-09T10:00", OPENED, owed=replace(owed, terms=terms))
    assert found[0].at == at("2026-11-09T10:00:02")


def test_a_missed_clock_goes_on_escalating_until_its_stop() -> None:
    owed = escalating(("response", 150), ("response", 200))
    late = ("2026-11-09T16:30", "replied")
    found = pending("2026-11-09T17:30", OPENED, late, owed=owed)
    assert [
        step.data["step"] for step in found if step.data.get("metric") == "response" and "step" in step.data
    ] == ["at150"]


def test_a_term_that_does_not_exist_never_escalates() -> None:
    owed = commitment()
    terms = {key: replace(term, seconds=None) for key, term in owed.terms.items()}
    assert pending("2026-11-20T10:00", OPENED, owed=replace(owed, terms=terms)) == ()


def test_records_of_another_commitment_or_metric_do_not_count() -> None:
    found = pending(
        "2026-11-09T11:30",
        OPENED,
        ("2026-11-09T11:30", "escalated", {"metric": "response", "step": "half", "commitment": 2}),
        ("2026-11-09T11:30", "escalated", {"metric": "resolution", "step": "half", "commitment": 1}),
    )
    assert found[0].data == {"metric": "response", "step": "half", "commitment": 1}


def test_a_record_not_yet_known_does_not_count() -> None:
    events = timeline(
        OPENED,
        ("2026-11-09T12:00", "escalated", {"metric": "response", "step": "half", "commitment": 1}),
    )
    found = assess(events, commitment(), calendars(), at("2026-11-09T11:45"))
    assert steps(found, events, calendars())[0].data["step"] == "half"


def test_a_miss_recorded_while_unclassified_is_recorded_anew_under_the_first_classification() -> None:
    found = pending(
        "2026-11-10T15:00",
        ("2026-11-09T10:00", "opened"),
        ("2026-11-09T13:01", "breached", {"metric": "response", "commitment": 1}),
        ("2026-11-09T16:30", "classified", {"priority": "low"}),
    )
    breach = next(step for step in found if step.code == "breached")
    assert (breach.at, breach.data["commitment"]) == (at("2026-11-10T14:00"), 2)


def test_a_pause_that_is_over_by_somebodys_word_needs_no_record_of_its_limit() -> None:
    pause = ("2026-11-09T11:00", "paused", {"reason": "host"})
    resumed = ("2026-11-09T12:00", "resumed", {"pause": 3, "cause": "consultant"})
    found = pending("2026-11-20T10:00", OPENED, REPLIED, pause, resumed)
    assert "pause_warned" not in codes(found)
    assert "resumed" not in codes(found)


def test_a_pause_shorter_than_the_warning_warns_at_once() -> None:
    owed = replace(commitment(), pause_total=3_600)
    pause = ("2026-11-09T11:00", "paused", {"reason": "host"})
    found = pending("2026-11-09T11:00", OPENED, REPLIED, pause, owed=owed)
    assert [(step.code, step.at) for step in found][:2] == [
        ("pause_warned", at("2026-11-09T11:00")),
        ("resumed", at("2026-11-09T12:00")),
    ]


def test_a_ticket_the_client_closed_neither_warns_nor_closes() -> None:
    found = pending(
        "2026-11-30T10:00",
        OPENED,
        REPLIED,
        ("2026-11-09T11:00", "resolved"),
        ("2026-11-10T11:00", "closed", {"cause": "client"}),
    )
    assert found == ()


def test_a_closing_period_shorter_than_its_warning_is_not_warned_of() -> None:
    owed = replace(commitment(), closing=3_600)
    found = pending("2026-11-09T11:30", OPENED, REPLIED, ("2026-11-09T11:00", "resolved"), owed=owed)
    assert [(step.code, step.at) for step in found] == [("closed", at("2026-11-09T12:00"))]


def test_at_risk_begins_at_the_first_step_from_three_quarters_on() -> None:
    def risk(owed: Commitment) -> object:
        return at_risk_at(assess(timeline(OPENED), owed, calendars(), at("2026-11-09T10:00")), calendars())

    assert risk(escalating(("response", 50), ("response", 80), ("response", 90))) == at("2026-11-09T12:24")
    assert risk(escalating(("response", 50), ("response", 100))) == at("2026-11-09T12:15")
    assert risk(escalating()) == at("2026-11-09T12:15")


def test_at_risk_follows_the_clocks_that_still_run() -> None:
    found = assess(timeline(OPENED, REPLIED), commitment(), calendars(), at("2026-11-09T12:00"))
    assert at_risk_at(found, calendars()) == at("2026-11-10T11:00")
    events = timeline(OPENED, REPLIED, ("2026-11-09T10:30", "resolved"))
    done = assess(events, commitment(), calendars(), at("2026-11-09T12:00"))
    assert at_risk_at(done, calendars()) is None


def test_every_step_can_be_stored_as_an_event() -> None:
    now = at("2026-11-20T10:00")
    events = timeline(OPENED)
    due = due_steps(pending("2026-11-20T10:00", OPENED), now)
    events += [Event(step.code, step.at, now, seq, step.data) for seq, step in enumerate(due, 2)]
    found = assess(events, commitment(), calendars(), now)
    assert steps(found, events, calendars()) == ()
