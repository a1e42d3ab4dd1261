"""What is owed: levels, priorities, and the terms of each cell."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from plazo.sla.fields import Code, DurationText, TermLength, Whole, Words
from plazo.sla.policy.base import Assumable, Part, Text


class Level(Assumable):
    """A service level (Premium, Basic). The best comes first in the file."""

    title: Text


class Priority(Assumable):
    """A priority. The most urgent comes first in the file."""

    title: Text


def _cell(value: object) -> object:
    return {"term": value} if isinstance(value, str | int) else value


class TermCell(Assumable):
    """One term of a table, or none; with a reason where it may break the order of the table.

    A file writes the duration alone (or none) where there is no more to say.
    """

    term: TermLength
    accept: Words | None = Field(default=None, description="Why this cell may break the order of the table")


Cell = Annotated[
    TermCell, BeforeValidator(_cell, json_schema_input_type=DurationText | Literal["none"] | TermCell)
]


class Target(Assumable):
    """A metric's terms: a table by priority and level, or a factor of another metric's table."""

    title: Text
    clause: Text
    terms: dict[Code, dict[Code, Cell]] | None = None
    factor: Whole | None = None
    of: Literal["response"] | None = None
    without_term: Literal["none"] | None = Field(
        default=None, description="Acknowledges that a factor of a cell without term gives no term"
    )


class Targets(Part):
    """Both metrics of the desk."""

    response: Target
    resolution: Target


class Unclassified(Assumable):
    """The priority a ticket runs under until somebody says what kind it is."""

    priority: Code
