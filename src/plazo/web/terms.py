"""Both terms of a ticket as pages show them: state, due date, time left, drawing, reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from plazo.contracts.calendars import calendars_for, named_days_off
from plazo.contracts.terms import terms_of
from plazo.sla.clock import Assessment, Clock, ClockState, judging_calendar
from plazo.sla.escalation import AT_RISK_PERCENT
from plazo.sla.explain import Explanation, Sentences, explain, sentences
from plazo.sla.policy import METRICS, Calendar, Metric
from plazo.tickets.clocks import Reading
from plazo.web import drawing, labels, moments
from plazo.web.agenda import agenda


@dataclass(frozen=True, slots=True)
class TermLine:
    """One term in a line of a list. `due_words` and `left_words` may be empty; `left_brief` fits a column."""

    metric: str
    title: str
    state: str
    due_at: datetime | None
    due_words: str
    left_words: str
    left_brief: str
    strip: drawing.Drawing


@dataclass(frozen=True, slots=True)
class TermView:
    """One term in full."""

    line: TermLine
    explanation: Explanation
    sentences: Sentences


@dataclass(frozen=True, slots=True)
class TermsView:
    """Both terms in full, and the drawings of both for wide, narrow and very narrow columns."""

    terms: tuple[TermView, ...]
    wide: drawing.Drawing
    narrow: drawing.Drawing
    agenda: drawing.Drawing

    @property
    def sizes(self) -> tuple[tuple[str, drawing.Drawing], ...]:
        """All drawings; the style sheet shows the one that fits."""
        return ("wide", self.wide), ("narrow", self.narrow), ("agenda", self.agenda)

    @property
    def summary(self) -> str:
        """What the drawing shows, in words."""
        return " ".join(term.sentences.headline for term in self.terms)


def term_line(clock: Clock) -> TermLine:
    state = shown_state(clock)
    return TermLine(
        metric=clock.metric,
        title=labels.label(labels.METRICS, clock.metric),
        state=state,
        due_at=clock.due_at,
        due_words=_due_words(clock),
        left_words=_left_words(clock),
        left_brief=_left_brief(clock),
        strip=drawing.strip(
            state=clock.state, seconds=clock.term.seconds, elapsed=clock.elapsed, overrun=clock.overrun
        ),
    )


def term_lines(assessment: Assessment) -> dict[str, TermLine]:
    """Both terms by metric."""
    return {metric: term_line(assessment.clocks[metric]) for metric in METRICS}


def next_line(assessment: Assessment) -> TermLine:
    """The term that matters most now: the nearest that still waits, else the solution's."""
    waiting = [clock for clock in assessment.clocks.values() if clock.stopped_at is None and clock.due_at]
    nearest = min(waiting, key=lambda clock: clock.due_at or assessment.now, default=None)
    return term_line(nearest or assessment.clocks["resolution"])


def shown_state(clock: Clock) -> str:
    """The clock's state, with "at_risk" once most of a running term is used."""
    seconds = clock.term.seconds
    if clock.state is ClockState.RUNNING and seconds and clock.elapsed * 100 >= seconds * AT_RISK_PERCENT:
        return "at_risk"
    return clock.state.value


def terms_view(reading: Reading) -> TermsView:
    """Both terms of a ticket, explained and drawn."""
    explanations = {metric: reading.explain(metric) for metric in METRICS}
    return _view(reading.assessment, explanations, reading.calendars)


def preview_view(contract_version_id: int, assessment: Assessment) -> TermsView:
    """Both terms of a report that nobody has sent yet."""
    own = terms_of(contract_version_id)
    calendars = calendars_for([contract_version_id])
    days_off = named_days_off(own)
    explanations = {
        metric: explain(assessment.clocks[metric], assessment, calendars, days_off=days_off)
        for metric in METRICS
    }
    return _view(assessment, explanations, calendars)


def _view(
    assessment: Assessment, explanations: Mapping[Metric, Explanation], calendars: Mapping[str, Calendar]
) -> TermsView:
    language = moments.language()
    told = [explanations[metric] for metric in METRICS]
    hours = judging_calendar(assessment.clocks["resolution"], calendars).windows_on
    return TermsView(
        terms=tuple(
            TermView(term_line(assessment.clocks[each.metric]), each, sentences(each, language))
            for each in told
        ),
        wide=drawing.draw(told, hours, language, limit=drawing.WIDE),
        narrow=drawing.draw(told, hours, language, limit=drawing.NARROW),
        agenda=agenda(told, hours, language),
    )


def _due_words(clock: Clock) -> str:
    if clock.due_at is None:
        return ""
    words = {"at": moments.short(clock.due_at)}
    is_past = clock.stopped_at is not None or clock.state is ClockState.MISSED
    return _("vencía %(at)s") % words if is_past else _("vence %(at)s") % words


def _left_words(clock: Clock) -> str:
    over = {"time": moments.duration(clock.overrun)}
    if clock.state is ClockState.NO_TERM:
        return _("El acuerdo no fija un plazo")
    if clock.state is ClockState.MISSED:
        if clock.stopped_at is None:
            return _("Vencido hace %(time)s hábiles") % over
        return _("Con %(time)s hábiles de atraso") % over
    if clock.stopped_at is not None:
        return _("Cumplido %(at)s") % {"at": moments.short(clock.stopped_at)}
    left = {"time": moments.duration(clock.remaining or 0)}
    if clock.state is ClockState.PAUSED:
        return _("En pausa; quedan %(time)s hábiles") % left
    return _("Quedan %(time)s hábiles") % left


def _left_brief(clock: Clock) -> str:
    """Under a heading that says that it is working time."""
    if clock.state is ClockState.MISSED:
        return _("hace %(time)s") % {"time": _brief(clock.overrun)}
    if clock.state is ClockState.RUNNING:
        return _brief(clock.remaining or 0)
    return labels.label(labels.CLOCK_STATES, clock.state.value)


def _brief(seconds: int) -> str:
    """Of a hundred hours nobody needs the minutes."""
    return moments.duration(seconds - seconds % 3_600 if seconds >= 360_000 else seconds)
