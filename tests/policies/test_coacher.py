"""The agreement of Coacher Integradores SpA: all that the signed document says, and what it leaves open."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from plazo.sla.loader import load_policy
from plazo.sla.policy import METRICS
from plazo.sla.publishing import assumptions

POLICY = load_policy(Path(__file__).parents[2] / "policies" / "coacher.yaml")
HOUR = 3_600
RESPONSE_HOURS = {
    ("high", "premium"): 3,
    ("high", "standard"): 6,
    ("high", "basic"): 12,
    ("medium", "premium"): 9,
    ("medium", "standard"): 18,
    ("medium", "basic"): 36,
    ("low", "premium"): 12,
    ("low", "standard"): 24,
    ("low", "basic"): 48,
}


def test_the_provider_and_the_signed_document_are_named() -> None:
    assert POLICY.provider.name == "Coacher Integradores SpA"
    assert POLICY.document.title == "Tipos de Soporte y Niveles SLA"
    assert POLICY.document.sha256 == "3f76dd7f2db1a47ddc1c1f28d4ec9b816e1b00d489ac81d388231b5fc5d1c9c7"
    assert POLICY.document.governs == "document"


def test_8x5_is_open_38_hours_a_week_with_lunch_and_a_short_friday() -> None:
    days = (0, 1, 2, 3)
    mornings = [(day, "09:00", "14:00") for day in days]
    afternoons = [(day, "15:00", "18:00") for day in days]
    assert POLICY.windows["8x5"].intervals() == [*mornings, *afternoons, (4, "09:00", "15:00")]
    assert POLICY.windows["8x5"].weekly_seconds() == 38 * HOUR


def test_12x5_is_open_from_nine_to_twenty_one_on_weekdays() -> None:
    assert POLICY.windows["12x5"].intervals() == [(day, "09:00", "21:00") for day in range(5)]


def test_24x7_is_open_always_and_knows_no_holiday() -> None:
    assert POLICY.windows["24x7"].intervals() == [(day, "00:00", "24:00") for day in range(7)]
    assert POLICY.windows["24x7"].weekly_seconds() == 168 * HOUR
    assert POLICY.windows["24x7"].days_off is None


@pytest.mark.parametrize("window", ["8x5", "12x5"])
def test_the_other_windows_close_on_chilean_holidays_by_assumption(window: str) -> None:
    assert POLICY.windows[window].days_off == "chile"
    assert POLICY.windows[window].assumed is not None
    assert POLICY.calendars["chile"].country == "CL"


@pytest.mark.parametrize(("cell", "hours"), RESPONSE_HOURS.items())
def test_each_response_term_is_that_of_the_table(cell: tuple[str, str], hours: int) -> None:
    priority, level = cell
    assert POLICY.seconds("response", priority=priority, level=level) == hours * HOUR


@pytest.mark.parametrize(("cell", "hours"), RESPONSE_HOURS.items())
def test_each_solution_is_owed_within_four_times_the_response(cell: tuple[str, str], hours: int) -> None:
    priority, level = cell
    assert POLICY.seconds("resolution", priority=priority, level=level) == 4 * hours * HOUR


def test_neither_target_is_an_assumption() -> None:
    assert POLICY.targets.response.assumed is None
    assert POLICY.targets.resolution.assumed is None
    assert POLICY.targets.resolution.factor == 4


def test_the_scales_run_from_the_best_and_the_most_urgent() -> None:
    assert [level.title.es for level in POLICY.levels.values()] == ["Premium", "Estándar", "Básico"]
    assert [priority.title.es for priority in POLICY.priorities.values()] == ["Alta", "Media", "Baja"]


def test_the_catalogue_has_35_kinds_in_the_order_of_the_document() -> None:
    counts = {"ALTO": 12, "MEDIO": 11, "BAJO": 12}
    codes = [f"{name}-{number:02}" for name, count in counts.items() for number in range(1, count + 1)]
    assert [kind.code for kind in POLICY.kinds] == codes


def test_the_code_of_a_kind_names_its_priority() -> None:
    names = {"ALTO": "high", "MEDIO": "medium", "BAJO": "low"}
    assert all(kind.priority == names[kind.code.partition("-")[0]] for kind in POLICY.kinds)


def test_every_kind_has_help_and_three_to_five_examples_of_its_own() -> None:
    examples = [example for kind in POLICY.kinds for example in kind.examples]
    assert all(3 <= len(kind.examples) <= 5 for kind in POLICY.kinds)
    assert len(set(examples)) == len(examples)
    assert all(kind.help.es.endswith(".") and kind.help.en.endswith(".") for kind in POLICY.kinds)


def test_every_service_is_touched_by_some_kind() -> None:
    touched = set(itertools.chain.from_iterable(kind.services for kind in POLICY.kinds))
    assert touched == set(POLICY.services)


def test_only_authorised_and_registered_people_report() -> None:
    assert POLICY.reporters.authorised
    assert POLICY.reporters.registered


def test_the_channels_are_an_assumption_as_the_documents_list_is_empty() -> None:
    assert POLICY.channels.open == ("portal", "email", "phone", "whatsapp", "api")
    assert POLICY.channels.assumed is not None


def test_a_ticket_without_a_kind_runs_as_the_most_urgent_by_assumption() -> None:
    assert POLICY.unclassified.priority == "high"
    assert POLICY.unclassified.assumed is not None


def test_waiting_for_the_client_needs_a_message_and_ends_with_the_clients_word() -> None:
    reason = POLICY.pauses.reasons["client"]
    assert (reason.holder, reason.ends_with, reason.needs_message) == ("client", "client", True)


@pytest.mark.parametrize("code", ["sii", "bank", "courier", "host"])
def test_waiting_for_a_third_party_ends_by_the_consultant(code: str) -> None:
    reason = POLICY.pauses.reasons[code]
    assert (reason.holder, reason.ends_with) == ("third_party", "consultant")


def test_a_pause_is_warned_of_a_day_before_its_limit() -> None:
    assert POLICY.pauses.warn_before == 86_400


def test_the_steps_of_both_metrics_end_at_the_term() -> None:
    percents = {
        metric: [s.percent for s in POLICY.escalation.steps if s.metric == metric] for metric in METRICS
    }
    assert percents == {"response": [50, 75, 100], "resolution": [50, 75, 90, 100]}


def test_all_that_the_document_leaves_open_is_marked_in_both_languages() -> None:
    parts = (
        POLICY,
        POLICY.counting,
        POLICY.calendars["chile"],
        POLICY.pauses,
        POLICY.escalation,
        POLICY.reopening,
        POLICY.closing,
    )
    assert all(part.assumed is not None for part in parts)
    assert len(list(assumptions(POLICY, "es"))) == len(list(assumptions(POLICY, "en"))) == 11


def test_the_texts_of_both_languages_differ_where_they_are_sentences() -> None:
    pairs = [
        (text.es, text.en) for kind in POLICY.kinds for text in (kind.title, kind.description, kind.help)
    ]
    assert [es for es, en in pairs if es == en] == []


def test_a_commitment_of_every_window_and_level_can_be_read() -> None:
    for window, level in itertools.product(POLICY.windows, POLICY.levels):
        commitment = POLICY.commitment(window=window, level=level)
        assert {term.calendar for term in commitment.terms.values()} == {window}
        assert POLICY.calendar(window).zone == "America/Santiago"
