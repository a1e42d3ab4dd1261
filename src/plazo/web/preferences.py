"""One's own preferences: name, language and zone go with the person, looks and keys with the browser."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from plazo.people import actions
from plazo.people.access import allow
from plazo.people.details import PersonDetails
from plazo.sla.wording import say_zone
from plazo.web import moments
from plazo.web.refusing import refuse

_CHILE = ("America/Santiago", "America/Punta_Arenas", "America/Coyhaique", "Pacific/Easter")
_CONTINENTS = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")
_YEAR = 365 * 86_400


def zone_choices() -> list[tuple[str, str]]:
    """Chile's zones first, then every other by its name."""
    others = sorted(zone for zone in available_timezones() if zone.startswith(_CONTINENTS))
    chile = [(zone, say_zone(zone, moments.language())) for zone in _CHILE]
    return [*chile, *((zone, zone.replace("_", " ")) for zone in others if zone not in _CHILE)]


class PreferencesForm(forms.Form):
    name = forms.CharField(label=_("Nombre"), max_length=120)
    phone = forms.CharField(label=_("Teléfono"), max_length=32, required=False)
    language = forms.ChoiceField(label=_("Idioma"), choices=[("es-cl", "Español"), ("en", "English")])
    zone = forms.ChoiceField(label=_("Zona horaria"), choices=zone_choices)
    theme = forms.ChoiceField(
        label=_("Apariencia"),
        required=False,
        choices=[("", _("La del sistema")), ("light", _("Clara")), ("dark", _("Oscura"))],
    )
    keys = forms.BooleanField(
        label=_("Usar teclas sueltas para los actos más comunes"), required=False, initial=True
    )


@allow("signed_in")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return _page(request, PreferencesForm(initial=_initial(request)))
    form = PreferencesForm(request.POST)
    if form.is_valid():
        with refuse(form):
            _keep(request, form.cleaned_data)
    if form.errors:
        return _page(request, form, status=422)
    messages.success(request, _("Preferencias guardadas."))
    response = redirect("preferences")
    for cookie in ("theme", "keys"):
        value = (
            form.cleaned_data[cookie] if cookie == "theme" else ("" if form.cleaned_data["keys"] else "off")
        )
        response.set_cookie(
            cookie, value, max_age=_YEAR, samesite="Lax", httponly=True, secure=request.is_secure()
        )
    return response


def _initial(request: HttpRequest) -> dict[str, Any]:
    person: Any = request.user
    browser = {"theme": request.COOKIES.get("theme", ""), "keys": request.COOKIES.get("keys") != "off"}
    return {field: getattr(person, field) for field in ("name", "phone", "language", "zone")} | browser


def _keep(request: HttpRequest, given: dict[str, Any]) -> None:
    person: Any = request.user
    details = PersonDetails(
        email=person.email,
        name=given["name"],
        phone=given["phone"],
        language=given["language"],
        zone=given["zone"],
    )
    actions.edit_person(person, details, actor=person)


def _page(request: HttpRequest, form: forms.Form, status: int = 200) -> HttpResponse:
    return render(request, "account/preferences.html", {"form": form}, status=status)
