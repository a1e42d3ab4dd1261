"""What a ticket's page offers to do: the forms of the acts, and the buttons that open them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from plazo.contracts.models import ContractVersion
from plazo.contracts.queries import versions_in_force
from plazo.people.models import Person
from plazo.people.queries import desk_people
from plazo.sla import State
from plazo.tickets.clocks import Reading
from plazo.tickets.models import Ticket
from plazo.web.desk import forms as acts

_SIMPLE: Final[Mapping[str, type[acts.ActForm]]] = {
    "note": acts.NoteForm,
    "call": acts.CallForm,
    "promise": acts.PromiseForm,
    "reopen": acts.TextForm,
    "act": acts.ActForm,
}
_BY_POLICY: Final = {"classify": acts.ClassifyForm, "pause": acts.PauseForm}


@dataclass(frozen=True, slots=True)
class Panel:
    """An act's form as the page shows it. `name` is the form's, `button` what sending it is called."""

    name: str
    title: Promise
    route: str
    button: Promise
    form: forms.Form
    is_open: bool


@dataclass(frozen=True, slots=True)
class Opener:
    """A button that opens a panel. `then` is what it presets to happen after sending, if anything."""

    panel: str
    title: Promise
    key: str = ""
    then: str = ""


# By the name of the form: the button that opens it, and its key.
_OPENERS: Final[Mapping[str, tuple[Promise, str]]] = {
    "reply": (_("Responder al cliente"), "r"),
    "note": (_("Nota interna"), "n"),
    "call": (_("Llamada"), "l"),
    "classify": (_("Clasificar"), "c"),
    "assign": (_("Asignar"), "a"),
    "pause": (_("Pausar"), ""),
    "promise": (_("Estimar"), ""),
    "reopen": (_("Reabrir"), ""),
    "waiver": (_("Pedir exención"), ""),
    "rebind": (_("Corregir contrato"), ""),
}
# What the act is called above its form, its route, and what sending it is called.
_TITLES: Final[Mapping[str, tuple[Promise, str, Promise]]] = {
    "reply": (_("Responder al cliente"), "desk-reply", _("Enviar")),
    "note": (_("Nota interna"), "desk-note", _("Guardar nota interna")),
    "call": (_("Registrar una llamada"), "desk-call", _("Guardar la llamada")),
    "classify": (_("Clasificar"), "desk-classify", _("Guardar clasificación")),
    "assign": (_("Asignar"), "desk-assign", _("Guardar asignación")),
    "pause": (_("Pausar el plazo"), "desk-pause", _("Pausar")),
    "promise": (_("Estimar la solución"), "desk-promise", _("Guardar estimación")),
    "reopen": (_("Reabrir"), "desk-reopen", _("Reabrir el ticket")),
    "waiver": (_("Pedir una exención"), "desk-waiver", _("Pedir exención")),
    "rebind": (_("Corregir el contrato"), "desk-rebind", _("Guardar contrato")),
}
_WAIT: Final = Opener("reply", _("Esperar al cliente"), "p", acts.ReplyForm.WAIT)
_RESOLVE: Final = Opener("reply", _("Resolver"), "R", acts.ReplyForm.RESOLVE)


def act_form(
    name: str, ticket: Ticket, reading: Reading, data: Any = None, files: Any = None
) -> forms.Form | None:
    """The form of an act, filled with `data` when there is any; None where the ticket has no use for it."""
    seen: dict[str, Any] = {"seen": ticket.length}
    own: dict[str, Any] = {"auto_id": f"id_{name}_%s"}
    policy = reading.terms.policy if reading.terms else None
    if name == "reply":
        reply = acts.ReplyForm(data, files, initial=seen, **own)
        reply.foretell(policy)
        return reply
    if name in _SIMPLE:
        return _SIMPLE[name](data, files, initial=seen, **own)
    if name in _BY_POLICY:
        if policy is None:
            return None
        initial = seen | {"kind": reading.assessment.kind or ""}
        return _BY_POLICY[name](data, initial=initial, policy=policy, **own)
    if name == "assign":
        return acts.AssignForm(data, initial=seen | {"to": ticket.assignee_id}, people=desk_people(), **own)
    if name == "rebind":
        return acts.RebindForm(data, initial=seen, versions=_other_contracts(ticket), **own)
    return acts.WaiverForm(data, initial=seen, assessment=reading.assessment, **own)


def panels(
    ticket: Ticket,
    reading: Reading,
    reader: Person,
    *,
    shown: tuple[str, forms.Form] | None = None,
    then: str = "",
) -> list[Panel]:
    """The acts that the ticket allows its reader now.

    shown  a form to be shown open, as it was filled in, even where the ticket allows it no longer
    then   what the reply presets to happen after it
    """
    filled = dict([shown] if shown else [])
    names = _names(ticket, reading, reader)
    names += [name for name in filled if name in _TITLES and name not in names]
    made = {name: filled.get(name) or act_form(name, ticket, reading) for name in names}
    reply = made.get("reply")
    if isinstance(reply, acts.ReplyForm) and not reply.is_bound:
        reply.offer(ticket.state, then)
    return [
        Panel(name, *_TITLES[name], form, is_open=name in filled)
        for name, form in made.items()
        if form is not None
    ]


def openers(offered: list[Panel], ticket: Ticket) -> list[Opener]:
    """The buttons of these panels; waiting and resolving are an answer with what follows it."""
    state = State(ticket.state)
    buttons = [Opener(panel.name, *_OPENERS[panel.name]) for panel in offered]
    reply = offered[0].form if offered else None
    may_wait = isinstance(reply, acts.ReplyForm) and bool(reply.waiting_reason)
    extra = [_WAIT] if state is State.OPEN and may_wait else []
    extra += [_RESOLVE] if state in (State.OPEN, State.PAUSED) else []
    return [*buttons[:1], *extra, *buttons[1:]] if buttons and buttons[0].panel == "reply" else buttons


def _names(ticket: Ticket, reading: Reading, reader: Person) -> list[str]:
    state, has_terms = State(ticket.state), reading.terms is not None
    unsolved = state in (State.OPEN, State.PAUSED)
    missed = any(clock.missed_at is not None for clock in reading.assessment.clocks.values())
    wanted = {
        "reply": state is not State.CLOSED,
        "note": state is not State.CLOSED,
        "call": state is not State.CLOSED,
        "classify": state is not State.CLOSED and has_terms,
        "assign": state is not State.CLOSED,
        "pause": state is State.OPEN and has_terms,
        "promise": unsolved,
        "reopen": state is State.RESOLVED,
        "waiver": missed,
        "rebind": state is not State.CLOSED and reader.is_lead and bool(_other_contracts(ticket)),
    }
    return [name for name, is_wanted in wanted.items() if is_wanted]


def _other_contracts(ticket: Ticket) -> list[ContractVersion]:
    """The contracts of the client in force at the ticket's start, but for the one that rules already."""
    found = versions_in_force(ticket.organization_id, ticket.opened_at)
    return [version for version in found if version.pk != ticket.contract_version_id]
