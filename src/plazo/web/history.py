"""What happened to a ticket, in words: events hold codes, sentences are made when they are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plazo.contracts.terms import Terms
from plazo.tickets import queries
from plazo.tickets.queries import Entry
from plazo.web import labels, moments

_PLAIN: Final[Mapping[str, Promise]] = {
    "rebound": gettext_lazy("Se corrigió el contrato que rige"),
    "replied": gettext_lazy("La mesa respondió"),
    "undelivered": gettext_lazy("La respuesta no pudo entregarse a nadie; su plazo siguió corriendo"),
    "resolved": gettext_lazy("La mesa lo dio por resuelto"),
    "reopened": gettext_lazy("No quedó resuelto: el mismo plazo continúa"),
    "client_replied": gettext_lazy("El cliente escribió"),
    "reviewed": gettext_lazy("La mesa leyó el mensaje y la solución se mantiene"),
    "pause_warned": gettext_lazy("Aviso: la pausa está por llegar a su límite"),
    "closing_warned": gettext_lazy("Se avisó al cliente que está por cerrarse"),
    "estimate_passed": gettext_lazy("Pasó la hora de la solución estimada"),
    "noted": gettext_lazy("Nota interna"),
    "confirmed": gettext_lazy("El cliente confirmó la solución"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """An entry of the history with its sentence."""

    entry: Entry
    words: str


def lines(entries: Sequence[Entry], terms: Terms | None) -> list[Line]:
    """The sentences of a history, in its order; one query for the names it mentions."""
    mentioned = [entry.data["to"] for entry in entries if entry.code == "assigned" and entry.data["to"]]
    names = queries.names(mentioned) if mentioned else {}
    return [Line(entry, _words(entry, terms, names)) for entry in entries]


def _words(entry: Entry, terms: Terms | None, names: Mapping[int, str]) -> str:
    if entry.code == "assigned":
        to = entry.data["to"]
        return _("Asignado a %(person)s") % {"person": names.get(to, "")} if to else _("Quedó sin asignar")
    if entry.code in _PLAIN:
        return str(_PLAIN[entry.code])
    teller = _TELLERS.get(entry.code)
    return teller(entry, terms) if teller else entry.code


def _opened(entry: Entry, terms: Terms | None) -> str:
    if entry.at == entry.recorded_at:
        return _("Se recibió el reporte")
    return _("Se registró el reporte, recibido el %(at)s") % {"at": moments.long(entry.at)}


def _classified(entry: Entry, terms: Terms | None) -> str:
    priority, kind = entry.data["priority"], entry.data.get("kind")
    if terms is None:
        return _("Clasificado")
    words = {"priority": labels.priority_mark(terms.policy, priority).word}
    if not kind:
        return _("Clasificado con prioridad %(priority)s") % words
    title = labels.kind_title(terms.policy, kind)
    return _("Clasificado como «%(kind)s», prioridad %(priority)s") % {**words, "kind": title}


def _called(entry: Entry, terms: Terms | None) -> str:
    if entry.data.get("spoke"):
        words = _("La mesa habló por teléfono con el cliente")
    else:
        words = _("La mesa llamó y no habló con el cliente")
    # The hour that was stated; the line itself shows when the call was written down.
    return words if entry.at == entry.recorded_at else f"{words} ({moments.long(entry.at)})"


def _paused(entry: Entry, terms: Terms | None) -> str:
    reason = terms.policy.pauses.reasons.get(entry.data["reason"]) if terms else None
    title = labels.said(reason.title) if reason else entry.data["reason"]
    return _("El plazo de solución se detuvo: %(reason)s") % {"reason": title}


def _resumed(entry: Entry, terms: Terms | None) -> str:
    return {
        "client": _("El plazo volvió a correr: el cliente escribió"),
        "limit": _("El plazo volvió a correr: la pausa llegó a su límite"),
    }.get(entry.data["cause"], _("El plazo volvió a correr"))


def _promised(entry: Entry, terms: Terms | None) -> str:
    return _("Solución estimada para el %(due)s") % {"due": _moment(entry.data["due"])}


def _closed(entry: Entry, terms: Terms | None) -> str:
    return {
        "period": _("Se cerró por sí solo, sin noticias del cliente"),
        "client": _("El cliente lo cerró"),
    }.get(entry.data["cause"], _("Se cerró"))


def _breached(entry: Entry, terms: Terms | None) -> str:
    return _("Plazo de %(metric)s incumplido") % {"metric": _metric(entry.data)}


def _escalated(entry: Entry, terms: Terms | None) -> str:
    return _("Escalamiento del plazo de %(metric)s: %(step)s") % {
        "metric": _metric(entry.data),
        "step": _step(entry.data, terms),
    }


def _step(data: Mapping[str, Any], terms: Terms | None) -> str:
    """How much of the term had gone by; the step's code where the contract was changed since."""
    for step in terms.commitment.escalation if terms else ():
        if (step.metric, step.code) == (data["metric"], data["step"]):
            return f"{step.percent} %"
    return str(data["step"])


def _due_moved(entry: Entry, terms: Terms | None) -> str:
    before, after = entry.data.get("before"), entry.data.get("after")
    return _("El plazo de %(metric)s se movió: del %(before)s al %(after)s") % {
        "metric": _metric(entry.data),
        "before": _moment(before),
        "after": _moment(after),
    }


def _disputed(entry: Entry, terms: Terms | None) -> str:
    return {
        "priority": _("El cliente objetó la prioridad"),
        "pause": _("El cliente objetó la pausa"),
    }.get(entry.data["what"], _("El cliente objetó"))


def _waiver_requested(entry: Entry, terms: Terms | None) -> str:
    return _("Se pidió eximir el plazo de %(metric)s") % {"metric": _metric(entry.data)}


def _waived(entry: Entry, terms: Terms | None) -> str:
    words = {"metric": _metric(entry.data)}
    if entry.data.get("approved"):
        return _("Se eximió el plazo de %(metric)s") % words
    return _("No se eximió el plazo de %(metric)s") % words


def _metric(data: Mapping[str, Any]) -> str:
    return labels.label(labels.METRICS, data["metric"]).lower()


def _moment(seconds: int | None) -> str:
    return _("sin fecha") if seconds is None else moments.long(datetime.fromtimestamp(seconds, UTC))


_TELLERS: Final[Mapping[str, Callable[[Entry, Terms | None], str]]] = {
    "opened": _opened,
    "classified": _classified,
    "called": _called,
    "paused": _paused,
    "resumed": _resumed,
    "promised": _promised,
    "closed": _closed,
    "breached": _breached,
    "escalated": _escalated,
    "due_moved": _due_moved,
    "disputed": _disputed,
    "waiver_requested": _waiver_requested,
    "waived": _waived,
}
