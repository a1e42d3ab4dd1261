"""Days off: listed by year and scope, declared, withdrawn. The worker recounts the running clocks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from plazo.contracts.actions import declare_day_off, withdraw_day_off
from plazo.contracts.dates import FIRST_YEAR, LAST_YEAR
from plazo.contracts.models import DayOff
from plazo.contracts.queries import days_off, days_off_between
from plazo.contracts.terms import PROVIDER, client_scope
from plazo.kit import clock
from plazo.kit.refusals import Refused
from plazo.people.access import allow
from plazo.people.places import REGIONS, commune_code
from plazo.people.queries import organization_names, organizations_named
from plazo.web.administration.contracts import DateField
from plazo.web.administration.forms import region_choices
from plazo.web.administration.frame import actor, one, page
from plazo.web.compliance import whole_number
from plazo.web.desk.forms import choice
from plazo.web.once import made_once
from plazo.web.refusing import refuse
from plazo.web.tokens import OnceForm
from plazo.web.wording import words

_CLIENT = "client:"


@dataclass(frozen=True, slots=True)
class Line:
    """A day off in words."""

    day_off: DayOff
    scope: str


class DayOffForm(OnceForm):
    date = DateField(label=gettext_lazy("Día"))
    name = forms.CharField(label=gettext_lazy("Nombre"), max_length=120)
    scope = forms.ChoiceField(label=gettext_lazy("Ámbito"))
    commune = forms.CharField(
        label=gettext_lazy("Comuna"),
        max_length=64,
        required=False,
        help_text=gettext_lazy("Solo con una región: el día vale en esa comuna."),
    )
    from_time = forms.CharField(
        label=gettext_lazy("Desde las"),
        max_length=5,
        required=False,
        help_text=gettext_lazy("Vacío: todo el día. Como 14:00."),
    )
    to_time = forms.CharField(
        label=gettext_lazy("Hasta las"), max_length=5, required=False, help_text=gettext_lazy("Como 18:00.")
    )
    law = forms.CharField(label=gettext_lazy("Ley o fuente"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice(self, "scope").choices = scope_choices()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("commune") and given.get("scope") not in dict(region_choices()):
            self.add_error("commune", _("Elija primero la región de la comuna."))
        return given

    def full_scope(self) -> str:
        commune = commune_code(self.cleaned_data["commune"])
        scope: str = self.cleaned_data["scope"]
        return f"{scope}:{commune}" if commune else scope

    def hours(self) -> tuple[str, str] | None:
        hours = self.cleaned_data["from_time"], self.cleaned_data["to_time"]
        return hours if any(hours) else None


@allow("administrator")
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """The days off of a year; a POST declares one more."""
    if request.method != "POST":
        return _page(request, DayOffForm())
    form = DayOffForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        with refuse(form):
            made_once(request, form, lambda: _declared(request, form))
    if form.errors:
        return _page(request, form, status=422)
    messages.success(
        request, _("Día declarado. Los plazos en curso se recalculan solos, dentro de un minuto.")
    )
    return redirect(f"{reverse('administration-days')}?anio={given['date'].year}")


@allow("administrator")
@require_POST
def withdraw(request: HttpRequest, day_off_id: int) -> HttpResponse:
    day_off = one(days_off(), day_off_id)
    try:
        withdraw_day_off(day_off, actor=actor(request))
    except Refused as refusal:
        messages.error(request, words(refusal))
    else:
        messages.success(
            request, _("Día retirado. Los plazos en curso se recalculan solos, dentro de un minuto.")
        )
    return redirect(f"{reverse('administration-days')}?anio={day_off.date.year}")


def _declared(request: HttpRequest, form: DayOffForm) -> int:
    given = form.cleaned_data
    return declare_day_off(
        given["date"],
        scope=form.full_scope(),
        name=given["name"],
        law=given["law"],
        hours=form.hours(),
        actor=actor(request),
    ).pk


def scope_choices() -> list[tuple[str, str]]:
    """For whom a day can be off: a country, a region, the provider, a client."""
    clients = [(client_scope(each.pk), each.name) for each in organizations_named("")]
    countries = [(code, _country(code)) for code in REGIONS]
    return [*countries, *region_choices(), (PROVIDER, _("La mesa de ayuda")), *clients]


def _lines(days: Iterable[DayOff]) -> list[Line]:
    rows = list(days)
    names = organization_names(
        int(each.scope.removeprefix(_CLIENT)) for each in rows if each.scope.startswith(_CLIENT)
    )
    return [Line(each, _scope_words(each.scope, names)) for each in rows]


def _scope_words(scope: str, names: dict[int, str]) -> str:
    if scope.startswith(_CLIENT):
        return names.get(int(scope.removeprefix(_CLIENT)), scope)
    if scope == PROVIDER:
        return _("La mesa de ayuda")
    region, _colon, commune = scope.partition(":")
    name = dict(region_choices()).get(region)
    if name is None:
        return _country(scope)
    return f"{commune.replace('-', ' ').title()}, {name}" if commune else name


def _country(code: str) -> str:
    return _("Chile, todo el país") if code == "CL" else code


def _page(request: HttpRequest, form: forms.Form, status: int = 200) -> HttpResponse:
    year = whole_number(request.GET.get("anio") or str(clock.now().year))
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    scope = request.GET.get("ambito", "")
    days = days_off_between(year, year).select_related("declared_by")
    if scope:
        days = days.filter(scope=scope)
    context = {
        "form": form,
        "year": year,
        "years": {"before": max(year - 1, FIRST_YEAR), "after": min(year + 1, LAST_YEAR)},
        "scope": scope,
        "scopes": scope_choices(),
        "lines": _lines(days),
    }
    return page(request, "days_off.html", "days", context, status=status)
