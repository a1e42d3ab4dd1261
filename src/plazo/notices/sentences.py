"""The one sentence that each notice is about; the terms stand below it, line by line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from django.utils.translation import gettext as _

from plazo.notices import planning as codes
from plazo.notices.facts import Facts
from plazo.notices.speech import Speech
from plazo.notices.terms import metric_name
from plazo.sla import ClockState
from plazo.sla import timeline as events
from plazo.sla.policy import Metric

Sentence = Callable[[Facts, Speech], str]


def sentence(code: str, facts: Facts, speech: Speech) -> str:
    """What happened, to whoever reads it. KeyError for a code that nobody words."""
    return SENTENCES[code](facts, speech)


# To the client.


def _received(facts: Facts, speech: Speech) -> str:
    told = _("Recibimos su reporte #%(number)s el %(start)s.") % {
        "number": facts.ticket.pk,
        "start": speech.at(facts.event.at),
    }
    if facts.after.classified or facts.policy is None:
        return told
    priority = facts.policy.priorities[facts.after.priority].title
    return (
        told
        + " "
        + _("Prioridad por confirmar: mientras tanto rige el plazo de la prioridad %(priority)s.")
        % {"priority": speech.text(priority).lower()}
    )


def _answered(facts: Facts, speech: Speech) -> str:
    values = {"who": _name_of_actor(facts), "at": speech.at(facts.event.recorded_at)}
    response = facts.after.clocks["response"]
    if response.state is ClockState.MET and response.stopped_at == facts.event.recorded_at:
        return _("%(who)s le respondió el %(at)s: compromiso de respuesta cumplido.") % values
    return _("%(who)s le respondió el %(at)s.") % values


def _classified(facts: Facts, speech: Speech) -> str:
    if facts.policy is None:
        return _("Confirmamos de qué trata su ticket.")
    values = {"priority": speech.text(facts.policy.priorities[facts.after.priority].title)}
    if facts.after.kind is None:
        return _("Prioridad %(priority)s.") % values
    kind = facts.policy.kind(facts.after.kind)
    return _("Prioridad %(priority)s, por tratarse de: %(kind)s.") % {
        **values,
        "kind": speech.text(kind.title),
    }


def _rebound(facts: Facts, speech: Speech) -> str:
    return _("Corregimos el contrato bajo el que corre su ticket.")


def _paused(facts: Facts, speech: Speech) -> str:
    pause = next(each for each in facts.after.pauses if each.seq == facts.event.seq)
    rule = facts.after.commitment.pause_reasons[pause.reason]
    values = {
        "reason": speech.text(rule.title),
        "start": speech.at(pause.started_at),
        "limit": speech.at(pause.limit_at),
    }
    if rule.ends_with == "client":
        return (
            _(
                "%(reason)s: el plazo de solución se detiene desde el %(start)s. "
                "Se reanuda cuando usted responda, "
                "o por sí solo el %(limit)s."
            )
            % values
        )
    return (
        _(
            "%(reason)s: el plazo de solución se detiene desde el %(start)s. "
            "Se reanuda cuando haya respuesta, "
            "o por sí solo el %(limit)s."
        )
        % values
    )


def _resumed(facts: Facts, speech: Speech) -> str:
    held = facts.after.clocks["resolution"].held
    return _("El plazo de solución volvió a correr el %(at)s. En total estuvo en pausa %(span)s hábiles.") % {
        "at": speech.at(facts.event.at),
        "span": speech.span(held["client"] + held["third_party"]),
    }


def _due_moved(facts: Facts, speech: Speech) -> str:
    return _("Cambió el calendario de días no hábiles, y con él los plazos de su ticket.")


def _resolved(facts: Facts, speech: Speech) -> str:
    return _(
        "Creemos que quedó resuelto el %(at)s. "
        "Confirme o díganos que no; sin noticias suyas se cierra el %(closes)s."
    ) % {"at": speech.at(facts.event.recorded_at), "closes": speech.at(facts.after.closes_at)}


def _reopened(facts: Facts, speech: Speech) -> str:
    if facts.event.actor_id == facts.person.pk:
        return _("Usted indicó que no quedó resuelto. El mismo plazo continúa.")
    return _("Se reabrió su ticket, porque no quedó resuelto. El mismo plazo continúa.")


def _missed(facts: Facts, speech: Speech) -> str:
    metric: Metric = facts.event.data["metric"]
    # A report written down late, or a change, may put the end of the term before the instant of the miss.
    values = {"due": speech.at(facts.after.clocks[metric].due_at or facts.event.at)}
    if metric == "response":
        told = _("No respondimos dentro del plazo, que venció el %(due)s.") % values
    else:
        told = _("No resolvimos dentro del plazo, que venció el %(due)s.") % values
    return told + " " + _("Ya lo sabe la jefatura.") if _lead_knows(facts, metric) else told


def _lead_knows(facts: Facts, metric: Metric) -> bool:
    """Whether the agreement has the lead told of this metric no later than at the end of its term."""
    steps = facts.after.commitment.escalation
    return any(step.metric == metric and step.percent <= 100 and "lead" in step.tell for step in steps)


def _closing_soon(facts: Facts, speech: Speech) -> str:
    return _(
        "Sin noticias suyas, el ticket se cierra el %(closes)s. Si no quedó resuelto, díganoslo antes."
    ) % {"closes": speech.at(facts.after.closes_at)}


def _closed(facts: Facts, speech: Speech) -> str:
    return _("Cerrado el %(at)s. Para continuar, escriba: abriremos uno nuevo, enlazado.") % {
        "at": speech.at(facts.event.at)
    }


# To the desk.


def _assigned(facts: Facts, speech: Speech) -> str:
    return _("%(who)s le asignó este ticket.") % {"who": _name_of_actor(facts)}


def _escalated(facts: Facts, speech: Speech) -> str:
    step = next(each for each in facts.after.commitment.escalation if each.code == facts.event.data["step"])
    if step.percent >= 100:
        return _("%(metric)s: el plazo venció el %(at)s.") % {
            "metric": metric_name(step.metric),
            "at": speech.at(facts.after.clocks[step.metric].due_at),
        }
    return _("%(metric)s: pasó el %(percent)s %% del plazo.") % {
        "metric": metric_name(step.metric),
        "percent": step.percent,
    }


def _pause_ending(facts: Facts, speech: Speech) -> str:
    pause = next(each for each in facts.after.pauses if each.seq == facts.event.data["pause"])
    return _("La pausa termina por sí sola el %(limit)s, y el plazo vuelve a correr.") % {
        "limit": speech.at(pause.limit_at)
    }


def _client_word(facts: Facts, speech: Speech) -> str:
    match facts.event.code:
        case events.CONFIRMED:
            return _("El cliente confirmó la solución.")
        case events.REOPENED:
            return _("El cliente indicó que no quedó resuelto. El mismo plazo continúa.")
    return _("%(who)s escribió el %(at)s.") % {
        "who": _name_of_actor(facts),
        "at": speech.at(facts.event.recorded_at),
    }


def _disputed(facts: Facts, speech: Speech) -> str:
    if facts.event.data["what"] == "pause":
        return _("El cliente objeta la pausa.")
    return _("El cliente objeta la prioridad.")


def _waiver_requested(facts: Facts, speech: Speech) -> str:
    return _("%(who)s pide una exención. Plazo: %(metric)s. La decide otra persona.") % {
        "who": _name_of_actor(facts),
        "metric": metric_name(facts.event.data["metric"]).lower(),
    }


def _undelivered(facts: Facts, speech: Speech) -> str:
    return _(
        "La respuesta no llegó a nadie del cliente y no se cuenta. "
        "El plazo de respuesta corre desde su inicio."
    )


def _estimate_passed(facts: Facts, speech: Speech) -> str:
    return _("Pasó la fecha estimada de solución, que el cliente conoce. Resuelva o indique otra.")


def _name_of_actor(facts: Facts) -> str:
    return facts.actor.name if facts.actor else _("La mesa de ayuda")


SENTENCES: Final[Mapping[str, Sentence]] = {
    codes.RECEIVED: _received,
    codes.ANSWERED: _answered,
    codes.CLASSIFIED: _classified,
    codes.REBOUND: _rebound,
    codes.PAUSED: _paused,
    codes.RESUMED: _resumed,
    codes.DUE_MOVED: _due_moved,
    codes.RESOLVED: _resolved,
    codes.REOPENED: _reopened,
    codes.MISSED: _missed,
    codes.CLOSING_SOON: _closing_soon,
    codes.CLOSED: _closed,
    codes.ASSIGNED: _assigned,
    codes.ESCALATED: _escalated,
    codes.PAUSE_ENDING: _pause_ending,
    codes.CLIENT_WORD: _client_word,
    codes.DISPUTED: _disputed,
    codes.WAIVER_REQUESTED: _waiver_requested,
    codes.UNDELIVERED: _undelivered,
    codes.ESTIMATE_PASSED: _estimate_passed,
}
