"""The published JSON Schema: in step with the model, satisfied by our policies, as strict as the loader."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from plazo.sla.loader import PolicyError, json_schema, read_policy
from plazo.sla.loader.source import read_source

POLICIES = Path(__file__).parents[2] / "policies"
GOOD = (POLICIES / "coacher.yaml").read_text(encoding="utf-8")
SCHEMA = json_schema()


def errors_of(data: object) -> list[str]:
    return [error.message for error in Draft202012Validator(SCHEMA).iter_errors(data)]


def test_the_published_schema_is_that_of_the_model() -> None:
    published = (POLICIES / "schema.json").read_text(encoding="utf-8")
    assert published == json.dumps(SCHEMA, ensure_ascii=False, indent=2) + "\n"


def test_the_schema_is_a_valid_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("file", sorted(POLICIES.glob("*.yaml")), ids=lambda file: file.name)
def test_every_policy_of_the_project_satisfies_the_schema(file: Path) -> None:
    assert errors_of(read_source(file.read_bytes()).data) == []


def test_every_part_says_what_it_is() -> None:
    parts: dict[str, Any] = SCHEMA["$defs"]
    assert [name for name, part in parts.items() if not part.get("description")] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("premium: 3h", "premium: 3"),
        ("premium: 3h", "premium: tres"),
        ("premium: 3h", "premium: {term: 3h, because: x}"),
        ("zone: America/Santiago", "zone: 3"),
        ("\nversion: 1", "\nversion: 0"),
        ("\nversion: 1", '\nversion: "1"'),
        ("governs: document", "governs: both"),
        ("days: [fri]", "days: []"),
        ("days: [fri]", "days: [vie]"),
        ("from: 15:00", "from: 25:00"),
        ("authorised: true", "authorised: sometimes"),
        ("percent: 90", "percent: 1001"),
        ("code: ALTO-01", "code: ALTO 01"),
        ("limit: 3d", "limit: 3 days"),
        ("plazo: 1\n", ""),
        ("language: es", "language: fr"),
    ],
)
def test_what_the_schema_refuses_the_loader_refuses(old: str, new: str) -> None:
    text = GOOD.replace(old, new, 1)
    assert errors_of(read_source(text).data) != []
    with pytest.raises(PolicyError):
        read_policy(text, name="x")


def test_the_schema_knows_the_short_and_the_long_form_of_a_cell() -> None:
    for cell in ("3h", "none", "{term: 3h, accept: motivo}"):
        assert errors_of(read_source(GOOD.replace("premium: 3h", f"premium: {cell}", 1)).data) == []
