"""Requests to excuse a missed term: decided by a lead who did not ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from plazo.people.access import allow
from plazo.people.models import Person
from plazo.reports import compliance
from plazo.reports.compliance import Line
from plazo.sla.compliance import percent_kept
from plazo.tickets.actions.waiving import decide_waiver
from plazo.tickets.waivers import WaiverRequest, waiver_requests
from plazo.web import labels
from plazo.web.compliance import month_words, percent_words
from plazo.web.desk.ticket import found
from plazo.web.refusing import refuse

PAGE = 50
APPROVE, REJECT = "approve", "reject"


class DecisionForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Por qué"), widget=forms.Textarea(attrs={"rows": 2}), required=False, strip=False
    )
    decision = forms.ChoiceField(choices=[(APPROVE, APPROVE), (REJECT, REJECT)], widget=forms.HiddenInput)


@dataclass(frozen=True, slots=True)
class Card:
    """A request with what it would change; `is_own`: its reader asked for it and cannot decide."""

    request: WaiverRequest
    metric: str
    holder: str
    month: str
    raw: str
    adjusted: str
    approved: str
    form: forms.Form
    is_own: bool


@allow("lead")
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    return _page(request)


@allow("lead")
@require_POST
def decide(request: HttpRequest, number: int, seq: int) -> HttpResponse:
    ticket = found(request, number)
    form = DecisionForm(request.POST, auto_id=f"id_{number}_{seq}_%s")
    if form.is_valid():
        given = form.cleaned_data
        with refuse(form):
            decide_waiver(
                ticket.pk,
                actor=cast(Person, request.user),
                request=seq,
                approved=given["decision"] == APPROVE,
                reason=given["reason"],
            )
    if form.errors:
        return _page(request, refused=((number, seq), form), status=422)
    said = {
        APPROVE: _("Exención aprobada en el ticket #%(number)s."),
        REJECT: _("Exención rechazada en el ticket #%(number)s."),
    }
    messages.success(request, said[given["decision"]] % {"number": number})
    return redirect("desk-waivers")


def _page(
    request: HttpRequest, *, refused: tuple[tuple[int, int], forms.Form] | None = None, status: int = 200
) -> HttpResponse:
    person = cast(Person, request.user)
    requests = waiver_requests(person, limit=PAGE + 1)
    forms_by_place = dict([refused] if refused else [])
    cards = _cards(requests[:PAGE], person, forms_by_place)
    decidable = {(card.request.ticket.pk, card.request.request) for card in cards if not card.is_own}
    context = {
        "cards": cards,
        "has_more": len(requests) > PAGE,
        # Decided meanwhile, or one's own: there is no form any more, but what was typed is shown.
        "lost": refused[1] if refused and refused[0] not in decidable else None,
    }
    return render(request, "lead/waivers.html", context, status=status)


def _cards(
    requests: list[WaiverRequest], person: Person, filled: dict[tuple[int, int], forms.Form]
) -> list[Card]:
    months = {each.clock.verdict_month for each in requests}
    organizations = list({each.clock.organization_id for each in requests})
    figures = {
        (line.month, line.organization_id, line.metric): line
        for line in compliance.lines(*months, organizations=organizations)
    }
    cards = []
    for each in requests:
        place = (each.ticket.pk, each.request)
        line = figures[each.clock.verdict_month, each.clock.organization_id, each.clock.metric]
        form = filled.get(place) or DecisionForm(auto_id=f"id_{place[0]}_{place[1]}_%s")
        cards.append(_card(each, line, form, is_own=each.asked_by == person))
    return cards


def _card(request: WaiverRequest, line: Line, form: forms.Form, *, is_own: bool) -> Card:
    return Card(
        request=request,
        metric=labels.label(labels.METRICS, request.clock.metric),
        holder=labels.label(labels.HOLDERS, request.holder),
        month=month_words(line.month),
        raw=percent_words(line.percent),
        adjusted=percent_words(line.adjusted_percent),
        approved=percent_words(percent_kept(line.met, line.finished - line.waived - 1)),
        form=form,
        is_own=is_own,
    )
