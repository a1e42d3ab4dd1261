"""The radar: what falls due in the next working hours, by whoever has it, and handed on from there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from plazo.contracts.calendars import provider_hours
from plazo.contracts.queries import published_policies
from plazo.contracts.terms import policy_of, terms_of
from plazo.intake.holding import held_reports
from plazo.kit import clock
from plazo.kit.refusals import Refused
from plazo.people.access import allow
from plazo.people.models import Person
from plazo.people.queries import desk_people
from plazo.reports.compliance import missed_since
from plazo.tickets import actions, queries
from plazo.tickets.models import Ticket
from plazo.tickets.waivers import waiting_waivers
from plazo.web import labels, moments
from plazo.web.lead.hours import Hour, next_hours
from plazo.web.wording import words

HOURS: Final = 8
SHOWN: Final = 200
_MARK: Final = re.compile(r"([1-9]\d{0,17})\.(\d{1,9})", re.ASCII)
Mark = tuple[int, int]  # a ticket, and the length of its timeline as its reader saw it


@dataclass(frozen=True, slots=True)
class Blip:
    """A ticket on the radar. `mark` names it in the form, with what its reader saw of it."""

    ticket: Ticket
    mark: str
    priority: labels.PriorityMark | None
    at_risk: bool
    is_marked: bool


@dataclass(slots=True)
class Holder:
    """A row: a person of the desk, or nobody. One cell a column."""

    person: Person | None
    cells: list[tuple[Hour, list[Blip]]] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many tickets fall due in this row."""
        return sum(len(blips) for _, blips in self.cells)


class MarksField(forms.Field):
    """Tickets with what was seen of them, as "1048.7", any number of them."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[Mark]:
        found = [_MARK.fullmatch(str(each)) for each in value or []]
        marks = [(int(each[1]), int(each[2])) for each in found if each]
        if not marks or len(marks) != len(found) or len(marks) > SHOWN:
            raise forms.ValidationError(_("Marque los tickets que cambian de manos."))
        return marks


class HandOverForm(forms.Form):
    to: forms.ModelChoiceField[Person] = forms.ModelChoiceField(
        label=gettext_lazy("Asignar los marcados a"),
        queryset=desk_people(),
        empty_label=gettext_lazy("Nadie"),
        required=False,
    )
    ticket = MarksField(label=gettext_lazy("Tickets"))


@allow("lead")
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    return _page(request, HandOverForm())


@allow("lead")
@require_POST
def hand_over(request: HttpRequest) -> HttpResponse:
    """Each ticket on its own: those refused are named with the reason, the rest are handed on."""
    form = HandOverForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    done, to = 0, form.cleaned_data["to"]
    for number, seen in form.cleaned_data["ticket"]:
        try:
            _hand(number, seen, actor=cast(Person, request.user), to=to)
            done += 1
        except Ticket.DoesNotExist:
            messages.error(request, _("El ticket #%(number)s no existe.") % {"number": number})
        except Refused as refusal:
            messages.error(request, f"#{number}: {words(refusal)}")
    if done:
        said = ngettext("%(number)s ticket asignado.", "%(number)s tickets asignados.", done)
        messages.success(request, said % {"number": done})
    return redirect("lead-radar")


def _hand(number: int, seen: int, *, actor: Person, to: Person | None) -> None:
    if to is None:
        actions.release(number, actor=actor, seen=seen)
    else:
        actions.assign(number, actor=actor, to=to, seen=seen)


def _page(request: HttpRequest, form: HandOverForm, status: int = 200) -> HttpResponse:
    person, now = cast(Person, request.user), clock.now()
    hours = _hours(now)
    tickets = queries.falling_due(person, now, hours[-1].ends_at, limit=SHOWN + 1) if hours else []
    marked = frozenset(request.POST.getlist("ticket"))
    blips = [_blip(each, now, marked) for each in tickets[:SHOWN]]
    context = {
        "hours": hours,
        "today": now.astimezone(moments.reader_zone()).date(),
        "holders": _holders(blips, hours),
        "shown": len(blips),
        "has_more": len(tickets) > SHOWN,
        "form": form,
        "stop": queries.COUNT_STOPS_AT,
        **_counts(person, now),
    }
    return render(request, "lead/radar.html", context, status=status)


def _hours(now: datetime) -> list[Hour]:
    """By the newest agreement; none where nothing was ever published, as then nothing falls due."""
    newest = published_policies().order_by("-published_at").values_list("pk", flat=True).first()
    if newest is None:
        return []
    calendar = provider_hours(policy_of(newest)).as_known_at(int(now.timestamp()))
    return next_hours(calendar, now, hours=HOURS, zone=moments.reader_zone())


def _blip(ticket: Ticket, now: datetime, marked: frozenset[str]) -> Blip:
    mark = f"{ticket.pk}.{ticket.length}"
    contract = ticket.contract_version_id
    return Blip(
        ticket=ticket,
        mark=mark,
        priority=labels.priority_mark(
            terms_of(contract).policy, ticket.priority, classified=ticket.classified
        )
        if contract
        else None,
        at_risk=ticket.at_risk_at is not None and ticket.at_risk_at <= now,
        is_marked=mark in marked,
    )


def _holders(blips: Sequence[Blip], hours: Sequence[Hour]) -> list[Holder]:
    """Nobody first, then the desk by name, then whoever still holds tickets and works here no longer."""
    at_desk = list(desk_people())
    left = {blip.ticket.assignee for blip in blips if blip.ticket.assignee} - set(at_desk)
    people: list[Person | None] = [None, *at_desk, *sorted(left, key=lambda each: each.name)]
    holders = {person.pk if person else None: Holder(person) for person in people}
    for hour in hours:
        for holder in holders.values():
            holder.cells.append((hour, []))
        for blip in blips:
            if hour.begins_at <= blip.ticket.queue_at < hour.ends_at:
                holders[blip.ticket.assignee_id].cells[-1][1].append(blip)
    return list(holders.values())


def _counts(person: Person, now: datetime) -> dict[str, int]:
    midnight = now.astimezone(moments.reader_zone()).replace(hour=0, minute=0, second=0, microsecond=0)
    return {
        "missed_today": queries.count_up_to(missed_since(midnight)),
        "breached": queries.count_up_to(queries.in_view(person, "breached")),
        "at_risk": queries.count_up_to(queries.in_view(person, "at_risk")),
        "waivers": queries.count_up_to(waiting_waivers()),
        "held": queries.count_up_to(held_reports()),
    }
