"""People of the desk: added, given a role, corrected, shut out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from plazo.kit.refusals import Refused
from plazo.people import actions
from plazo.people.access import allow
from plazo.people.models import Person
from plazo.people.queries import desk_roster, everybody, memberships_of, people_matching
from plazo.web.administration.forms import DeskPersonForm, PersonForm, RoleForm
from plazo.web.administration.frame import actor, one, page
from plazo.web.once import made_once
from plazo.web.refusing import refuse
from plazo.web.wording import words

PAGE = 100


@allow("administrator")
@require_safe
def show_all(request: HttpRequest) -> HttpResponse:
    """The desk's people; a search finds everybody."""
    text = request.GET.get("buscar", "").strip()[:200]
    found = list((people_matching(text) if text else desk_roster())[: PAGE + 1])
    context = {"people": found[:PAGE], "has_more": len(found) > PAGE, "wanted": text}
    return page(request, "people.html", "people", context)


@allow("administrator")
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    form = DeskPersonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refuse(form):
            role = form.cleaned_data["desk_role"]
            added = made_once(
                request,
                form,
                lambda: actions.add_person(form.details(), actor=actor(request), desk_role=role).pk,
            )
            messages.success(request, _("%(name)s ya puede ingresar.") % {"name": form.cleaned_data["name"]})
            return redirect("administration-person", person_id=added)
    return page(request, "person_add.html", "people", {"form": form}, status=422 if form.is_bound else 200)


@allow("administrator")
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, person_id: int) -> HttpResponse:
    """A person's page; a POST corrects their details."""
    person = one(everybody(), person_id)
    if request.method != "POST":
        return _page(request, person)
    form = PersonForm(request.POST)
    if form.is_valid():
        with refuse(form):
            actions.edit_person(person, form.details_of(person), actor=actor(request))
    if form.errors:
        return _page(request, one(everybody(), person_id), {"form": form}, status=422)
    messages.success(request, _("Cambios guardados."))
    return redirect("administration-person", person_id=person_id)


@allow("administrator")
@require_POST
def role(request: HttpRequest, person_id: int) -> HttpResponse:
    person = one(everybody(), person_id)
    form = RoleForm(request.POST)
    before = person.desk_role
    if form.is_valid():
        with refuse(form):
            actions.set_desk_role(person, form.cleaned_data["desk_role"], actor=actor(request))
    if form.errors:
        return _page(request, one(everybody(), person_id), {"role_form": form}, status=422)
    if person.desk_role == before:
        messages.success(request, _("El rol es el que tenía."))
    else:
        messages.success(request, _("Rol guardado. Sus sesiones abiertas terminaron."))
    return redirect("administration-person", person_id=person_id)


@allow("administrator")
@require_POST
def access(request: HttpRequest, person_id: int) -> HttpResponse:
    """Shut a person out, or let them in again: the button sends what it should become."""
    person = one(everybody(), person_id)
    is_enabled = request.POST.get("activa") == "si"
    act = actions.enable_person if is_enabled else actions.disable_person
    try:
        act(person, actor=actor(request))
    except Refused as refusal:
        messages.error(request, words(refusal))
    else:
        said = {
            True: _("%(name)s puede ingresar de nuevo."),
            False: _("%(name)s ya no puede ingresar; sus sesiones terminaron."),
        }
        messages.success(request, said[is_enabled] % {"name": person.name})
    return redirect("administration-person", person_id=person_id)


def _page(
    request: HttpRequest, person: Person, filled: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    details = {field: getattr(person, field) for field in ("name", "email", "phone")}
    context = {
        "each": person,
        "form": PersonForm(initial=details),
        "role_form": RoleForm(initial={"desk_role": person.desk_role}),
        "memberships": memberships_of(person),
    } | (filled or {})
    return page(request, "person.html", "people", context, status=status)
