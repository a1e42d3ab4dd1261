"""An explanation in sentences, in Spanish and English."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from plazo.sla.clock import ClockState
from plazo.sla.explanation import Closed, ClosedDay, Counted, Explanation, Halt, Item
from plazo.sla.wording import (
    capitalized,
    joined,
    say_day,
    say_duration,
    say_instant,
    say_time,
    say_zone,
    spoken,
)


@dataclass(frozen=True, slots=True)
class Sentences:
    """An explanation to read: what is owed, one sentence an item, their sum, and what else to know.

    `total` and `remark` may be empty.
    """

    headline: str
    items: tuple[str, ...]
    total: str
    remark: str


def sentences(explanation: Explanation, language: str) -> Sentences:
    """The explanation in Spanish, or in English for a language tag "en…"."""
    teller = _Teller(explanation, language)
    return Sentences(
        headline=teller.headline(),
        items=tuple(teller.item(item) for item in explanation.items),
        total=teller.total(),
        remark=teller.remark(),
    )


_PHRASES = {
    "es": {
        "response running": "Le respondemos a más tardar el {due} ({zone}).",
        "response met": "Respuesta cumplida el {stop}; {was_due} ({zone}).",
        "response late": "Respuesta incumplida: {was_due} y llegó el {stop}, con {over} de atraso ({zone}).",
        "response missed": "Respuesta incumplida: {was_due}, y lleva {over} de atraso ({zone}).",
        "response no_term": "El acuerdo no fija un plazo de respuesta para esta prioridad.",
        "resolution running": "La solución se debe a más tardar el {due} ({zone}).",
        "resolution paused": (
            "El plazo de solución está en pausa desde el {since}. Si la pausa llega a su límite, el {limit}, "
            "la solución se debe a más tardar el {due_at_limit} ({zone})."
        ),
        "resolution met": "Solución cumplida el {stop}; {was_due} ({zone}).",
        "resolution late": "Solución incumplida: {was_due} y llegó el {stop}, con {over} de atraso ({zone}).",
        "resolution missed": "Solución incumplida: {was_due}, y lleva {over} de atraso ({zone}).",
        "resolution no_term": "El acuerdo no fija un plazo de solución para esta prioridad.",
        "was due": "vencía el {due}",
        "was due that day": "vencía ese día a las {time}",
        "span": "{start} a {end}",
        "counted": "{day}, {spans}: {length}",
        "whole": "{day}: {length}",
        "overrun": "{text} de atraso",
        "repeated": "{text} (el cambio de hora repite {length})",
        "skipped": "{text} (el cambio de hora se salta {length})",
        "closings": "{text} (cerrado de {hours})",
        "day_off": "día no hábil",
        "day_off law": "feriado legal ({name})",
        "day_off provider": "cierre de {provider} ({name})",
        "day_off client": "día no hábil acordado con el cliente ({name})",
        "day_off no_window": "{day_off} y fuera de su horario",
        "no_window": "fuera de su horario",
        "after_hours": "fuera de su horario",
        "closing": "cerrado",
        "closed": "{text}. No se cuenta.",
        "pause": "En pausa desde el {start}, hasta el {end}{why}: no se cuentan {length} de servicio.",
        "open pause": "En pausa desde el {start}{why}: van {length} de servicio sin contar.",
        "resolved": "Dado por resuelto desde el {start}, hasta el {end}: no se cuentan {length} de servicio.",
        "total": "Suma: {length}.",
        "total factor": "Suma: {length} = {factor} × {base}.",
        "total over": "Atraso: {length}.",
        "without pauses": "Sin detenerse habría vencido el {due}.",
        "clause": "Según el acuerdo: {clause}",
        "assumed": "Se asume: {assumed}",
    },
    "en": {
        "response running": "We answer by {due} at the latest ({zone}).",
        "response met": "Answered in time on {stop}; {was_due} ({zone}).",
        "response late": "Answer missed: {was_due}, and came on {stop}, {over} late ({zone}).",
        "response missed": "Answer missed: {was_due}, and is {over} late ({zone}).",
        "response no_term": "The agreement sets no term for an answer at this priority.",
        "resolution running": "The solution is due by {due} at the latest ({zone}).",
        "resolution paused": (
            "The term of the solution has been paused since {since}. If the pause reaches its limit, "
            "{limit}, the solution is due by {due_at_limit} at the latest ({zone})."
        ),
        "resolution met": "Solved in time on {stop}; {was_due} ({zone}).",
        "resolution late": "Solution missed: {was_due}, and came on {stop}, {over} late ({zone}).",
        "resolution missed": "Solution missed: {was_due}, and is {over} late ({zone}).",
        "resolution no_term": "The agreement sets no term for a solution at this priority.",
        "was due": "it was due on {due}",
        "was due that day": "it was due that day at {time}",
        "span": "{start} to {end}",
        "counted": "{day}, {spans}: {length}",
        "whole": "{day}: {length}",
        "overrun": "{text} late",
        "repeated": "{text} (the clock change repeats {length})",
        "skipped": "{text} (the clock change skips {length})",
        "closings": "{text} (closed {hours})",
        "day_off": "day off",
        "day_off law": "public holiday ({name})",
        "day_off provider": "{provider} closed ({name})",
        "day_off client": "day off agreed with the client ({name})",
        "day_off no_window": "{day_off} and outside your hours",
        "no_window": "outside your hours",
        "after_hours": "outside your hours",
        "closing": "closed",
        "closed": "{text}. Not counted.",
        "pause": "Paused from {start} to {end}{why}: {length} of service hours do not count.",
        "open pause": "Paused since {start}{why}: {length} of service hours not counted so far.",
        "resolved": "Taken as resolved from {start} to {end}: {length} of service hours do not count.",
        "total": "Sum: {length}.",
        "total factor": "Sum: {length} = {factor} × {base}.",
        "total over": "Late by {length}.",
        "without pauses": "Without standing still it would have been due on {due}.",
        "clause": "By the agreement: {clause}",
        "assumed": "Taken for granted: {assumed}",
    },
}


class _Teller:
    def __init__(self, explanation: Explanation, language: str) -> None:
        self.explanation = explanation
        self.language = language
        self.phrases = _PHRASES[spoken(language)]

    def say(self, phrase: str, **parts: str) -> str:
        return self.phrases[phrase].format(**parts)

    def headline(self) -> str:
        told = self.explanation
        pause = told.pause
        outcome = "late" if told.state is ClockState.MISSED and told.stopped_at else told.state.value
        return self.say(
            f"{told.metric} {outcome}",
            zone=say_zone(told.zone, self.language),
            due=self._instant(told.due_at),
            was_due=self._was_due(),
            stop=self._instant(told.stopped_at),
            over=say_duration(told.overrun, self.language),
            since=self._instant(pause.begins_at if pause else None),
            limit=self._instant(pause.limit_at if pause else None),
            due_at_limit=self._instant(told.due_at_limit),
        )

    def item(self, item: Item) -> str:
        if isinstance(item, Counted):
            return self._counted(item)
        return self._closed(item) if isinstance(item, Closed) else self._halt(item)

    def total(self) -> str:
        told = self.explanation
        if told.seconds is None:
            return ""
        length = self._length(told.seconds)
        if told.factor is None:
            text = self.say("total", length=length)
        else:
            base = self._length(told.seconds // told.factor)
            text = self.say("total factor", length=length, factor=str(told.factor), base=base)
        over = self.say("total over", length=self._length(told.overrun)) if told.overrun else ""
        return f"{text} {over}".rstrip()

    def remark(self) -> str:
        told = self.explanation
        parts = []
        if told.due_without_pauses is not None:
            parts.append(self.say("without pauses", due=self._instant(told.due_without_pauses)))
        if told.clause is not None:
            parts.append(self.say("clause", clause=told.clause.in_language(self.language)))
        if told.assumed is not None:
            parts.append(self.say("assumed", assumed=told.assumed.in_language(self.language)))
        return " ".join(parts)

    # Parts of sentences.

    def _counted(self, item: Counted) -> str:
        day = capitalized(self._day(item.spans[0][0]))
        spans = [self.say("span", start=_time(a), end=_end_time(b, item.day)) for a, b in item.spans]
        length = self._length(item.seconds)
        phrase = "whole" if item.whole and not item.closings else "counted"
        text = self.say(phrase, day=day, spans=joined(spans, self.language), length=length)
        if item.overrun:
            text = self.say("overrun", text=text)
        if change := item.clock_change:
            phrase = "repeated" if change > 0 else "skipped"
            text = self.say(phrase, text=text, length=self._length(abs(change)))
        if item.closings:
            hours = [self.say("span", start=start, end=end) for start, end in item.closings]
            text = self.say("closings", text=text, hours=joined(hours, self.language))
        return f"{text}."

    def _closed(self, item: Closed) -> str:
        parts = []
        for why, days in groupby(item.days, key=self._why):
            names = [say_day(day.day, self.language, month=self._other_month(day.day)) for day in days]
            parts.append(f"{joined(names, self.language)}: {why}")
        return self.say("closed", text=capitalized("; ".join(parts)))

    def _why(self, day: ClosedDay) -> str:
        if not day.is_day_off:
            return self.say(day.reason)
        known = day.day_off
        day_off = (
            self.say(f"day_off {known.source}", name=known.name, provider=known.provider)
            if known
            else self.say("day_off")
        )
        return self.say("day_off no_window", day_off=day_off) if day.reason == "no_window" else day_off

    def _halt(self, item: Halt) -> str:
        why = f" ({item.title.in_language(self.language)})" if item.title else ""
        start, length = self._moment(item.begins_at), self._length(item.seconds)
        if item.ended_at is None:
            return self.say("open pause", start=start, why=why, length=length)
        return self.say(item.type, start=start, end=self._moment(item.ended_at), why=why, length=length)

    def _was_due(self) -> str:
        due, stop = self.explanation.due_at, self.explanation.stopped_at
        if due is None:
            return ""
        if stop is not None and stop.date() == due.date():
            return self.say("was due that day", time=say_time(due))
        return self.say("was due", due=self._instant(due))

    def _instant(self, instant: datetime | None) -> str:
        told = self.explanation
        if instant is None:
            return ""
        return say_instant(instant, self.language, told.zone, told.now, long=True)

    def _moment(self, instant: datetime) -> str:
        return f"{self._day(instant)}, {_time(instant)}"

    def _day(self, instant: datetime) -> str:
        return say_day(instant.date(), self.language, month=self._other_month(instant.date()))

    def _other_month(self, day: date) -> bool:
        start = self.explanation.started_at
        return (day.year, day.month) != (start.year, start.month)

    def _length(self, seconds: int) -> str:
        return say_duration(seconds, self.language, exact=True)


def _time(instant: datetime) -> str:
    return say_time(instant, exact=True)


def _end_time(instant: datetime, day: date) -> str:
    """A span that lasts to the end of its day ends at 24:00, also where the next day begins at 1:00."""
    return "24:00" if instant.date() != day else _time(instant)
