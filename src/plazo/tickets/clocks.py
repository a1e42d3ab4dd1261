"""The clocks of tickets, read from their timelines: what lists, pages, notices and reports all stand on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from plazo.contracts.calendars import calendars_for, named_days_off
from plazo.contracts.models import ContractVersion
from plazo.contracts.terms import Terms, terms_of
from plazo.kit import clock
from plazo.sla import METRICS, Assessment, BusinessCalendar, Commitment, Term, assess
from plazo.sla import clock as engine
from plazo.sla import timeline as codes
from plazo.sla.escalation import Step, steps
from plazo.sla.explain import Explanation, explain
from plazo.sla.policy import Calendar, Metric
from plazo.tickets import queries
from plazo.tickets.models import Ticket
from plazo.tickets.queries import Recorded

ALWAYS: Final = "always"
_AROUND_THE_CLOCK: Final = BusinessCalendar([(day, "00:00", "24:00") for day in range(7)], "UTC")

# A ticket admitted without a contract: nothing is owed, and nothing to classify it by.
NO_CONTRACT: Final = Commitment(
    window="",
    level="",
    terms={(metric, ""): Term(metric, "", None, ALWAYS) for metric in METRICS},
    unclassified="",
)


class Basis(NamedTuple):
    """What a timeline is judged by.

    commitment  of the contract version at the start
    rebound_to  of those it was bound to later, by id
    terms       of the contract version that rules now; None without a contract
    """

    commitment: Commitment
    rebound_to: Mapping[int, Commitment]
    terms: Terms | None
    calendars: Mapping[str, Calendar]


class Reading(NamedTuple):
    """A ticket's timeline, and all that it says at the instant of `assessment.now`."""

    events: Sequence[Recorded]
    basis: Basis
    assessment: Assessment

    @property
    def terms(self) -> Terms | None:
        """Those of the contract that rules now; None without one."""
        return self.basis.terms

    @property
    def calendars(self) -> Mapping[str, Calendar]:
        """By the keys that the terms name."""
        return self.basis.calendars

    @property
    def steps(self) -> tuple[Step, ...]:
        """What the worker has to record, past and to come, in order."""
        return steps(self.assessment, self.events, self.basis.calendars)

    def explain(self, metric: Metric) -> Explanation:
        """Why the term of a metric is what it is."""
        known = named_days_off(self.terms) if self.terms else {}
        assessment = self.assessment
        return explain(assessment.clocks[metric], assessment, self.basis.calendars, days_off=known)


def read(ticket: Ticket, *, now: datetime | None = None) -> Reading:
    """One ticket's clocks, at `now` or at the present."""
    return read_many([ticket], now=now)[ticket.pk]


def read_many(tickets: Iterable[Ticket], *, now: datetime | None = None) -> dict[int, Reading]:
    """The clocks of many tickets by id; the number of queries does not depend on how many."""
    at = now or clock.now()
    timelines = queries.timelines([ticket.pk for ticket in tickets])
    calendars = calendars_named_in(timelines.values())
    return {number: judge(events, calendars, at) for number, events in timelines.items()}


def judge(events: Sequence[Recorded], calendars: Mapping[str, Calendar], at: datetime) -> Reading:
    """A timeline's clocks at an instant, which is never before its last event."""
    basis = basis_of(events, calendars)
    now = max(at, events[-1].recorded_at)
    assessment = assess(events, basis.commitment, calendars, now, rebound_to=basis.rebound_to)
    return Reading(events, basis, assessment)


def classified_as(reading: Reading, *, kind: str | None, priority: str) -> Reading:
    """The clocks if the ticket were classified so now; nothing is written."""
    now, last = reading.assessment.now, reading.events[-1]
    data = {"kind": kind, "priority": priority}
    event = Recorded(codes.CLASSIFIED, now, now, last.seq + 1, data)
    return judge([*reading.events, event], reading.calendars, now)


def basis_of(events: Sequence[Recorded], calendars: Mapping[str, Calendar]) -> Basis:
    """What these events are judged by, as they name it."""
    first, *later = contract_versions(events)
    ruling = later[-1] if later else first
    return Basis(
        commitment=NO_CONTRACT if first is None else terms_of(first).commitment,
        rebound_to={number: terms_of(number).commitment for number in later if number is not None},
        terms=None if ruling is None else terms_of(ruling),
        calendars=calendars,
    )


def contract_versions(events: Sequence[Recorded]) -> list[int | None]:
    """The contract version at the start, then each the ticket was bound to later."""
    bound = [event.data["commitment"] for event in events if event.code == codes.REBOUND]
    return [events[0].data["contract_version"], *bound]


def calendars_named_in(timelines: Iterable[Sequence[Recorded]]) -> dict[str, Calendar]:
    """All calendars that these timelines are judged by; one query once they are in memory."""
    numbers = {number for events in timelines for number in contract_versions(events)}
    found = calendars_for(number for number in numbers if number is not None)
    return {ALWAYS: _AROUND_THE_CLOCK, **found}


def preview(
    contract_version: ContractVersion,
    *,
    priority: str | None = None,
    kind: str | None = None,
    at: datetime | None = None,
) -> Assessment:
    """The promise a report would get at that instant, without writing anything."""
    terms = terms_of(contract_version.pk)
    if kind is not None:
        priority = terms.policy.kind(kind).priority
    return engine.preview(
        terms.commitment,
        calendars_for([contract_version.pk]),
        at=at or clock.now(),
        priority=priority,
        kind=kind,
    )
