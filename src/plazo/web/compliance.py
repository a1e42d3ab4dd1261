"""The figures of a month on a page or in a file, for whoever may see those clients."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from plazo.kit import clock
from plazo.people.models import Person
from plazo.people.queries import organization_names
from plazo.reports import compliance
from plazo.reports.compliance import Line
from plazo.reports.csvfile import compliance_csv
from plazo.sla.wording import say_month
from plazo.tickets.models import TicketClock
from plazo.web import labels, moments

_MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])", re.ASCII)
PAGE = 50


@dataclass(frozen=True, slots=True)
class Figures:
    """A line of the table in words."""

    line: Line
    metric: str
    percent: str
    adjusted: str
    overrun: str


@dataclass(frozen=True, slots=True)
class Missed:
    """A missed term in the list behind a figure."""

    clock: TicketClock
    metric: str


def figures(request: HttpRequest, template: str, organizations: Sequence[int] | None) -> HttpResponse:
    """The table of a month; `organizations` None stands for all clients."""
    months = compliance.months(organizations)
    month = chosen_month(request, months)
    lines = compliance.lines(month, organizations=organizations)
    several = len({line.organization_id for line in lines}) > 1
    totals = compliance.totals(lines, month=month, label=_("Todos los clientes")) if several else []
    context = {
        "month": month,
        "month_words": month_words(month),
        "months": [(each, month_words(each)) for each in sorted({*months, month}, reverse=True)],
        "figures": [_figures(line) for line in lines],
        "totals": [_figures(line) for line in totals],
    }
    return render(request, template, context)


def figures_file(request: HttpRequest, organizations: Sequence[int] | None) -> HttpResponse:
    """The same table as CSV."""
    month = chosen_month(request, compliance.months(organizations, limit=1))
    content = compliance_csv(compliance.lines(month, organizations=organizations), moments.language())
    name = _("cumplimiento")
    return HttpResponse(
        content,
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}-{month}.csv"',
            "Cache-Control": "private, no-store",
        },
    )


def missed(
    request: HttpRequest, template: str, person: Person, organizations: Sequence[int] | None
) -> HttpResponse:
    """The terms that a client's figure of a month counts as missed, each leading to its ticket."""
    month = chosen_month(request, [])
    organization_id = whole_number(request.GET.get("cliente", ""))
    names = organization_names([organization_id])
    if not names or (organizations is not None and organization_id not in organizations):
        raise Http404
    after = whole_number(request.GET.get("desde", "0"))
    clocks = compliance.missed(month, organization_id, person, after=after, limit=PAGE + 1)
    here = f"?mes={month}&cliente={organization_id}"
    context: dict[str, Any] = {
        "name": names[organization_id],
        "month": month,
        "month_words": month_words(month),
        "missed": [_missed(each) for each in clocks[:PAGE]],
        "pages": {
            "newer": here if after else "",
            "older": f"{here}&desde={clocks[PAGE - 1].pk}" if len(clocks) > PAGE else "",
        },
    }
    return render(request, template, context)


def chosen_month(request: HttpRequest, months: Sequence[str]) -> str:
    """The month asked for, else the newest with figures, else this one."""
    month = request.GET.get("mes", "")
    if not month:
        today = clock.now().astimezone(ZoneInfo(settings.TIME_ZONE))
        return months[0] if months else today.strftime("%Y-%m")
    if not _MONTH.fullmatch(month):
        raise Http404
    return month


def whole_number(text: str) -> int:
    """A number as addresses carry it; Http404 for anything else."""
    if not text.isascii() or not text.isdecimal() or len(text) > 18:
        raise Http404
    return int(text)


def month_words(month: str) -> str:
    """As "noviembre de 2026"."""
    return say_month(date(int(month[:4]), int(month[5:]), 1), moments.language())


def percent_words(percent: Decimal | None) -> str:
    """As "98,5 %" or, in English, "98.5 %"."""
    if percent is None:
        return "–"
    number = str(percent).removesuffix(".0")
    return f"{number if moments.language().startswith('en') else number.replace('.', ',')} %"


def _figures(line: Line) -> Figures:
    return Figures(
        line=line,
        metric=labels.label(labels.METRICS, line.metric),
        percent=percent_words(line.percent),
        adjusted=percent_words(line.adjusted_percent),
        overrun=moments.duration(line.overrun) if line.overrun else "–",
    )


def _missed(each: TicketClock) -> Missed:
    return Missed(each, labels.label(labels.METRICS, each.metric))
