"""Loading policy files: YAML, model, rules; every problem with its line and what to write instead."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path as FilePath
from typing import Final

from pydantic import ValidationError

from plazo.sla.fields import FROM_FILE
from plazo.sla.loader.problems import Finding, PolicyError, Problem, field_name, say
from plazo.sla.loader.rules import broken_rules
from plazo.sla.loader.schema import json_schema
from plazo.sla.loader.source import MAX_BYTES, Source, SourceError, read_source
from plazo.sla.loader.structure import structure_findings
from plazo.sla.policy import Policy, Text

__all__ = ["MAX_BYTES", "PolicyError", "Problem", "json_schema", "load_policy", "read_policy"]

_UNREADABLE: Final[Mapping[type[OSError], Text]] = {
    FileNotFoundError: say("No se puede leer: no existe.", "It cannot be read: it does not exist."),
    IsADirectoryError: say("No se puede leer: es una carpeta.", "It cannot be read: it is a folder."),
    PermissionError: say(
        "No se puede leer: falta el permiso.", "It cannot be read: the permission to do so is missing."
    ),
}


def load_policy(path: FilePath | str) -> Policy:
    """The policy in a file; PolicyError with all its problems when it cannot be used."""
    name = str(path)
    try:
        with open(path, "rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        message = _UNREADABLE.get(type(error)) or say("No se puede leer.", "It cannot be read.")
        mend = say("Indique un archivo de acuerdo que se pueda leer.", "Name a policy file that can be read.")
        raise PolicyError([Problem(name, 0, 0, "", message, mend)]) from error
    return read_policy(raw, name=name)


def read_policy(text: str | bytes, *, name: str) -> Policy:
    """The policy in a text, such as an upload; `name` stands for the file in the problems of PolicyError."""
    try:
        source = read_source(text)
    except SourceError as error:
        finding, (line, column) = error.finding, error.place
        field = field_name(finding.path)
        raise PolicyError([Problem(name, line, column, field, finding.message, finding.mend)]) from error
    try:
        policy = Policy.model_validate(source.data, context=FROM_FILE)
    except ValidationError as error:
        findings = structure_findings(error, source.data)
        raise PolicyError(_problem(found, source, name) for found in findings) from error
    problems = [_problem(found, source, name) for found in broken_rules(policy)]
    if problems:
        raise PolicyError(problems)
    return policy


def _problem(finding: Finding, source: Source, name: str) -> Problem:
    line, column = source.place(finding.path)
    return Problem(name, line, column, field_name(finding.path), finding.message, finding.mend)
