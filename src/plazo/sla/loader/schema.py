"""The published JSON Schema of policy files."""

from __future__ import annotations

from typing import Any

from plazo.sla.policy import Policy


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a policy file, as published in policies/schema.json."""
    schema = Policy.model_json_schema(by_alias=True, mode="validation")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | schema
