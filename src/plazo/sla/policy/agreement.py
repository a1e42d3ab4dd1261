"""One version of a service agreement, whole."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import Field

from plazo.sla.calendars import BusinessCalendar
from plazo.sla.fields import Code, Day, Whole, Words
from plazo.sla.policy.base import METRICS, Assumable, Metric, Part, Text
from plazo.sla.policy.catalogue import Kind, ServiceArea
from plazo.sla.policy.commitment import Commitment, Term
from plazo.sla.policy.handling import Channels, Closing, Escalation, Pauses, Reopening, Reporters
from plazo.sla.policy.hours import CalendarRule, Counting, Window
from plazo.sla.policy.targets import Level, Priority, Target, Targets, Unclassified


class Provider(Part):
    """Who makes the promise."""

    code: Code
    name: Words
    clause: Text | None = Field(default=None, description="How the provider delivers the service")


class Document(Part):
    """The signed document behind the policy, and which of the two governs."""

    title: Words
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    governs: Literal["document", "policy"] = "document"


class Policy(Assumable):
    """One version of a provider's service agreement."""

    plazo: Literal[1] = Field(description="Version of this file format")
    provider: Provider
    version: Whole
    effective_from: Day
    title: Text
    language: Literal["es", "en"] = "es"
    zone: str = Field(description="IANA place name, never an offset")
    document: Document
    counting: Counting
    calendars: dict[Code, CalendarRule] = Field(default_factory=dict)
    windows: dict[Code, Window] = Field(min_length=1)
    levels: dict[Code, Level] = Field(min_length=1)
    priorities: dict[Code, Priority] = Field(min_length=1)
    targets: Targets
    unclassified: Unclassified
    pauses: Pauses
    escalation: Escalation = Field(default_factory=Escalation)
    reopening: Reopening
    closing: Closing
    reporters: Reporters
    channels: Channels
    services: dict[Code, ServiceArea] = Field(min_length=1)
    kinds: tuple[Kind, ...] = Field(min_length=1)

    def kind(self, code: str) -> Kind:
        """The kind of that code; KeyError when the catalogue has none."""
        for kind in self.kinds:
            if kind.code == code:
                return kind
        raise KeyError(code)

    def seconds(self, metric: Metric, *, priority: str, level: str) -> int | None:
        """The term of one cell in counted seconds; None where the agreement gives no term."""
        target: Target = getattr(self.targets, metric)
        if target.terms is None:
            base = self.seconds("response", priority=priority, level=level)
            return None if base is None or target.factor is None else base * target.factor
        term = target.terms[priority][level].term
        return None if term == "none" else term

    def calendar(
        self, window: str, *, days_off: tuple[date, ...] = (), closings: Any = ()
    ) -> BusinessCalendar:
        """The business calendar of a window, closed on the given days."""
        chosen = self.windows[window]
        if chosen.days_off is None:
            days_off, closings = (), ()
        return BusinessCalendar(chosen.intervals(), self.zone, days_off=days_off, closings=closings)

    def commitment(self, *, window: str, level: str, calendar: str | None = None) -> Commitment:
        """What is owed under a window and a level; KeyError for one that the policy does not have.

        calendar  key of the calendar its terms are counted in; the window's code when not given
        """
        if window not in self.windows or level not in self.levels:
            raise KeyError(f"{window}/{level}")
        key = calendar or window
        terms: dict[tuple[str, str], Term] = {
            (metric, priority): self._term(metric, priority=priority, level=level, calendar=key)
            for metric in METRICS
            for priority in self.priorities
        }
        shorter = {kind.code: kind.resolution for kind in self.kinds if kind.resolution is not None}
        return Commitment(
            window=window,
            level=level,
            terms=terms,
            kind_resolution=shorter,
            unclassified=self.unclassified.priority,
            pause_reasons=self.pauses.reasons,
            pause_total=self.pauses.total_limit,
            pause_warning=self.pauses.warn_before,
            escalation=self.escalation.steps,
            reopening=self.reopening.within,
            closing=self.closing.after,
            closing_warning=self.closing.warn_before,
        )

    def _term(self, metric: Metric, *, priority: str, level: str, calendar: str) -> Term:
        target: Target = getattr(self.targets, metric)
        return Term(
            metric=metric,
            priority=priority,
            seconds=self.seconds(metric, priority=priority, level=level),
            calendar=calendar,
            factor=target.factor,
            clause=target.clause,
            assumed=target.assumed,
        )
