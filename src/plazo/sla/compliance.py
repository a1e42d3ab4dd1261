"""Compliance figures from finished clocks: kept, missed and waived, by client and month."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_DOWN, Decimal
from itertools import groupby
from operator import attrgetter
from typing import Any, Literal

from plazo.sla import timeline as codes
from plazo.sla.calendars.zones import zone_named
from plazo.sla.clock import Assessment, Clock, ClockState
from plazo.sla.policy import METRICS, Metric
from plazo.sla.timeline import Event

_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one finished clock ended. Durations are counted seconds.

    ticket, organization  keys of the caller
    at                    instant the verdict dates from: the miss, else the stop
    waived                a miss that two people agreed not to count; it stays a miss
    canned                the answer was a canned text
    false_solutions       how often the ticket was said to be resolved and was not (resolution only)
    """

    ticket: Hashable
    organization: Any
    metric: Metric
    at: datetime
    met: bool
    waived: bool
    canned: bool
    overrun: int
    provider: int
    client: int
    third_party: int
    false_solutions: int

    def month(self, zone: str) -> date:
        """First day of the month the verdict belongs to on the wall clock of `zone`."""
        return self.at.astimezone(zone_named(zone).tzinfo).date().replace(day=1)


@dataclass(frozen=True, slots=True)
class Figures:
    """The verdicts of one metric summed up. Durations are counted seconds.

    organization, month  None in a sum over several
    missed               all misses; `waived` of them are not counted in the adjusted percentage
    """

    organization: Any
    month: date | None
    metric: Metric
    met: int
    missed: int
    waived: int
    canned: int
    false_solutions: int
    overrun: int
    provider: int
    client: int
    third_party: int

    @property
    def finished(self) -> int:
        """All verdicts."""
        return self.met + self.missed

    @property
    def percent(self) -> Decimal | None:
        """Kept of all verdicts, as `percent_kept` says."""
        return percent_kept(self.met, self.finished)

    @property
    def adjusted_percent(self) -> Decimal | None:
        """The same without the waived misses."""
        return percent_kept(self.met, self.finished - self.waived)


@dataclass(frozen=True, slots=True)
class Correction:
    """A reported verdict that no longer stands as reported; `current` is None while the clock runs again."""

    reported: Verdict
    current: Verdict | None

    @property
    def kind(self) -> Literal["withdrawn", "changed"]:
        """Whether the clock has no verdict any more, or another one."""
        return "withdrawn" if self.current is None else "changed"


def verdicts(
    assessment: Assessment, events: Sequence[Event], *, ticket: Hashable, organization: Any
) -> tuple[Verdict, ...]:
    """The verdicts of a ticket's finished clocks, from its assessment and the events that was made from."""
    waived = waived_metrics(events, assessment.now)
    return tuple(
        _verdict(clock, assessment, ticket=ticket, organization=organization, waived=clock.metric in waived)
        for clock in assessment.clocks.values()
        if clock.state in (ClockState.MET, ClockState.MISSED)
    )


def waived_metrics(events: Iterable[Event], now: datetime) -> frozenset[str]:
    """The metrics with an approved waiver by `now`; the last decision on a request counts."""
    decisions: dict[Any, tuple[str, bool]] = {}
    known = (event for event in events if event.code == codes.WAIVED and event.recorded_at <= now)
    for event in sorted(known, key=lambda event: (event.recorded_at, event.seq)):
        decisions[event.data["request"]] = (event.data["metric"], event.data["approved"])
    return frozenset(metric for metric, approved in decisions.values() if approved)


def figures(found: Iterable[Verdict], zone: str) -> tuple[Figures, ...]:
    """Figures by organization, month of the verdict in `zone` and metric, in that order."""

    def key(verdict: Verdict) -> tuple[str, date, int]:
        return str(verdict.organization), verdict.month(zone), METRICS.index(verdict.metric)

    groups = (list(group) for _, group in groupby(sorted(found, key=key), key=key))
    return tuple(
        _sum(group, group[0].metric, organization=group[0].organization, month=group[0].month(zone))
        for group in groups
    )


def totals(found: Iterable[Verdict]) -> tuple[Figures, ...]:
    """Figures of all given verdicts together, one for each metric that has any."""
    ordered = sorted(found, key=lambda verdict: METRICS.index(verdict.metric))
    return tuple(_sum(list(group), metric) for metric, group in groupby(ordered, key=attrgetter("metric")))


def corrections(reported: Iterable[Verdict], current: Iterable[Verdict]) -> tuple[Correction, ...]:
    """What has to be corrected in a month already reported.

    reported  the verdicts as they stood when the month was reported
    current   those of the same tickets as they stand now
    A report of a past month is not rewritten: these stand in the report of the month that finds them.
    """
    now = {(verdict.ticket, verdict.metric): verdict for verdict in current}
    pairs = ((verdict, now.get((verdict.ticket, verdict.metric))) for verdict in reported)
    return tuple(
        Correction(before, after) for before, after in pairs if _judgement(before) != _judgement(after)
    )


def _judgement(verdict: Verdict | None) -> tuple[Any, ...] | None:
    return None if verdict is None else (verdict.at, verdict.met, verdict.waived)


def _verdict(
    clock: Clock, assessment: Assessment, *, ticket: Hashable, organization: Any, waived: bool
) -> Verdict:
    met = clock.state is ClockState.MET
    at = clock.verdict_at
    if at is None:
        raise ValueError("a finished clock has an instant of its verdict")
    return Verdict(
        ticket=ticket,
        organization=organization,
        metric=clock.metric,
        at=at,
        met=met,
        waived=waived and not met,
        canned=clock.canned,
        overrun=clock.overrun,
        provider=clock.held["provider"],
        client=clock.held["client"],
        third_party=clock.held["third_party"],
        false_solutions=len(assessment.false_solutions) if clock.metric == "resolution" else 0,
    )


def _sum(
    group: Sequence[Verdict], metric: Metric, *, organization: Any = None, month: date | None = None
) -> Figures:
    return Figures(
        organization=organization,
        month=month,
        metric=metric,
        met=sum(verdict.met for verdict in group),
        missed=sum(not verdict.met for verdict in group),
        waived=sum(verdict.waived for verdict in group),
        canned=sum(verdict.canned for verdict in group),
        false_solutions=sum(verdict.false_solutions for verdict in group),
        overrun=sum(verdict.overrun for verdict in group),
        provider=sum(verdict.provider for verdict in group),
        client=sum(verdict.client for verdict in group),
        third_party=sum(verdict.third_party for verdict in group),
    )


def percent_kept(part: int, whole: int) -> Decimal | None:
    """`part` of `whole` in percent, rounded down to a tenth: only all of it reads 100. None of nothing."""
    return None if whole == 0 else (Decimal(100 * part) / whole).quantize(_TENTH, ROUND_DOWN)
