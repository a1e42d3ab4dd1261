"""Who belongs to a client company: added, given a role, authorised, let go."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from plazo.kit.refusals import Refused
from plazo.people import actions
from plazo.people.access import allow
from plazo.people.models import Membership, Organization
from plazo.people.queries import members_of, organizations_named
from plazo.web.administration.forms import MemberForm, PlaceForm
from plazo.web.administration.frame import actor, one, page
from plazo.web.administration.organizations import organization_page
from plazo.web.once import made_once
from plazo.web.refusing import refuse
from plazo.web.wording import words


@allow("administrator")
@require_POST
def add(request: HttpRequest, organization_id: int) -> HttpResponse:
    organization = one(organizations_named(""), organization_id)
    form = MemberForm(request.POST)
    if form.is_valid():
        with refuse(form):
            added = made_once(request, form, lambda: _added(request, organization, form))
            name = _member(organization_id, added).person.name
            messages.success(request, _("%(name)s quedó en la lista.") % {"name": name})
            return redirect("administration-organization", organization_id=organization_id)
    return organization_page(request, organization, {"member_form": form}, status=422)


@allow("administrator")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, organization_id: int, membership_id: int) -> HttpResponse:
    """Role, what they see, whether they may report; for one who left it is the way back."""
    member = _member(organization_id, membership_id)
    initial = {field: getattr(member, field) for field in ("role", "sees", "may_report")}
    form = PlaceForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        with refuse(form):
            actions.set_membership(
                member.person, organization=member.organization, actor=actor(request), **form.place()
            )
            messages.success(request, _("Cambios guardados."))
            return redirect("administration-organization", organization_id=organization_id)
    status = 422 if form.is_bound else 200
    return page(request, "member.html", "organizations", {"member": member, "form": form}, status=status)


@allow("administrator")
@require_POST
def authorisation(request: HttpRequest, organization_id: int, membership_id: int) -> HttpResponse:
    """Authorise, or take it back: the button sends what it should become."""
    member = _member(organization_id, membership_id)
    act = actions.authorise if request.POST.get("autorizar") == "si" else actions.revoke
    try:
        act(member, actor=actor(request))
    except Refused as refusal:
        messages.error(request, words(refusal))
    else:
        messages.success(request, _("Autorización guardada."))
    return redirect("administration-organization", organization_id=organization_id)


@allow("administrator")
@require_POST
def end(request: HttpRequest, organization_id: int, membership_id: int) -> HttpResponse:
    member = _member(organization_id, membership_id)
    actions.end_membership(member, actor=actor(request))
    messages.success(
        request, _("%(name)s ya no pertenece al cliente y no ve nada de él.") % {"name": member.person.name}
    )
    return redirect("administration-organization", organization_id=organization_id)


def _added(request: HttpRequest, organization: Organization, form: MemberForm) -> int:
    return actions.add_member(
        form.details(),
        organization=organization,
        actor=actor(request),
        join=form.cleaned_data["join"],
        **form.place(),
    ).pk


def _member(organization_id: int, membership_id: int) -> Membership:
    return one(members_of(organization_id).select_related("organization"), membership_id)
