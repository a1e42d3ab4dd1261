"""What a client does on a ticket. Each act is one call, and leads back to the page of the ticket."""

from __future__ import annotations

from typing import cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plazo.kit.refusals import Refused
from plazo.people.access import MemberRequest, allow
from plazo.people.models import Person
from plazo.tickets import actions
from plazo.web.portal.ticket import DisputeForm, ReasonForm, ReplyForm, found, page
from plazo.web.refusing import refuse
from plazo.web.uploads import stored
from plazo.web.wording import words


@allow("contact")
@require_POST
def reply(request: MemberRequest, number: int) -> HttpResponse:
    ticket = found(request, number)
    form = ReplyForm(request.POST, request.FILES)
    if form.is_valid():
        given = form.cleaned_data
        with refuse(form), stored(given["attachments"]) as files:
            actions.client_reply(
                ticket.pk, actor=_person(request), body=given["body"], files=files, key=given["token"]
            )
    if form.errors:
        return page(request, ticket, refused={"reply": form}, status=422)
    return _back(request, number, _("Enviado. La mesa ya lo tiene."))


@allow("contact")
@require_POST
def confirm(request: MemberRequest, number: int) -> HttpResponse:
    ticket = found(request, number)
    try:
        actions.confirm(ticket.pk, actor=_person(request))
    except Refused as refusal:
        messages.error(request, words(refusal))
        return redirect("portal-ticket", number=number)
    return _back(request, number, _("Gracias: quedó confirmado."))


@allow("contact")
@require_POST
def reopen(request: MemberRequest, number: int) -> HttpResponse:
    ticket = found(request, number)
    form = ReasonForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        with refuse(form):
            actions.reopen(ticket.pk, actor=_person(request), body=given["body"], key=given["token"])
    if form.errors:
        return page(request, ticket, refused={"reopen": form}, status=422)
    return _back(request, number, _("Lo retomamos: el mismo plazo continúa desde ahora."))


@allow("contact")
@require_POST
def dispute(request: MemberRequest, number: int) -> HttpResponse:
    ticket = found(request, number)
    form: forms.Form = DisputeForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        with refuse(form):
            actions.dispute(
                ticket.pk, actor=_person(request), what=given["what"], body=given["body"], key=given["token"]
            )
    if form.errors:
        return page(request, ticket, refused={"dispute": form}, status=422)
    return _back(request, number, _("Su objeción quedó en el historial y la mesa ya la ve."))


def _person(request: HttpRequest) -> Person:
    return cast(Person, request.user)


def _back(request: HttpRequest, number: int, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("portal-ticket", number=number)
