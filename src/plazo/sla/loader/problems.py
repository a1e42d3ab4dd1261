"""What is wrong in a policy file: where it stands and what to write instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from plazo.sla.policy import Text

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault of a policy, by its path in the data: keys and, for lists, places from 0."""

    path: Path
    message: Text
    mend: Text


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault of a policy file.

    file     the name it was read under
    line     from 1; 0 where the fault lies in no line (a file that cannot be read)
    column   from 1; 0 likewise
    field    the field's path, as in `targets.response.terms.high.premium` or `kinds[3].priority`
    message  what is wrong
    mend     what to write instead
    """

    file: str
    line: int
    column: int
    field: str
    message: Text
    mend: Text

    def sentence(self, language: str = "es") -> str:
        """The problem in words: file, line and column, field, what is wrong, what to write instead."""
        line, column = ("line", "column") if language.lower().startswith("en") else ("línea", "columna")
        place = f", {line} {self.line}, {column} {self.column}" if self.line else ""
        field = f", {self.field}" if self.field else ""
        message, mend = self.message.in_language(language), self.mend.in_language(language)
        return f"{self.file}{place}{field}: {message} {mend}"


class PolicyError(ValueError):
    """A policy that cannot be used. `problems` holds all that was found, in the order of the file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: (problem.line, problem.column)))
        super().__init__("\n".join(problem.sentence("en") for problem in self.problems))


def say(es: str, en: str) -> Text:
    """A text in both languages."""
    return Text(es=es, en=en)


def field_name(path: Path) -> str:
    """A path as people write it: `kinds[3].priority`."""
    name = ""
    for step in path:
        name += f"[{step}]" if isinstance(step, int) else f".{step}" if name else step
    return name
