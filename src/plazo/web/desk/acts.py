"""What the desk does on a ticket. Each act is one call, and leads back to the page of the ticket."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plazo.kit.refusals import Refused
from plazo.people.access import allow
from plazo.people.models import Person
from plazo.tickets import actions, clocks
from plazo.tickets.models import Ticket
from plazo.tickets.refusals import Changed
from plazo.web.desk.forms import ReplyForm
from plazo.web.desk.ticket import act_form, found, page
from plazo.web.refusing import refuse
from plazo.web.uploads import stored
from plazo.web.wording import words

Given = dict[str, Any]
Act = Callable[[Ticket, Person, Given], object]


def _perform(request: HttpRequest, number: int, name: str, act: Act, said: str) -> HttpResponse:
    """Check the form of an act, act, and lead back; what is refused is shown as it was filled in."""
    ticket = found(request, number)
    form = act_form(name, ticket, clocks.read(ticket), request.POST, request.FILES)
    if form is None:
        raise Http404
    status = 422
    since = None
    if form.is_valid():
        try:
            act(ticket, _person(request), form.cleaned_data)
        except Changed as refusal:
            form.add_error(None, words(refusal))
            status, since = 409, form.cleaned_data["seen"]
            form = _seen_now(form, found(request, number).length)
        except Refused as refusal:
            with refuse(form):
                raise refusal
    if form.errors:
        return page(request, ticket, refused=(name, form), since=since, status=status)
    messages.success(request, said)
    return redirect("desk-ticket", number=number)


def _seen_now(form: forms.Form, found_length: int) -> forms.Form:
    """The page shows what is new, so sending the same form again is done in knowledge of it."""
    data = cast(QueryDict, form.data).copy()
    data["seen"] = str(found_length)
    form.data = data
    return form


def _shared(given: Given) -> dict[str, Any]:
    return {"seen": given["seen"], "key": given["token"]}


@allow("desk")
@require_POST
def reply(request: HttpRequest, number: int) -> HttpResponse:
    def act(ticket: Ticket, person: Person, given: Given) -> object:
        body, shared = given["body"], _shared(given)
        with stored(given["attachments"]) as files:
            if given["then"] == ReplyForm.WAIT:
                return actions.pause(
                    ticket.pk, actor=person, reason="client", body=body, files=files, **shared
                )
            if given["then"] == ReplyForm.RESOLVE:
                return actions.resolve(ticket.pk, actor=person, body=body, files=files, **shared)
            return actions.reply(ticket.pk, actor=person, body=body, files=files, **shared)

    return _perform(request, number, "reply", act, _("Enviado al cliente."))


@allow("desk")
@require_POST
def note(request: HttpRequest, number: int) -> HttpResponse:
    def act(ticket: Ticket, person: Person, given: Given) -> object:
        with stored(given["attachments"]) as files:
            return actions.note(ticket.pk, actor=person, body=given["body"], files=files, key=given["token"])

    return _perform(request, number, "note", act, _("Nota interna guardada. El cliente no la ve."))


@allow("desk")
@require_POST
def call(request: HttpRequest, number: int) -> HttpResponse:
    def act(ticket: Ticket, person: Person, given: Given) -> object:
        return actions.log_call(
            ticket.pk,
            actor=person,
            body=given["body"],
            spoke=given["spoke"],
            at=given["at"],
            **_shared(given),
        )

    return _perform(request, number, "call", act, _("Llamada registrada."))


@allow("desk")
@require_POST
def take(request: HttpRequest, number: int) -> HttpResponse:
    def act(ticket: Ticket, person: Person, given: Given) -> object:
        return actions.take(ticket.pk, actor=person)

    return _perform(request, number, "act", act, _("El ticket es suyo."))


@allow("desk")
@require_POST
def assign(request: HttpRequest, number: int) -> HttpResponse:
    def act(ticket: Ticket, person: Person, given: Given) -> object:
        if given["to"] is None:
            return actions.release(ticket.pk, actor=person, seen=given["seen"])
        return actions.assign(ticket.pk, actor=person, to=given["to"], seen=given["seen"])

    return _perform(request, number, "assign", act, _("Asignación guardada."))


@allow("desk")
@require_POST
def classify(request: HttpRequest, number: int) -> HttpResponse:
    def act(ticket: Ticket, person: Person, given: Given) -> object:
        return actions.classify(
            ticket.pk,
            actor=person,
            kind=given["kind"] or None,
            priority=given["priority"] or None,
            reason=given["reason"],
            seen=given["seen"],
        )

    return _perform(request, number, "classify", act, _("Clasificado. Se avisó al cliente de sus plazos."))


@allow("desk")
@require_POST
def promise(request: HttpRequest, number: int) -> HttpResponse:
    def act(ticket: Ticket, person: Person, given: Given) -> object:
        return actions.promise(ticket.pk, actor=person, due=given["due"], seen=given["seen"])

    return _perform(request, number, "promise", act, _("Solución estimada guardada; el cliente la ve."))


@allow("desk")
@require_POST
def pause(request: HttpRequest, number: int) -> HttpResponse:
    def act(ticket: Ticket, person: Person, given: Given) -> object:
        return actions.pause(
            ticket.pk, actor=person, reason=given["reason"], body=given["body"], **_shared(given)
        )

    return _perform(request, number, "pause", act, _("Plazo de solución en pausa. Se avisó al cliente."))


@allow("desk")
@require_POST
def resume(request: HttpRequest, number: int) -> HttpResponse:
    def act(ticket: Ticket, person: Person, given: Given) -> object:
        return actions.resume(ticket.pk, actor=person, seen=given["seen"])

    return _perform(request, number, "act", act, _("El plazo volvió a correr. Se avisó al cliente."))


@allow("desk")
@require_POST
def reopen(request: HttpRequest, number: int) -> HttpResponse:
    def act(ticket: Ticket, person: Person, given: Given) -> object:
        return actions.reopen(ticket.pk, actor=person, body=given["body"], **_shared(given))

    return _perform(request, number, "reopen", act, _("Reabierto: el mismo plazo continúa."))


@allow("desk")
@require_POST
def review(request: HttpRequest, number: int) -> HttpResponse:
    def act(ticket: Ticket, person: Person, given: Given) -> object:
        return actions.review(ticket.pk, actor=person, seen=given["seen"])

    return _perform(request, number, "act", act, _("Revisado: la solución se mantiene."))


@allow("lead")
@require_POST
def rebind(request: HttpRequest, number: int) -> HttpResponse:
    def act(ticket: Ticket, person: Person, given: Given) -> object:
        return actions.rebind(
            ticket.pk,
            actor=person,
            contract_version=given["version"],
            reason=given["reason"],
            seen=given["seen"],
        )

    return _perform(request, number, "rebind", act, _("Contrato corregido; los plazos se recalcularon."))


@allow("desk")
@require_POST
def request_waiver(request: HttpRequest, number: int) -> HttpResponse:
    def act(ticket: Ticket, person: Person, given: Given) -> object:
        return actions.request_waiver(
            ticket.pk,
            actor=person,
            metric=given["metric"],
            holder=given["holder"],
            cause=given["reason"],
        )

    return _perform(request, number, "waiver", act, _("Exención solicitada. La decide otra persona."))


def _person(request: HttpRequest) -> Person:
    return cast(Person, request.user)
