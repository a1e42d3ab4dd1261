"""Two versions of a policy compared in words: every part speaks, and silence means that they are equal."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from plazo.sla.difference import differences
from plazo.sla.loader import load_policy, read_policy
from plazo.sla.policy import Policy

COACHER = Path(__file__).parents[2] / "policies" / "coacher.yaml"
GOOD = COACHER.read_text(encoding="utf-8")
POLICY = load_policy(COACHER)


def changed(*changes: tuple[str, str]) -> Policy:
    text = GOOD
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return read_policy(text, name="x")


def said(*changes: tuple[str, str], language: str = "es") -> list[str]:
    return differences(POLICY, changed(*changes), language)


@pytest.mark.parametrize("language", ["es", "en"])
def test_equal_versions_have_no_differences(language: str) -> None:
    assert differences(POLICY, load_policy(COACHER), language) == []


def test_a_term_is_told_with_all_that_follows_from_it() -> None:
    assert said(("premium: 3h", "premium: 2h")) == [
        "Respuesta, prioridad Alta, nivel Premium, plazo: de «3 h» a «2 h».",
        "Solución, prioridad Alta, nivel Premium, plazo: de «12 h» a «8 h».",
    ]


def test_the_sentences_are_told_in_english_too() -> None:
    assert said(("premium: 3h", "premium: 2h"), language="en")[0] == (
        "Response, priority High, level Premium, term: from “3 h” to “2 h”."
    )


def test_a_window_is_told_with_its_hours() -> None:
    assert said(("to: 21:00", "to: 22:00")) == [
        "Modalidad 12x5, horario: de «lunes a viernes, 09:00 a 21:00» a «lunes a viernes, 09:00 a 22:00»."
    ]


def test_a_window_that_no_longer_closes_on_holidays_is_told() -> None:
    assert said(("    days_off: chile\n", "")) == [
        "Modalidad 8x5, calendario de feriados: de «chile» a «ninguno»."
    ]


def test_a_kind_that_changes_its_priority_is_told() -> None:
    assert said(("ALTO-04\n    priority: high", "ALTO-04\n    priority: medium")) == [
        "Tipo ALTO-04 (Servicio interrumpido), prioridad: de «Alta» a «Media»."
    ]


def test_a_kind_that_leaves_and_one_that_comes_are_one_sentence_each() -> None:
    removed, added = said(("code: BAJO-12", "code: BAJO-13"))
    assert removed == "Se elimina: Tipo BAJO-12 (Uso de funciones estándar de la tienda o el sitio)."
    assert added.startswith(
        "Se agrega: Tipo BAJO-13 (Uso de funciones estándar de la tienda o el sitio) (prioridad: Baja"
    )


def test_kinds_that_change_places_are_told_once() -> None:
    kinds = (POLICY.kinds[1], POLICY.kinds[0], *POLICY.kinds[2:])
    (sentence,) = differences(POLICY, POLICY.model_copy(update={"kinds": kinds}))
    assert sentence.startswith("Catálogo: el orden pasa a ser ALTO-02, ALTO-01, ALTO-03")


def test_a_text_that_changes_in_the_other_language_alone_is_told_as_such() -> None:
    assert said(("en: Slow pages", "en: Slow screens")) == [
        "Tipo MEDIO-02 (Páginas lentas), título en inglés: de «Slow pages» a «Slow screens»."
    ]


def test_a_pause_reason_that_leaves_is_told() -> None:
    reasons = {code: reason for code, reason in POLICY.pauses.reasons.items() if code != "host"}
    pauses = POLICY.pauses.model_copy(update={"reasons": reasons})
    assert differences(POLICY, POLICY.model_copy(update={"pauses": pauses})) == [
        "Se elimina: Motivo de pausa host."
    ]


def test_an_assumption_that_is_settled_is_told() -> None:
    reopening = POLICY.reopening.model_copy(update={"assumed": None})
    spanish, english = differences(POLICY, POLICY.model_copy(update={"reopening": reopening}))
    assert spanish.startswith("Reapertura, supuesto: se elimina «El documento no dice")
    assert english.startswith("Reapertura, supuesto en inglés: se elimina")


def test_differences_backwards_name_the_same_things() -> None:
    new = changed(("premium: 3h", "premium: 2h"), ("limit: 3d", "limit: 4d"))
    names = [
        [line.partition(":")[0] for line in differences(*pair)] for pair in ((POLICY, new), (new, POLICY))
    ]
    assert names[0] == names[1]
    assert len(names[0]) == 3


WRITTEN = POLICY.model_dump(mode="json", by_alias=True)
OTHER = {
    "3f76dd7f2db1a47ddc1c1f28d4ec9b816e1b00d489ac81d388231b5fc5d1c9c7": "0" * 64,
    "2025-01-01": "2026-01-01",
    "CL": "AR",
    "high": "medium",
    "medium": "high",
    "low": "high",
    "document": "policy",
    "client": "third_party",
    "third_party": "client",
    "consultant": "client",
    "es": "en",
    "response": "resolution",
    "resolution": "response",
    "assignee": "lead",
    "portal": "email",
    "mon": "sun",
    "fri": "sun",
    "erp": "email",
    "email": "portal",
    "ecommerce": "erp",
}


def leaves(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """The values of a policy with their paths; of each list only the first."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from leaves(value, (*path, key))
    elif isinstance(data, list):
        yield from leaves(data[0], (*path, 0))
    else:
        yield path, data


def another(path: tuple[str | int, ...], value: Any) -> Any:
    """A value that the same field may have instead."""
    if value is None:
        texts = {
            "assumed": {"es": "nuevo", "en": "new"},
            "accept": "nuevo",
            "without_term": "none",
            "resolution": "20h",
        }
        return texts.get(str(path[-1]))
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if path[-1] in ("es", "en"):
        return f"{value} X"
    if path[-1] == "ends_with":
        return {"client": "consultant", "consultant": "client"}[value]
    if value in OTHER:
        return OTHER[value]
    if ":" in value:
        return "00:30"
    return "7m" if value[0].isdigit() and value[-1] in "hmd" else f"{value}X"


def with_value(path: tuple[str | int, ...], value: Any) -> Policy:
    data = copy.deepcopy(WRITTEN)
    target: Any = data
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = value
    return Policy.model_validate(data)


# What the model allows no other value for, or what means nothing where the good file has none.
FIXED = {("plazo",), ("targets", "resolution", "of"), ("targets", "response", "of")}
FIXED |= {
    ("targets", "response", "factor"),
    ("targets", "resolution", "terms"),
    ("windows", "24x7", "days_off"),
}
LEAVES = [(path, value) for path, value in leaves(WRITTEN) if path not in FIXED]


@pytest.mark.parametrize(
    ("path", "value"), [pytest.param(*leaf, id=".".join(map(str, leaf[0]))) for leaf in LEAVES]
)
def test_no_value_changes_in_silence(path: tuple[str | int, ...], value: Any) -> None:
    new = with_value(path, another(path, value))
    assert new != POLICY
    for language in ("es", "en"):
        assert differences(POLICY, new, language) != []
        assert differences(new, POLICY, language) != []
