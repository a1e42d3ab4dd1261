"""Terms kept and missed, by client and month, read from the index of clocks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, Sum

from plazo.people.models import Organization
from plazo.sla.compliance import percent_kept
from plazo.sla.policy import METRICS
from plazo.tickets.models import TicketClock


@dataclass(frozen=True, slots=True)
class Line:
    """One metric of one client in one month. Durations are counted seconds.

    missed  all misses; `waived` of them two people agreed not to count
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


def months(limit: int = 24) -> list[str]:
    """The months with verdicts, newest first: found by a few seeks in the index, not by a scan."""
    found: list[str] = []
    clocks = TicketClock.objects.filter(verdict_month__gt="").order_by("-verdict_month")
    newest = clocks.values_list("verdict_month", flat=True).first()
    while newest and len(found) < limit:
        found.append(newest)
        earlier = clocks.filter(verdict_month__lt=newest)
        newest = earlier.values_list("verdict_month", flat=True).first()
    return found


def lines(month: str, organizations: Iterable[int] | None = None) -> list[Line]:
    """The figures of a month by client and metric; of all clients unless some are named."""
    clocks = TicketClock.objects.filter(verdict_month=month)
    if organizations is not None:
        clocks = clocks.filter(organization_id__in=organizations)
    rows = clocks.values("organization_id", "metric").annotate(
        met=Count("id", filter=Q(state="met")),
        missed=Count("id", filter=Q(state="missed")),
        waived=Count("id", filter=Q(state="missed", waived=True)),
        canned=Count("id", filter=Q(canned=True)),
        overrun=Sum("overrun", default=0),
    )
    found = list(rows)
    names = dict(
        Organization.objects.filter(pk__in={row["organization_id"] for row in found}).values_list(
            "id", "name"
        )
    )
    result = [Line(organization=names[row["organization_id"]], month=month, **row) for row in found]
    return sorted(
        result, key=lambda line: (line.organization, line.organization_id, METRICS.index(line.metric))
    )


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
        )
        for metric in METRICS
        if (of_metric := [line for line in found if line.metric == metric])
    ]
