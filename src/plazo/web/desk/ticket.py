"""The desk's page of a ticket: the conversation, both terms and why, and every act."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from plazo.contracts.models import ContractVersion
from plazo.contracts.queries import versions_in_force
from plazo.people.access import allow
from plazo.people.models import Person
from plazo.people.queries import desk_people
from plazo.tickets import clocks as ticket_clocks
from plazo.tickets import queries
from plazo.tickets.clocks import Reading
from plazo.tickets.models import Ticket
from plazo.web import history, labels, terms
from plazo.web.desk import forms as acts
from plazo.web.rows import priority_of, rows_of

OTHERS = 5


@allow("desk")
@require_safe
def show(request: HttpRequest, number: int) -> HttpResponse:
    return page(request, found(request, number))


@allow("desk")
@require_safe
def clocks(request: HttpRequest, number: int) -> HttpResponse:
    """Only the two boxes, for the refresh each minute."""
    ticket = found(request, number)
    lines = terms.term_lines(ticket_clocks.read(ticket).assessment)
    return render(
        request, "partials/clocks.html", {"lines": lines.values(), "ticket": ticket, "url": request.path}
    )


def found(request: HttpRequest, number: int) -> Ticket:
    """The ticket if its reader may see it."""
    try:
        return queries.find(cast(Person, request.user), number)
    except Ticket.DoesNotExist:
        raise Http404 from None


def act_form(
    name: str, ticket: Ticket, reading: Reading, data: Any = None, files: Any = None
) -> forms.Form | None:
    """The form of an act, filled with `data` when there is any; None where the ticket does not allow it."""
    policy = reading.terms.policy if reading.terms else None
    seen = {"seen": ticket.length}
    own: dict[str, Any] = {"auto_id": f"id_{name}_%s"}
    simple: Mapping[str, type[acts.ActForm]] = {
        "reply": acts.ReplyForm,
        "note": acts.NoteForm,
        "call": acts.CallForm,
        "promise": acts.PromiseForm,
        "reopen": acts.TextForm,
        "act": acts.ActForm,
    }
    if name in simple:
        return simple[name](data, files, initial=seen, **own)
    if name == "assign":
        return acts.AssignForm(data, initial=seen | {"to": ticket.assignee_id}, people=desk_people(), **own)
    if name == "rebind":
        return acts.RebindForm(data, initial=seen, versions=_versions(ticket), **own)
    if name == "waiver":
        return acts.WaiverForm(data, initial=seen, assessment=reading.assessment, **own)
    if policy is None:
        return None
    if name == "classify":
        initial = seen | {"kind": reading.assessment.kind or ""}
        return acts.ClassifyForm(data, initial=initial, policy=policy, **own)
    if name == "pause":
        return acts.PauseForm(data, initial=seen, policy=policy, **own)
    raise KeyError(name)


FORMS = (
    "reply",
    "note",
    "call",
    "classify",
    "promise",
    "pause",
    "assign",
    "reopen",
    "rebind",
    "waiver",
    "act",
)


def page(
    request: HttpRequest,
    ticket: Ticket,
    *,
    refused: tuple[str, forms.Form] | None = None,
    since: int | None = None,
    status: int = 200,
) -> HttpResponse:
    """The whole page. `refused` is a form to be shown as it was filled in; `since` marks what is new."""
    person = cast(Person, request.user)
    reading = ticket_clocks.read(ticket)
    assessment = reading.assessment
    entries = queries.history(ticket, person)
    view = terms.terms_view(reading)
    forms_by_name = {name: act_form(name, ticket, reading) for name in FORMS}
    if refused is not None:
        forms_by_name[refused[0]] = refused[1]
    context: dict[str, Any] = {
        "ticket": ticket,
        "reading": reading,
        "assessment": assessment,
        "contract": reading.terms,
        "window": labels.said(reading.terms.policy.windows[reading.terms.window].title)
        if reading.terms
        else "",
        "level": labels.said(reading.terms.policy.levels[reading.terms.level].title) if reading.terms else "",
        "priority": priority_of(reading),
        "kind": labels.kind_title(reading.terms.policy, assessment.kind or "") if reading.terms else "",
        "service": labels.service_title(reading.terms.policy, ticket.service)
        if reading.terms
        else ticket.service,
        "view": view,
        "lines": [term.line for term in view.terms],
        "messages_shown": [entry for entry in entries if entry.message],
        "history": history.lines(entries, reading.terms),
        "forms": forms_by_name,
        "refused": refused[0] if refused else "",
        "since": since,
        "missed": [metric for metric, clock in assessment.clocks.items() if clock.missed_at],
        "others": _others(person, ticket),
    }
    return render(request, "desk/ticket.html", context, status=status)


def _others(person: Person, ticket: Ticket) -> list[Any]:
    """Other open tickets of the same client."""
    rows = queries.in_view(person, "all").filter(organization_id=ticket.organization_id).exclude(pk=ticket.pk)
    return rows_of(list(rows.select_related("organization", "requester", "assignee")[:OTHERS]))


def _versions(ticket: Ticket) -> list[ContractVersion]:
    """The contracts of the client in force at the ticket's start, but for the one that rules already."""
    found = versions_in_force(ticket.organization_id, ticket.opened_at)
    return [version for version in found if version.pk != ticket.contract_version_id]
