"""What was agreed: hours, terms, catalogue, the published page and the signed document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import FileResponse, Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from plazo.contracts.calendars import calendars_for, named_days_off
from plazo.contracts.models import Contract, ContractVersion
from plazo.contracts.queries import contracts_of, is_in_force, last_day
from plazo.contracts.terms import Terms, terms_of
from plazo.kit import clock
from plazo.kit.files import open_stored
from plazo.people.access import MemberRequest, allow
from plazo.sla.policy import METRICS
from plazo.sla.publishing.wording import hours_text
from plazo.web import labels, moments
from plazo.web.agreement import agreement_html
from plazo.web.portal.calculator import Calculation, calculation


@dataclass(frozen=True, slots=True)
class TermRow:
    """The terms of one priority, in counted seconds; None where the agreement gives none."""

    priority: labels.PriorityMark
    response: int | None
    resolution: int | None


@dataclass(frozen=True, slots=True)
class Group:
    """The kinds of one priority."""

    priority: labels.PriorityMark
    kinds: tuple[dict[str, str], ...]


@dataclass(frozen=True, slots=True)
class ContractView:
    """A contract as its client reads it; `version` is the one in force, else the last.

    ends_on  the last day the contract covers from `version` on; None: until further notice
    """

    contract: Contract
    version: ContractVersion
    ends_on: date | None
    in_force: bool
    terms: Terms
    window: str
    level: str
    hours: tuple[str, ...]
    rows: tuple[TermRow, ...]
    groups: tuple[Group, ...]
    services: tuple[str, ...]
    days_off: tuple[tuple[Any, str], ...]
    longest_week: str
    calculation: Calculation | None


@allow("contact")
@require_safe
def show(request: MemberRequest) -> HttpResponse:
    companies = [
        {
            "organization": each.organization,
            "contracts": [
                contract_view(contract, request.GET) for contract in contracts_of(each.organization_id)
            ],
        }
        for each in request.memberships
    ]
    return render(request, "portal/contract.html", {"companies": companies})


@allow("contact")
@require_safe
def policy(request: MemberRequest, version_id: int) -> HttpResponse:
    """The agreement as published."""
    policy = terms_of(_version(request, version_id).pk).policy
    return render(request, "portal/policy.html", {"body": agreement_html(policy), "policy": policy})


@allow("contact")
@require_safe
def document(request: MemberRequest, version_id: int) -> FileResponse:
    """The signed document, as it was uploaded."""
    signed = _version(request, version_id).policy_version
    try:
        file = open_stored(signed.document_stored_name)
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(
        file, as_attachment=True, filename=signed.document_name, content_type="application/octet-stream"
    )


def contract_view(contract: Contract, asked: QueryDict) -> ContractView:
    """A contract with what its version in force says, else its last; `asked` is for the calculator."""
    now = clock.now()
    versions = sorted(contract.versions.all(), key=lambda each: (each.starts_at, each.number))
    current = [each for each in versions if is_in_force(each, now)]
    version = (current or versions)[-1]
    terms = terms_of(version.pk)
    return ContractView(
        contract=contract,
        version=version,
        ends_on=last_day(version, versions),
        in_force=bool(current),
        terms=terms,
        window=labels.said(terms.policy.windows[terms.window].title),
        level=labels.said(terms.policy.levels[terms.level].title),
        hours=tuple(
            hours_text(each, moments.language()) for each in terms.policy.windows[terms.window].hours
        ),
        rows=tuple(_rows(terms)),
        groups=tuple(_groups(terms)),
        services=tuple(labels.service_title(terms.policy, code) for code in version.services),
        days_off=_days_off_ahead(terms),
        longest_week=_longer_than_a_week(terms),
        calculation=calculation(version, asked) if current else None,
    )


def _rows(terms: Terms) -> list[TermRow]:
    rows = []
    for code in terms.policy.priorities:
        seconds = {metric: terms.commitment.terms[metric, code].seconds for metric in METRICS}
        rows.append(
            TermRow(labels.priority_mark(terms.policy, code), seconds["response"], seconds["resolution"])
        )
    return rows


def _groups(terms: Terms) -> list[Group]:
    return [
        Group(
            labels.priority_mark(terms.policy, code),
            tuple(
                {"title": labels.said(kind.title), "description": labels.said(kind.description)}
                for kind in terms.policy.kinds
                if kind.priority == code
            ),
        )
        for code in terms.policy.priorities
    ]


def _days_off_ahead(terms: Terms) -> tuple[tuple[Any, str], ...]:
    today = clock.now().astimezone(moments.reader_zone()).date()
    if not terms.scopes:
        return ()
    ahead = ((day, known.name) for day, known in named_days_off(terms).items() if day >= today)
    return tuple(sorted(ahead)[:8])


def _longer_than_a_week(terms: Terms) -> str:
    """The longest term, where it is more than the week has hours: people take 48 h for two days."""
    longest = max((term.seconds or 0 for term in terms.commitment.terms.values()), default=0)
    calendar = calendars_for([terms.contract_version_id])[terms.calendar_key].as_known_at(0)
    week = sum(_seconds(opens, closes) for _, opens, closes in calendar.windows)
    return moments.duration(longest) if longest > week else ""


def _seconds(opens: str, closes: str) -> int:
    start, end = (int(text[:2]) * 3_600 + int(text[3:5]) * 60 for text in (opens, closes))
    return end - start if end > start else end - start + 86_400


def _version(request: MemberRequest, version_id: int) -> ContractVersion:
    for each in request.memberships:
        for contract in contracts_of(each.organization_id):
            for version in contract.versions.all():
                if version.pk == version_id:
                    return version
    raise Http404
