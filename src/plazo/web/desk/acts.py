"""What the desk does on a ticket: a table of acts. Each is one call, and leads back to the ticket's page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, resolve_url
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from plazo.people.access import allow
from plazo.people.models import Person
from plazo.tickets import actions, clocks
from plazo.tickets.refusals import Changed, Closed
from plazo.web.desk.forms import ReplyForm
from plazo.web.desk.neighbours import view_of
from plazo.web.desk.panels import act_form
from plazo.web.desk.ticket import found, page
from plazo.web.refusing import refuse
from plazo.web.uploads import stored
from plazo.web.wording import words

Given = Mapping[str, Any]

_CLOSED: Final = _("Este ticket está cerrado y ya no cambia. Si hay algo más, abra otro por llamada.")


@dataclass(frozen=True, slots=True)
class Act:
    """An act as its form sends it.

    path  the end of its address
    form  the name of its form
    do    the one call, with the ticket's number, who acts, and what the form holds
    said  what its author reads when it is done
    rule  who may
    """

    path: str
    form: str
    do: Callable[[int, Person, Given], object]
    said: Promise
    rule: str = "desk"


def view(act: Act) -> Callable[..., HttpResponseBase]:
    """The page function of an act."""

    def answer(request: HttpRequest, number: int) -> HttpResponse:
        return _perform(request, number, act)

    return allow(act.rule)(require_POST(answer))


def _perform(request: HttpRequest, number: int, act: Act) -> HttpResponse:
    """Check the form, act, and lead back; what is refused is shown as it was filled in."""
    ticket = found(request, number)
    form = act_form(act.form, ticket, clocks.read(ticket), request.POST, request.FILES)
    if form is None:
        raise Http404
    if form.is_valid():
        with refuse(form):
            try:
                act.do(ticket.pk, cast(Person, request.user), form.cleaned_data)
            except Changed as clash:
                return _told(request, number, act, form, clash)
            except Closed:
                # The sentence of the refusal speaks to the contact; here somebody else reads it.
                form.add_error(None, str(_CLOSED))
    if form.errors:
        return page(request, ticket, shown=(act.form, form), status=422)
    messages.success(request, str(act.said))
    return redirect(f"{resolve_url('desk-ticket', number=number)}{view_of(request).query}")


def _told(request: HttpRequest, number: int, act: Act, form: forms.Form, clash: Changed) -> HttpResponse:
    """What another wrote meanwhile stands beside what was typed; sending again is done knowing it."""
    ticket = found(request, number)
    form.add_error(None, words(clash))
    data = cast(QueryDict, form.data).copy()
    data["seen"] = str(ticket.length)
    form.data = data
    news = [event.seq for event in clash.since]
    return page(request, ticket, shown=(act.form, form), news=news, status=409)


def _shared(given: Given) -> dict[str, Any]:
    return {"seen": given["seen"], "key": given["token"]}


def _reply(number: int, actor: Person, given: Given) -> object:
    with stored(given["attachments"]) as files:
        shared = {"actor": actor, "body": given["body"], "files": files, **_shared(given)}
        if given["then"] == ReplyForm.WAIT:
            return actions.pause(number, reason=given["waiting_reason"], **shared)
        if given["then"] == ReplyForm.RESOLVE:
            return actions.resolve(number, **shared)
        return actions.reply(number, **shared)


def _note(number: int, actor: Person, given: Given) -> object:
    with stored(given["attachments"]) as files:
        return actions.note(number, actor=actor, body=given["body"], files=files, key=given["token"])


def _call(number: int, actor: Person, given: Given) -> object:
    told = {name: given[name] for name in ("body", "spoke", "at")}
    return actions.log_call(number, actor=actor, **told, **_shared(given))


def _take(number: int, actor: Person, given: Given) -> object:
    return actions.take(number, actor=actor)


def _assign(number: int, actor: Person, given: Given) -> object:
    if given["to"] is None:
        return actions.release(number, actor=actor, seen=given["seen"])
    return actions.assign(number, actor=actor, to=given["to"], seen=given["seen"])


def _classify(number: int, actor: Person, given: Given) -> object:
    return actions.classify(
        number,
        actor=actor,
        kind=given["kind"] or None,
        priority=given["priority"] or None,
        reason=given["reason"],
        seen=given["seen"],
    )


def _promise(number: int, actor: Person, given: Given) -> object:
    return actions.promise(number, actor=actor, due=given["due"], seen=given["seen"])


def _pause(number: int, actor: Person, given: Given) -> object:
    return actions.pause(number, actor=actor, reason=given["reason"], body=given["body"], **_shared(given))


def _resume(number: int, actor: Person, given: Given) -> object:
    return actions.resume(number, actor=actor, seen=given["seen"])


def _reopen(number: int, actor: Person, given: Given) -> object:
    return actions.reopen(number, actor=actor, body=given["body"], **_shared(given))


def _review(number: int, actor: Person, given: Given) -> object:
    return actions.review(number, actor=actor, seen=given["seen"])


def _rebind(number: int, actor: Person, given: Given) -> object:
    version, reason = given["version"], given["reason"]
    return actions.rebind(number, actor=actor, contract_version=version, reason=reason, seen=given["seen"])


def _request_waiver(number: int, actor: Person, given: Given) -> object:
    metric, holder, cause = given["metric"], given["holder"], given["reason"]
    return actions.request_waiver(number, actor=actor, metric=metric, holder=holder, cause=cause)


# By the name of the route.
ACTS: Final[Mapping[str, Act]] = {
    "desk-reply": Act("responder", "reply", _reply, _("Enviado al cliente.")),
    "desk-note": Act("nota", "note", _note, _("Nota interna guardada. El cliente no la ve.")),
    "desk-call": Act("llamada", "call", _call, _("Llamada registrada.")),
    "desk-take": Act("tomar", "act", _take, _("El ticket es suyo.")),
    "desk-assign": Act("asignar", "assign", _assign, _("Asignación guardada.")),
    "desk-classify": Act(
        "clasificar", "classify", _classify, _("Clasificado. Se avisó al cliente de sus plazos.")
    ),
    "desk-promise": Act("estimar", "promise", _promise, _("Solución estimada guardada; el cliente la ve.")),
    "desk-pause": Act("pausar", "pause", _pause, _("Plazo de solución en pausa. Se avisó al cliente.")),
    "desk-resume": Act("reanudar", "act", _resume, _("El plazo volvió a correr. Se avisó al cliente.")),
    "desk-reopen": Act("reabrir", "reopen", _reopen, _("Reabierto: el mismo plazo continúa.")),
    "desk-review": Act("revisado", "act", _review, _("Revisado: la solución se mantiene.")),
    "desk-rebind": Act(
        "contrato", "rebind", _rebind, _("Contrato corregido; los plazos se recalcularon."), rule="lead"
    ),
    "desk-waiver": Act(
        "exencion", "waiver", _request_waiver, _("Exención solicitada. La decide otra persona.")
    ),
}
