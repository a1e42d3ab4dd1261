"""Both terms of a ticket, each in one line."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from plazo.notices.speech import Speech
from plazo.sla import METRICS, Assessment, Clock, ClockState
from plazo.sla.policy import Metric


@dataclass(frozen=True)
class Line:
    """One term: its name and how it stands."""

    label: str
    words: str


def term_lines(assessment: Assessment, speech: Speech) -> list[Line]:
    """Response first, then resolution."""
    return [Line(metric_name(metric), said(assessment.clocks[metric], speech)) for metric in METRICS]


def metric_name(metric: Metric) -> str:
    """As a heading."""
    return {"response": _("Respuesta"), "resolution": _("Solución")}[metric]


def said(clock: Clock, speech: Speech) -> str:
    """How one term stands."""
    due, stopped = speech.at(clock.due_at), speech.at(clock.stopped_at)
    match clock.state:
        case ClockState.NO_TERM:
            return _("sin plazo en su contrato")
        case ClockState.PAUSED:
            return _("en pausa; quedan %(left)s hábiles") % {"left": speech.span(clock.remaining or 0)}
        case ClockState.MET:
            return _("cumplida el %(stopped)s; vencía el %(due)s") % {"stopped": stopped, "due": due}
        case ClockState.MISSED if clock.stopped_at is not None:
            return _("fuera de plazo, el %(stopped)s; vencía el %(due)s") % {"stopped": stopped, "due": due}
        case ClockState.MISSED:
            return _("incumplida; vencía el %(due)s") % {"due": due}
        case _:
            return _("a más tardar el %(due)s") % {"due": due}
