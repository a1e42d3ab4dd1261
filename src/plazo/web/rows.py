"""Tickets as lists show them; the number of queries does not depend on how many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from plazo.sla.clock import Assessment
from plazo.tickets import clocks
from plazo.tickets.models import Ticket
from plazo.web import labels, terms


@dataclass(frozen=True, slots=True)
class Row:
    """A ticket in a list: its mark, its priority, the term that matters most now, and both."""

    ticket: Ticket
    assessment: Assessment
    priority: labels.PriorityMark
    kind: str
    next: terms.TermLine
    lines: dict[str, terms.TermLine]


def rows_of(tickets: Sequence[Ticket]) -> list[Row]:
    """In the order given."""
    readings = clocks.read_many(tickets)
    return [_row(ticket, readings[ticket.pk]) for ticket in tickets]


def _row(ticket: Ticket, reading: clocks.Reading) -> Row:
    assessment = reading.assessment
    return Row(
        ticket=ticket,
        assessment=assessment,
        priority=priority_of(reading),
        kind=labels.kind_title(reading.terms.policy, assessment.kind)
        if reading.terms and assessment.kind
        else "",
        next=terms.next_line(assessment),
        lines=terms.term_lines(assessment),
    )


def priority_of(reading: clocks.Reading) -> labels.PriorityMark:
    """The priority a ticket runs under; without a contract nothing is owed and none is drawn."""
    assessment = reading.assessment
    if reading.terms is None:
        return labels.PriorityMark("", 0)
    return labels.priority_mark(reading.terms.policy, assessment.priority, classified=assessment.classified)
