"""The client's page of a ticket: both terms and why, the conversation, what the client may do."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from plazo.people.access import MemberRequest, allow
from plazo.people.models import Person
from plazo.tickets import clocks as ticket_clocks
from plazo.tickets import queries
from plazo.tickets.models import Ticket
from plazo.web import history, labels, terms
from plazo.web.rows import priority_of
from plazo.web.tokens import OnceForm
from plazo.web.uploads import FilesField


class ReplyForm(OnceForm):
    body = forms.CharField(
        label=_("Su mensaje"), widget=forms.Textarea(attrs={"rows": 4}), required=False, strip=False
    )
    attachments = FilesField()


class ReasonForm(OnceForm):
    body = forms.CharField(
        label=_("¿Qué sigue fallando?"), widget=forms.Textarea(attrs={"rows": 3}), required=False, strip=False
    )


class DisputeForm(OnceForm):
    what = forms.ChoiceField(
        label=_("Qué objeta"),
        choices=[("priority", _("La prioridad")), ("pause", _("La pausa"))],
        widget=forms.RadioSelect,
    )
    body = forms.CharField(label=_("Por qué"), widget=forms.Textarea(attrs={"rows": 3}), strip=False)


FORMS: dict[str, type[OnceForm]] = {"reply": ReplyForm, "reopen": ReasonForm, "dispute": DisputeForm}


@allow("contact")
@require_safe
def show(request: MemberRequest, number: int) -> HttpResponse:
    return page(request, found(request, number))


@allow("contact")
@require_safe
def clocks(request: MemberRequest, number: int) -> HttpResponse:
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


def page(
    request: HttpRequest, ticket: Ticket, *, refused: dict[str, forms.Form] | None = None, status: int = 200
) -> HttpResponse:
    """The whole page; `refused` holds a form that was refused, to be shown as it was filled in."""
    person = cast(Person, request.user)
    reading = ticket_clocks.read(ticket)
    assessment = reading.assessment
    entries = queries.history(ticket, person)
    view = terms.terms_view(reading)
    context: dict[str, Any] = {
        "ticket": ticket,
        "assessment": assessment,
        "priority": priority_of(reading),
        "kind": labels.kind_title(reading.terms.policy, assessment.kind)
        if reading.terms and assessment.kind
        else "",
        "service": labels.service_title(reading.terms.policy, ticket.service)
        if reading.terms
        else ticket.service,
        "view": view,
        "lines": [term.line for term in view.terms],
        "messages_shown": [entry for entry in entries if entry.message],
        "history": history.lines(entries, reading.terms),
        "is_answered": assessment.clocks["response"].stopped_at is not None,
        "forms": {name: form(auto_id=f"id_{name}_%s") for name, form in FORMS.items()} | (refused or {}),
        "is_refused": bool(refused),
        "disputes": [entry for entry in entries if entry.code == "disputed"],
    }
    return render(request, "portal/ticket.html", context, status=status)
