"""The client's first page: what waits for the reader, what is promised, what to confirm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from plazo.contracts.calendars import calendars_for, named_days_off
from plazo.contracts.queries import versions_in_force
from plazo.contracts.terms import terms_of
from plazo.intake.holding import not_tickets
from plazo.kit import clock
from plazo.people.access import allow
from plazo.people.models import Organization, Person
from plazo.people.queries import memberships_of
from plazo.sla import BusinessCalendar
from plazo.sla.calendars import OutsideHorizon
from plazo.tickets import queries
from plazo.web import labels
from plazo.web.portal.whom import not_authorised_words
from plazo.web.rows import Row, rows_of

LONGEST_LIST = 20
_DAYS_AHEAD = 10


@dataclass(frozen=True, slots=True)
class Desk:
    """Whether the desk counts time now under a contract, and until or from when.

    clients  whose contracts have that window
    """

    window: str
    clients: list[str]
    is_open: bool
    changes_at: datetime | None
    days_off: Sequence[tuple[date, str]]


@allow("signed_in")
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    person = cast(Person, request.user)
    if person.is_desk:
        return redirect("desk-queue")
    memberships = memberships_of(person)
    tickets = [
        *queries.in_view(person, "all").select_related("organization", "requester", "assignee")[
            : 2 * LONGEST_LIST
        ]
    ]
    resolved = queries.tickets_of(person).filter(state="resolved")[:LONGEST_LIST]
    rows = rows_of([*tickets, *(each for each in resolved if each not in tickets)])
    return render(
        request,
        "portal/home.html",
        {
            "memberships": memberships,
            "several": len(memberships) > 1,
            "waiting": _with_state(rows, "paused", waiting_for="client"),
            "promised": [row for row in rows if row.ticket.state in ("open", "paused") and not _waits(row)],
            "resolved": _with_state(rows, "resolved"),
            "not_tickets": not_tickets(person)[:LONGEST_LIST],
            "desks": _desks([each.organization for each in memberships]),
            "not_authorised": ""
            if any(each.may_report for each in memberships) or not memberships
            else not_authorised_words(memberships[0]),
        },
    )


def _waits(row: Row) -> bool:
    return row.ticket.state == "paused" and row.ticket.waiting_for == "client"


def _with_state(rows: Sequence[Row], state: str, *, waiting_for: str | None = None) -> list[Row]:
    return [
        row
        for row in rows
        if row.ticket.state == state and (waiting_for is None or row.ticket.waiting_for == waiting_for)
    ]


def _desks(organizations: Sequence[Organization]) -> list[Desk]:
    """One line for each service window that the reader's contracts have."""
    now = clock.now()
    found = [(each.name, version) for each in organizations for version in versions_in_force(each.pk, now)]
    calendars = calendars_for([version.pk for _name, version in found])
    desks: dict[str, Desk] = {}
    for name, version in found:
        terms = terms_of(version.pk)
        if terms.calendar_key in desks:
            if name not in desks[terms.calendar_key].clients:
                desks[terms.calendar_key].clients.append(name)
            continue
        calendar = calendars[terms.calendar_key].as_known_at(int(now.timestamp()))
        is_open = calendar.is_open(now)
        today = now.astimezone(calendar.next_open(now).tzinfo).date()
        ahead = named_days_off(terms).items()
        desks[terms.calendar_key] = Desk(
            window=labels.said(terms.policy.windows[terms.window].title),
            clients=[name],
            is_open=is_open,
            changes_at=_change(calendar, now),
            days_off=sorted(
                (day, known.name)
                for day, known in ahead
                if today <= day <= today + timedelta(days=_DAYS_AHEAD)
            ),
        )
    return list(desks.values())


def _change(calendar: BusinessCalendar, now: datetime) -> datetime | None:
    """When the desk closes, or opens; None for one that never closes."""
    try:
        return calendar.next_close(now) if calendar.is_open(now) else calendar.next_open(now)
    except OutsideHorizon:
        return None
