"""The desk's page of a ticket: the queue around it, the conversation with every act, both terms and why."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, cast

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from plazo.kit.refusals import Refused
from plazo.people.access import allow
from plazo.people.models import Person
from plazo.people.queries import members_of
from plazo.tickets import clocks as ticket_clocks
from plazo.tickets import queries
from plazo.tickets.access import sees_company
from plazo.tickets.actions.classifying import decided_priority
from plazo.tickets.clocks import Reading
from plazo.tickets.models import Ticket
from plazo.web import history, labels, terms
from plazo.web.desk.neighbours import neighbours, view_of
from plazo.web.desk.panels import act_form, openers, panels
from plazo.web.fragments import is_fragment
from plazo.web.rows import Row, priority_of, rows_of
from plazo.web.wording import words

OTHERS = 5
Filled = tuple[str, forms.Form]  # a form by its name, to be shown open as it was filled in


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


@allow("desk")
@require_POST
def foresee(request: HttpRequest, number: int) -> HttpResponse:
    """Both terms as they would be after the classification that is being filled in; nothing is written."""
    ticket = found(request, number)
    reading = ticket_clocks.read(ticket)
    form = act_form("classify", ticket, reading, request.POST)
    if form is None:
        raise Http404
    foreseen = _foreseen(form, reading)
    if is_fragment(request):
        return render(request, "desk/foreseen.html", {"foreseen": foreseen, "form": form})
    return page(request, ticket, shown=("classify", form), foreseen=foreseen)


def found(request: HttpRequest, number: int) -> Ticket:
    """The ticket if its reader may see it."""
    try:
        return queries.find(cast(Person, request.user), number)
    except Ticket.DoesNotExist:
        raise Http404 from None


def page(
    request: HttpRequest,
    ticket: Ticket,
    *,
    shown: Filled | None = None,
    news: Collection[int] = (),
    foreseen: Sequence[tuple[terms.TermLine, terms.TermLine]] = (),
    status: int = 200,
) -> HttpResponse:
    """The whole page.

    shown     a form to be shown open, as it was filled in
    news      what another did while its reader wrote, by seq
    foreseen  both terms now, and as they would be after classifying
    """
    person = cast(Person, request.user)
    reading = ticket_clocks.read(ticket)
    entries = queries.history(ticket, person)
    told = history.lines(entries, reading.terms)
    offered = panels(ticket, reading, person, shown=shown, then=request.GET.get("despues", ""))
    context: dict[str, Any] = {
        "ticket": ticket,
        "reading": reading,
        "assessment": reading.assessment,
        "priority": priority_of(reading),
        "view": terms.terms_view(reading),
        "lines": list(terms.term_lines(reading.assessment).values()),
        "messages_shown": [entry for entry in entries if entry.message],
        "history": told,
        "panels": offered,
        "openers": openers(offered, ticket),
        "act": shown[1] if shown and shown[0] == "act" else act_form("act", ticket, reading),
        "news": [line for line in told if line.entry.seq in news],
        "foreseen": foreseen,
        **_contract_words(ticket, reading),
        **_around(request, person, ticket),
    }
    return render(request, "desk/ticket.html", context, status=status)


def _foreseen(form: forms.Form, reading: Reading) -> list[tuple[terms.TermLine, terms.TermLine]]:
    """Each term now and after the classification; none for one that the agreement does not know."""
    if not form.is_valid() or reading.terms is None:
        return []
    kind, stated = form.cleaned_data["kind"] or None, form.cleaned_data["priority"] or None
    try:
        priority = decided_priority(reading.terms.policy, kind, stated)
    except Refused as refusal:
        form.add_error(None, words(refusal))
        return []
    after = ticket_clocks.classified_as(reading, kind=kind, priority=priority)
    return list(zip(_lines(reading), _lines(after), strict=True))


def _lines(reading: Reading) -> list[terms.TermLine]:
    return list(terms.term_lines(reading.assessment).values())


def _contract_words(ticket: Ticket, reading: Reading) -> dict[str, Any]:
    """What the contract calls things; codes where there is none."""
    if reading.terms is None:
        return {"window": "", "level": "", "kind": "", "service": ticket.service, "contract": None}
    own = reading.terms
    return {
        "contract": own,
        "window": labels.said(own.policy.windows[own.window].title),
        "level": labels.said(own.policy.levels[own.level].title),
        "kind": labels.kind_title(own.policy, reading.assessment.kind or ""),
        "service": labels.service_title(own.policy, ticket.service),
    }


def _around(request: HttpRequest, person: Person, ticket: Ticket) -> dict[str, Any]:
    """Other tickets: those of the queue its reader came from, and those of the same client."""
    place = view_of(request)
    near = neighbours(person, ticket, place)
    others = queries.others_of_client(person, ticket, limit=OTHERS)
    rows: dict[int, Row] = {row.ticket.pk: row for row in rows_of([*near.tickets, *others])}
    return {
        "here": place,
        "before": near.before,
        "after": near.after,
        "queue": [rows[each.pk] for each in near.tickets],
        "others": [rows[each.pk] for each in others],
        "readers": _readers(ticket),
    }


def _readers(ticket: Ticket) -> int:
    """How many colleagues of the requester read an answer in the portal."""
    members = members_of(ticket.organization_id).filter(is_active=True, person__is_active=True)
    return sum(sees_company(each) and each.person_id != ticket.requester_id for each in members)
