"""Every refusal has its sentence."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.utils import translation

import plazo.contracts.refusals
import plazo.intake.refusals
import plazo.kit.files
import plazo.people.refusals
import plazo.tickets.refusals
from plazo.contracts.refusals import NoContract, PolicyInvalid
from plazo.kit.files import FileTooLarge
from plazo.kit.refusals import Refused
from plazo.people.refusals import InvalidField
from plazo.sla.loader import PolicyError, load_policy
from plazo.web import wording

MODULES = (
    plazo.contracts.refusals,
    plazo.intake.refusals,
    plazo.kit.files,
    plazo.people.refusals,
    plazo.tickets.refusals,
)
SPECIAL = {"invalid_field", "day_off_invalid", "no_contract"}


def refusals() -> Iterator[type[Refused]]:
    for module in MODULES:
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, Refused) and value is not Refused:
                yield value


@pytest.mark.parametrize(
    "refusal", sorted(set(refusals()), key=lambda each: each.code), ids=lambda each: each.code
)
def test_a_refusal_has_a_sentence(refusal: type[Refused]):
    assert refusal.code in wording.SENTENCES or refusal.code in SPECIAL


@pytest.mark.parametrize("reason", ["none", "expired", "not_covered"])
def test_each_way_of_having_no_contract_has_its_own_words(reason: str):
    assert wording.words(NoContract(reason, ended_on=date(2026, 6, 30)))


def test_an_ended_contract_says_since_when():
    assert "30 de junio de 2026" in wording.words(NoContract("expired", ended_on=date(2026, 6, 30)))


def test_a_large_file_is_named_with_the_limit():
    words = wording.words(FileTooLarge(file_name="respaldo.zip", limit=25 * 1024 * 1024))
    assert "respaldo.zip" in words
    assert "25 MB" in words


def test_a_field_says_what_to_write():
    assert "RUT" in wording.words(InvalidField("tax_id", "bad_tax_id"))


def test_the_page_adds_what_only_it_knows():
    words = wording.words(plazo.intake.refusals.NotAuthorised(), administrators="Administración Andes")
    assert words.endswith("Pídalo a Administración Andes.")


def test_instants_in_a_refusal_are_words():
    until = datetime(2026, 11, 20, 14, 30, tzinfo=UTC)
    assert "viernes 20 de noviembre, 11:30" in wording.words(
        plazo.tickets.refusals.ReopeningPeriodOver(until=until)
    )


def test_every_sentence_has_its_english():
    sentences = [*wording.SENTENCES.values(), *wording.NO_CONTRACT.values(), *wording.FIELDS.values()]
    spanish = [str(sentence) for sentence in sentences]
    with translation.override("en"):
        assert [text for text in spanish if text in [str(sentence) for sentence in sentences]] == []


@pytest.mark.parametrize(
    "reason", ["out_of_range", "not_a_time", "ends_before_start", "unknown", "required", "too_long"]
)
def test_a_day_off_says_what_to_write(reason: str):
    assert wording.words(plazo.contracts.refusals.DayOffInvalid(field="hours", reason=reason))


def test_a_policy_with_faults_names_each_with_its_line(tmp_path: Path):
    broken = tmp_path / "acuerdo.yaml"
    broken.write_text("provider: {code: x}\n")
    with pytest.raises(PolicyError) as found:
        load_policy(broken)
    words = wording.words(PolicyInvalid(found.value.problems))
    assert all(problem.sentence("es") in words for problem in found.value.problems)
    assert "acuerdo.yaml, línea 1" in words
