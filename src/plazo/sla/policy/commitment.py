"""What a contract owes to a ticket, read from a policy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from plazo.sla.policy.base import Metric, Text
from plazo.sla.policy.handling import EscalationStep, PauseReason


@dataclass(frozen=True, slots=True)
class Term:
    """One promise: so many counted seconds of a calendar for a metric at a priority.

    seconds   counted seconds; None: the agreement gives no term
    calendar  key of the calendar the seconds are counted in
    factor    set where the term is a multiple of the response term
    """

    metric: Metric
    priority: str
    seconds: int | None
    calendar: str
    factor: int | None = None
    clause: Text | None = None
    assumed: Text | None = None


@dataclass(frozen=True, slots=True)
class Commitment:
    """What a contract owes to a ticket: the terms by metric and priority, and the rules around them.

    All durations are seconds. Terms are counted in their calendar; pause, reopening and closing
    periods are running time. `calendars` are the keys of those that the terms name.
    """

    window: str
    level: str
    terms: Mapping[tuple[str, str], Term]
    unclassified: str
    pause_reasons: Mapping[str, PauseReason] = field(default_factory=dict)
    pause_total: int | None = None
    pause_warning: int = 86_400
    escalation: tuple[EscalationStep, ...] = ()
    reopening: int = 5 * 86_400
    closing: int = 5 * 86_400
    closing_warning: int = 86_400
    kind_resolution: Mapping[str, int] = field(default_factory=dict)
    calendars: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        keys = frozenset(term.calendar for term in self.terms.values())
        object.__setattr__(self, "calendars", keys)

    def term(self, metric: Metric, *, priority: str, kind: str | None = None) -> Term:
        """The term of a metric; a kind may carry a shorter resolution than its priority."""
        term = self.terms[metric, priority]
        own = self.kind_resolution.get(kind) if kind and metric == "resolution" else None
        if own is None or (term.seconds is not None and term.seconds <= own):
            return term
        return Term(metric, priority, own, term.calendar, None, term.clause, term.assumed)
