"""Who of a company may report: its own administrator adds, authorises and revokes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from plazo.kit.refusals import Refused
from plazo.people import actions
from plazo.people.access import MemberRequest, allow
from plazo.people.details import PersonDetails
from plazo.people.models import Membership
from plazo.people.queries import members_of
from plazo.web.once import made_once
from plazo.web.people import JoinForm
from plazo.web.refusing import refuse
from plazo.web.wording import words


class ContactForm(JoinForm):
    organization = forms.TypedChoiceField(label=gettext_lazy("Empresa"), coerce=int)
    name = forms.CharField(label=gettext_lazy("Nombre"), max_length=120)
    email = forms.EmailField(label=gettext_lazy("Correo"))
    phone = forms.CharField(label=gettext_lazy("Teléfono"), max_length=32, required=False)
    may_report = forms.BooleanField(label=gettext_lazy("Autorizar a reportar desde ahora"), required=False)

    def __init__(self, data: Any = None, *, memberships: Sequence[Membership]) -> None:
        super().__init__(data)
        field = cast(forms.TypedChoiceField, self.fields["organization"])
        field.choices = [(each.organization_id, each.organization.name) for each in memberships]
        field.initial = memberships[0].organization_id
        if len(memberships) == 1:
            field.widget = forms.HiddenInput()


@allow("client_administrator")
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: MemberRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, ContactForm(memberships=request.memberships))
    form = ContactForm(request.POST, memberships=request.memberships)
    if form.is_valid():
        with refuse(form):
            added = made_once(request, form, lambda: _add(request, form).pk)
            name = _member(request, added).person.name
            messages.success(request, _("%(name)s quedó en la lista.") % {"name": name})
            return redirect("portal-people")
    return _page(request, form, status=422)


@allow("client_administrator")
@require_POST
def authorisation(request: MemberRequest, membership_id: int) -> HttpResponse:
    """Authorise, or take it back: the switch sends what it should become."""
    membership = _member(request, membership_id)
    act = actions.authorise if request.POST.get("autorizar") == "si" else actions.revoke
    try:
        act(membership, actor=request.user)
    except Refused as refusal:
        messages.error(request, words(refusal))
        return redirect("portal-people")
    words_by_act = {
        actions.authorise: _("%(name)s puede reportar desde ahora."),
        actions.revoke: _("%(name)s ya no puede reportar. Sus tickets abiertos siguen su curso."),
    }
    messages.success(request, words_by_act[act] % {"name": membership.person.name})
    return redirect("portal-people")


def _add(request: MemberRequest, form: ContactForm) -> Membership:
    given = form.cleaned_data
    organization = next(
        each.organization for each in request.memberships if each.organization_id == given["organization"]
    )
    details = PersonDetails(email=given["email"], name=given["name"], phone=given["phone"])
    return actions.add_contact(
        details,
        organization=organization,
        actor=request.user,
        may_report=given["may_report"],
        join=given["join"],
    )


def _member(request: MemberRequest, membership_id: int) -> Membership:
    for own in request.memberships:
        member = members_of(own.organization_id).filter(pk=membership_id).first()
        if member is not None:
            return member
    raise Http404


def _active_members(own: Membership) -> QuerySet[Membership]:
    members = members_of(own.organization_id).filter(is_active=True)
    return members.select_related("person", "authorised_by")


def _page(request: MemberRequest, form: ContactForm, status: int = 200) -> HttpResponse:
    companies = [
        {
            "organization": own.organization,
            "members": list(
                members_of(own.organization_id).filter(is_active=True).select_related("authorised_by")
            ),
        }
        for own in request.memberships
    ]
    return render(request, "portal/people.html", {"companies": companies, "form": form}, status=status)
