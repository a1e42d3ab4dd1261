"""The policy model: durations, tables, windows, and the commitment read from them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from plazo.sla.fields import FROM_FILE
from plazo.sla.loader import load_policy
from plazo.sla.policy import (
    METRICS,
    EscalationStep,
    Hours,
    PauseReason,
    Policy,
    Target,
    TermCell,
    Text,
    Window,
)

POLICY = load_policy(Path(__file__).parents[2] / "policies" / "coacher.yaml")
TITLE = Text(es="Uno", en="One")
HOUR = 3_600


def with_changes(**changes: object) -> Policy:
    return Policy.model_validate(POLICY.model_dump(by_alias=True) | changes)


def test_seconds_are_a_duration_in_code_but_not_in_a_file() -> None:
    reason = {"title": {"es": "a", "en": "b"}, "holder": "client", "ends_with": "client"}
    assert PauseReason.model_validate(reason | {"limit": 60}).limit == 60
    with pytest.raises(ValidationError):
        PauseReason.model_validate(reason | {"limit": 60}, context=FROM_FILE)


@pytest.mark.parametrize("language", ["en", "EN", "en-gb", "en_US"])
def test_a_text_is_told_in_english_to_readers_of_english(language: str) -> None:
    assert TITLE.in_language(language) == "One"


@pytest.mark.parametrize("language", ["es", "es-cl", "pt", ""])
def test_a_text_is_told_in_spanish_to_all_others(language: str) -> None:
    assert TITLE.in_language(language) == "Uno"


def test_a_policy_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        POLICY.version = 2


def test_a_policy_survives_being_written_and_read_as_data() -> None:
    assert Policy.model_validate(POLICY.model_dump(by_alias=True)) == POLICY
    assert Policy.model_validate_json(POLICY.model_dump_json(by_alias=True)) == POLICY


def test_a_cell_is_a_duration_none_or_both_with_a_reason() -> None:
    target = Target(
        title=TITLE,
        clause=TITLE,
        terms={"high": {"a": "3h", "b": "none", "c": {"term": "5h", "accept": "x"}, "d": 60}},
    )
    assert target.terms is not None
    assert [cell.term for cell in target.terms["high"].values()] == [3 * HOUR, "none", 5 * HOUR, 60]
    assert target.terms["high"]["c"] == TermCell(term=5 * HOUR, accept="x")


def test_a_resolution_may_have_a_table_of_its_own() -> None:
    row = {"premium": "5h", "standard": "7h", "basic": "none"}
    targets = POLICY.targets.model_dump(by_alias=True)
    targets["resolution"] |= {"terms": dict.fromkeys(POLICY.priorities, row), "factor": None, "of": None}
    policy = with_changes(targets=targets)
    assert policy.seconds("resolution", priority="low", level="premium") == 5 * HOUR
    assert policy.seconds("resolution", priority="low", level="basic") is None


def test_a_kind_is_found_by_its_code() -> None:
    assert POLICY.kind("MEDIO-11").priority == "medium"


def test_an_unknown_kind_window_or_level_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        POLICY.kind("MEDIO-12")
    with pytest.raises(KeyError):
        POLICY.commitment(window="9x5", level="premium")
    with pytest.raises(KeyError):
        POLICY.commitment(window="8x5", level="gold")


def test_a_commitment_holds_a_term_for_every_metric_and_priority() -> None:
    commitment = POLICY.commitment(window="8x5", level="standard")
    assert set(commitment.terms) == {
        (metric, priority) for metric in METRICS for priority in POLICY.priorities
    }
    term = commitment.term("resolution", priority="medium")
    assert (term.seconds, term.factor, term.calendar) == (72 * HOUR, 4, "8x5")
    assert term.clause == POLICY.targets.resolution.clause


def test_a_commitment_names_the_calendar_it_is_told() -> None:
    commitment = POLICY.commitment(window="8x5", level="basic", calendar="contract-14")
    assert commitment.term("response", priority="high").calendar == "contract-14"


def test_a_commitment_carries_the_rules_around_its_terms() -> None:
    commitment = POLICY.commitment(window="24x7", level="basic")
    assert commitment.unclassified == "high"
    assert commitment.escalation == POLICY.escalation.steps
    assert commitment.pause_reasons == POLICY.pauses.reasons
    assert (commitment.reopening, commitment.closing) == (5 * 86_400, 5 * 86_400)


def test_a_kind_may_shorten_its_solution_but_never_lengthen_it() -> None:
    first, second, *rest = POLICY.kinds
    kinds = [
        first.model_copy(update={"resolution": 13 * HOUR}),
        second.model_copy(update={"resolution": 13 * HOUR}),
        *rest,
    ]
    policy = with_changes(kinds=[kind.model_dump() for kind in kinds])
    standard = policy.commitment(window="8x5", level="standard")
    premium = policy.commitment(window="8x5", level="premium")
    assert standard.term("resolution", priority="high", kind="ALTO-01").seconds == 13 * HOUR
    assert premium.term("resolution", priority="high", kind="ALTO-01").seconds == 12 * HOUR
    assert standard.term("response", priority="high", kind="ALTO-01").seconds == 6 * HOUR


def test_hours_past_sunday_midnight_go_on_on_monday() -> None:
    night = Hours.model_validate({"days": ["sun"], "from": "22:00", "to": "06:00"})
    assert night.spans("sun") == [(6 * 1_440 + 1_320, 10_080), (0, 360)]


def test_hours_without_an_end_before_midnight_run_to_it() -> None:
    day = Hours.model_validate({"days": ["mon"], "from": "00:00", "to": "24:00"})
    assert day.spans("mon") == [(0, 1_440)]


def test_a_window_counts_its_week_without_holidays() -> None:
    night = {"days": ["fri", "sat"], "from": "20:00", "to": "02:00"}
    window = Window.model_validate({"title": TITLE, "clause": TITLE, "hours": [night]})
    assert window.weekly_seconds() == 12 * HOUR


def test_only_a_window_with_a_calendar_closes_on_days_off() -> None:
    day = date(2026, 9, 18)
    assert POLICY.calendar("8x5", days_off=(day,)).days_off == (day,)
    assert POLICY.calendar("24x7", days_off=(day,)).days_off == ()


def test_a_step_of_an_unknown_role_is_refused() -> None:
    with pytest.raises(ValidationError):
        EscalationStep(code="x", metric="response", percent=50, tell=("everybody",))
