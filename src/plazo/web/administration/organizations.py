"""Client companies: found, added, edited, no longer served."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from plazo.contracts.queries import contracts_of
from plazo.people import actions
from plazo.people.access import allow
from plazo.people.models import Organization
from plazo.people.queries import members_of, organizations_named
from plazo.web.administration.contracts import contract_line
from plazo.web.administration.forms import MemberForm, NewOrganizationForm, OrganizationForm
from plazo.web.administration.frame import actor, one, page
from plazo.web.compliance import whole_number
from plazo.web.once import made_once
from plazo.web.refusing import refuse

PAGE = 50


@allow("administrator")
@require_safe
def show_all(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("buscar", "").strip()[:160]
    start = whole_number(request.GET.get("desde", "0"))
    found = list(organizations_named(text)[start : start + PAGE + 1])
    here = {"buscar": text} if text else {}
    context = {
        "organizations": found[:PAGE],
        "wanted": text,
        "pages": {
            "newer": _address(here) if start else "",
            "older": _address({**here, "desde": start + PAGE}) if len(found) > PAGE else "",
        },
    }
    return page(request, "organizations.html", "organizations", context)


@allow("administrator")
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    form = NewOrganizationForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refuse(form):
            added = made_once(
                request,
                form,
                lambda: actions.add_organization(form.details(), actor=actor(request)).pk,
            )
            messages.success(request, _("Cliente agregado. Ahora véndale un contrato y agregue personas."))
            return redirect("administration-organization", organization_id=added)
    status = 422 if form.is_bound else 200
    return page(request, "organization_add.html", "organizations", {"form": form}, status=status)


@allow("administrator")
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, organization_id: int) -> HttpResponse:
    """The client's page; a POST corrects its details."""
    organization = one(organizations_named(""), organization_id)
    if request.method != "POST":
        return organization_page(request, organization)
    form = OrganizationForm(request.POST)
    if form.is_valid():
        with refuse(form):
            actions.edit_organization(organization, form.details(), actor=actor(request))
    if form.errors:
        unchanged = one(organizations_named(""), organization_id)
        return organization_page(request, unchanged, {"form": form}, status=422)
    messages.success(request, _("Cambios guardados. Los contratos vendidos conservan sus días no hábiles."))
    return redirect("administration-organization", organization_id=organization_id)


@allow("administrator")
@require_POST
def serve(request: HttpRequest, organization_id: int) -> HttpResponse:
    """Stop serving a client, or take that back: the button sends what it should become."""
    organization = one(organizations_named(""), organization_id)
    is_active = request.POST.get("activo") == "si"
    actions.disable_organization(organization, actor=actor(request), is_active=is_active)
    said = {
        True: _("El cliente vuelve a ser atendido."),
        False: _("Cliente desactivado: sus personas ya no ven nada."),
    }
    messages.success(request, said[is_active])
    return redirect("administration-organization", organization_id=organization_id)


def organization_page(
    request: HttpRequest, organization: Organization, filled: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """All about a client; `filled` holds forms to be shown as they were filled in."""
    context = {
        "organization": organization,
        "form": OrganizationForm(initial=OrganizationForm.of(organization)),
        "member_form": MemberForm(),
        "members": list(members_of(organization.pk).select_related("authorised_by", "revoked_by")),
        "contracts": [contract_line(each) for each in contracts_of(organization.pk)],
    } | (filled or {})
    return page(request, "organization.html", "organizations", context, status=status)


def _address(parameters: dict[str, Any]) -> str:
    return f"?{urlencode(parameters)}"
