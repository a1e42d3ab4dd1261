"""Terms kept and missed, by client and month, read from the index of clocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum

from plazo.kit.text import fold
from plazo.people.models import Person
from plazo.people.queries import organization_names
from plazo.sla import timeline as codes
from plazo.sla.compliance import percent_kept
from plazo.sla.policy import METRICS
from plazo.tickets.access import visible_to
from plazo.tickets.models import TicketClock

_METRICS: tuple[str, ...] = METRICS


@dataclass(frozen=True, slots=True)
class Line:
    """One metric of one client in one month. Durations are counted seconds.

    missed    all misses; `waived` of them two people agreed not to count
    reopened  how often a solution turned out to be none, on the tickets solved in the end (resolution only)
    """

    organization_id: int
    organization: str
    month: str
    metric: str
    met: int
    missed: int
    waived: int
    canned: int
    overrun: int
    reopened: int = 0

    @property
    def finished(self) -> int:
        """All verdicts."""
        return self.met + self.missed

    @property
    def percent(self) -> Decimal | None:
        """Kept of all; None where there was nothing to keep."""
        return percent_kept(self.met, self.finished)

    @property
    def adjusted_percent(self) -> Decimal | None:
        """The same without the waived misses."""
        return percent_kept(self.met, self.finished - self.waived)


def months(organizations: Sequence[int] | None = None, *, limit: int = 24) -> list[str]:
    """The months with verdicts, newest first: found by a few seeks in the index, not by a scan."""
    found: list[str] = []
    clocks = _clocks(organizations).filter(verdict_month__gt="").order_by("-verdict_month")
    newest = clocks.values_list("verdict_month", flat=True).first()
    while newest and len(found) < limit:
        found.append(newest)
        earlier = clocks.filter(verdict_month__lt=newest)
        newest = earlier.values_list("verdict_month", flat=True).first()
    return found


def lines(*months: str, organizations: Sequence[int] | None = None) -> list[Line]:
    """The figures of some months by month, client and metric; of all clients unless some are named."""
    clocks = _clocks(organizations).filter(verdict_month__in=months)
    rows = list(
        clocks.values("verdict_month", "organization_id", "metric").annotate(
            kept=Count("id", filter=Q(state="met")),
            misses=Count("id", filter=Q(state="missed")),
            excused=Count("id", filter=Q(state="missed", waived=True)),
            canned_answers=Count("id", filter=Q(canned=True)),
            time_over=Sum("overrun", default=0),
        )
    )
    names = organization_names({row["organization_id"] for row in rows})
    reopened = _reopened(clocks)
    result = [
        Line(
            organization_id=row["organization_id"],
            organization=names[row["organization_id"]],
            month=row["verdict_month"],
            metric=row["metric"],
            met=row["kept"],
            missed=row["misses"],
            waived=row["excused"],
            canned=row["canned_answers"],
            overrun=row["time_over"],
            reopened=reopened.get((row["verdict_month"], row["organization_id"], row["metric"]), 0),
        )
        for row in rows
    ]
    return sorted(result, key=_place)


def missed(
    month: str, organization_id: int, person: Person, *, after: int = 0, limit: int = 50
) -> list[TicketClock]:
    """The clocks of a client missed in a month, on tickets that the person sees; by clock beyond `after`."""
    return list(
        _clocks([organization_id])
        .filter(verdict_month=month, state="missed", pk__gt=after, ticket__in=visible_to(person))
        .select_related("ticket__requester")
        .order_by("pk")[:limit]
    )


def missed_since(at: datetime) -> QuerySet[TicketClock]:
    """The clocks missed since an instant; a day or two, as all of its months are looked through."""
    earliest = (at - timedelta(days=1)).strftime("%Y-%m")  # the month of any zone
    return TicketClock.objects.filter(verdict_month__gte=earliest, state="missed", missed_at__gte=at)


def totals(found: Sequence[Line], *, month: str, label: str) -> list[Line]:
    """All clients together, one line for each metric."""
    return [
        Line(
            organization_id=0,
            organization=label,
            month=month,
            metric=metric,
            met=sum(line.met for line in of_metric),
            missed=sum(line.missed for line in of_metric),
            waived=sum(line.waived for line in of_metric),
            canned=sum(line.canned for line in of_metric),
            overrun=sum(line.overrun for line in of_metric),
            reopened=sum(line.reopened for line in of_metric),
        )
        for metric in METRICS
        if (of_metric := [line for line in found if line.metric == metric])
    ]


def _reopened(clocks: QuerySet[TicketClock]) -> dict[tuple[str, int, str], int]:
    """False solutions by month, client and metric: every reopening on record undid one."""
    rows = (
        clocks.filter(metric="resolution", ticket__events__code=codes.REOPENED)
        .values_list("verdict_month", "organization_id", "metric")
        .annotate(times=Count("ticket__events"))
    )
    return {(month, organization, metric): times for month, organization, metric, times in rows}


def _clocks(organizations: Sequence[int] | None) -> QuerySet[TicketClock]:
    clocks = TicketClock.objects.all()
    return clocks if organizations is None else clocks.filter(organization_id__in=organizations)


def _place(line: Line) -> tuple[str, str, int, int]:
    return line.month, fold(line.organization), line.organization_id, _METRICS.index(line.metric)
