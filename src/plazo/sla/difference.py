"""What changes from one version of a policy to another, in words.

Each policy is read as a list of named things with named facts; two lists are compared. So every
part of the model speaks for itself once, and an added or removed thing is one sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from plazo.sla.policy import METRICS, Assumable, Kind, PauseReason, Policy, Target, Text
from plazo.sla.publishing.wording import CHANNELS, HOLDERS, ROLES, hours_text, is_english, period
from plazo.sla.wording import joined, say_day, say_duration


@dataclass(slots=True)
class _Thing:
    """Something a policy states.

    key     finds it again in another version
    facts   its values in words, by label
    order   the codes of its parts, where it is a list
    quiet   labels that a sentence about an addition leaves out
    """

    key: tuple[str, ...]
    name: str
    facts: dict[str, str] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    quiet: set[str] = field(default_factory=set)


def differences(old: Policy, new: Policy, language: str = "es") -> list[str]:
    """One sentence for each change from `old` to `new`; none when they state the same.

    Changes of a text in the other language count too, and are said to be of that language.
    """
    reader = _Reader(language)
    before = {thing.key: thing for thing in reader.things(old)}
    after = {thing.key: thing for thing in reader.things(new)}
    sentences = [reader.removed(thing) for key, thing in before.items() if key not in after]
    for key, thing in after.items():
        if key in before:
            sentences += reader.changed(thing, before[key].facts)
            sentences += reader.reordered(thing, before[key].order)
        else:
            sentences.append(reader.added(thing))
    return sentences


class _Reader:
    """Reads policies in one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def say(self, es: str, en: str) -> str:
        return en if is_english(self.language) else es

    # Sentences.

    def added(self, thing: _Thing) -> str:
        shown = {label: value for label, value in thing.facts.items() if value and label not in thing.quiet}
        facts = "; ".join(f"{label}: {value}" for label, value in shown.items())
        facts = f" ({facts})" if facts else ""
        return self.say(f"Se agrega: {thing.name}{facts}.", f"Added: {thing.name}{facts}.")

    def removed(self, thing: _Thing) -> str:
        return self.say(f"Se elimina: {thing.name}.", f"Removed: {thing.name}.")

    def changed(self, thing: _Thing, before: Mapping[str, str]) -> Iterator[str]:
        for label in dict.fromkeys([*before, *thing.facts]):
            old, new = before.get(label, ""), thing.facts.get(label, "")
            if old == new:
                continue
            what = f"{thing.name}, {label}"
            if not old:
                yield self.say(f"{what}: se agrega «{new}».", f"{what}: “{new}” is added.")
            elif not new:
                yield self.say(f"{what}: se elimina «{old}».", f"{what}: “{old}” is removed.")
            else:
                yield self.say(f"{what}: de «{old}» a «{new}».", f"{what}: from “{old}” to “{new}”.")

    def reordered(self, thing: _Thing, before: tuple[str, ...]) -> Iterator[str]:
        """Only what both versions have can change its place."""
        old = [code for code in before if code in thing.order]
        new = [code for code in thing.order if code in before]
        if old != new:
            order = ", ".join(new)
            yield self.say(
                f"{thing.name}: el orden pasa a ser {order}.", f"{thing.name}: the order is now {order}."
            )

    # Things.

    def things(self, policy: Policy) -> Iterator[_Thing]:
        yield from self._agreement(policy)
        yield from self._windows(policy)
        yield from self._scales(policy)
        yield from self._terms(policy)
        yield from self._pauses(policy)
        yield from self._rules(policy)
        yield from self._catalogue(policy)

    def _agreement(self, policy: Policy) -> Iterator[_Thing]:
        agreement = self._thing(("agreement",), "Acuerdo", "Agreement")
        agreement.facts[self.say("formato", "format")] = str(policy.plazo)
        agreement.facts[self.say("versión", "version")] = str(policy.version)
        since = say_day(policy.effective_from, self.language, year=True)
        agreement.facts[self.say("rige desde", "in force from")] = since
        agreement.facts[self.say("idioma", "language")] = policy.language
        agreement.facts[self.say("zona horaria", "time zone")] = policy.zone
        self._text(agreement, "título", "title", policy.title)
        self._assumed(agreement, policy)
        yield agreement
        provider = self._thing(("provider",), "Proveedor", "Provider")
        provider.facts[self.say("código", "code")] = policy.provider.code
        provider.facts[self.say("nombre", "name")] = policy.provider.name
        self._text(provider, "cláusula", "clause", policy.provider.clause)
        yield provider
        document = self._thing(("document",), "Documento firmado", "Signed document")
        document.facts[self.say("título", "title")] = policy.document.title
        document.facts["SHA-256"] = policy.document.sha256
        document.facts[self.say("cuál rige", "which governs")] = (
            self.say("el documento", "the document")
            if policy.document.governs == "document"
            else self.say("la página publicada", "the published page")
        )
        yield document
        counting = self._thing(("counting",), "Cómo se cuentan las horas", "How hours are counted")
        self._text(counting, "horas", "hours", policy.counting.hours)
        self._text(counting, "inicio", "start", policy.counting.start)
        self._text(counting, "respuesta", "response", policy.counting.response)
        self._text(counting, "solución", "solution", policy.counting.resolution)
        self._assumed(counting, policy.counting)
        yield counting

    def _windows(self, policy: Policy) -> Iterator[_Thing]:
        for code, calendar in policy.calendars.items():
            thing = self._thing(("calendar", code), f"Calendario {code}", f"Calendar {code}")
            self._text(thing, "título", "title", calendar.title)
            thing.facts[self.say("país", "country")] = calendar.country
            thing.facts[self.say("días del cliente", "days of the client")] = self._yes_no(
                calendar.client_days
            )
            self._assumed(thing, calendar)
            yield thing
        for code, window in policy.windows.items():
            thing = self._thing(("window", code), f"Modalidad {code}", f"Window {code}")
            self._text(thing, "título", "title", window.title)
            self._text(thing, "cláusula", "clause", window.clause)
            hours = "; ".join(hours_text(interval, self.language) for interval in window.hours)
            thing.facts[self.say("horario", "hours")] = hours
            thing.facts[self.say("calendario de feriados", "calendar of holidays")] = (
                window.days_off or self.say("ninguno", "none")
            )
            self._assumed(thing, window)
            yield thing

    def _scales(self, policy: Policy) -> Iterator[_Thing]:
        orders = (
            ("windows", "Modalidades", "Windows", policy.windows),
            ("levels", "Niveles", "Levels", policy.levels),
            ("priorities", "Prioridades", "Priorities", policy.priorities),
            ("calendars", "Calendarios", "Calendars", policy.calendars),
            ("services", "Servicios", "Services", policy.services),
        )
        for key, es, en, codes in orders:
            yield self._thing((key,), es, en, order=tuple(codes))
        for code, level in policy.levels.items():
            yield self._titled(("level", code), f"Nivel {code}", f"Level {code}", level.title, level)
        for code, priority in policy.priorities.items():
            yield self._titled(
                ("priority", code), f"Prioridad {code}", f"Priority {code}", priority.title, priority
            )

    def _terms(self, policy: Policy) -> Iterator[_Thing]:
        for metric in METRICS:
            target: Target = getattr(policy.targets, metric)
            name = {"response": ("Respuesta", "Response"), "resolution": ("Solución", "Solution")}[metric]
            thing = self._titled((metric,), *name, target.title, target)
            self._text(thing, "cláusula", "clause", target.clause)
            thing.facts["factor"] = str(target.factor or "")
            thing.facts[self.say("factor de", "factor of")] = target.of or ""
            thing.facts[self.say("factor sin plazo", "factor without a term")] = target.without_term or ""
            yield thing
            for priority, p in policy.priorities.items():
                for level, le in policy.levels.items():
                    es, en = (
                        f"prioridad {p.title.es}, nivel {le.title.es}",
                        f"priority {p.title.en}, level {le.title.en}",
                    )
                    cell = self._thing((metric, priority, level), f"{name[0]}, {es}", f"{name[1]}, {en}")
                    seconds = policy.seconds(metric, priority=priority, level=level)
                    cell.facts[self.say("plazo", "term")] = self._term(seconds)
                    if target.terms is not None:
                        written = target.terms[priority][level]
                        cell.facts[self.say("excepción aceptada", "accepted exception")] = (
                            written.accept or ""
                        )
                        self._assumed(cell, written)
                    yield cell
        unclassified = self._thing(("unclassified",), "Ticket sin clasificar", "Unclassified ticket")
        unclassified.facts[self.say("prioridad", "priority")] = policy.unclassified.priority
        self._assumed(unclassified, policy.unclassified)
        yield unclassified

    def _pauses(self, policy: Policy) -> Iterator[_Thing]:
        pauses = self._thing(("pauses",), "Pausas", "Pauses", order=tuple(policy.pauses.reasons))
        pauses.facts[self.say("límite total", "total limit")] = period(
            policy.pauses.total_limit, self.language
        )
        pauses.facts[self.say("aviso previo", "warning before")] = period(
            policy.pauses.warn_before, self.language
        )
        self._assumed(pauses, policy.pauses)
        yield pauses
        for code, reason in policy.pauses.reasons.items():
            yield self._pause(code, reason)

    def _pause(self, code: str, reason: PauseReason) -> _Thing:
        thing = self._titled(
            ("pause", code), f"Motivo de pausa {code}", f"Pause reason {code}", reason.title, reason
        )
        thing.facts[self.say("la causa", "caused by")] = HOLDERS[reason.holder].in_language(self.language)
        thing.facts[self.say("termina con", "ends with")] = (
            self.say("el cliente", "the client")
            if reason.ends_with == "client"
            else self.say("la consultora o el consultor", "the consultant")
        )
        thing.facts[self.say("exige mensaje", "needs a message")] = self._yes_no(reason.needs_message)
        thing.facts[self.say("límite", "limit")] = period(reason.limit, self.language)
        return thing

    def _rules(self, policy: Policy) -> Iterator[_Thing]:
        codes = tuple(f"{step.metric}/{step.code}" for step in policy.escalation.steps)
        escalation = self._thing(("escalation",), "Avisos internos", "Internal notices", order=codes)
        self._assumed(escalation, policy.escalation)
        yield escalation
        for step in policy.escalation.steps:
            key = ("step", step.metric, step.code)
            thing = self._thing(
                key, f"Aviso interno {step.metric}/{step.code}", f"Internal notice {step.metric}/{step.code}"
            )
            thing.facts[self.say("porcentaje del plazo", "percent of the term")] = f"{step.percent} %"
            roles = [ROLES[role].in_language(self.language) for role in step.tell]
            thing.facts[self.say("a quién se avisa", "who is told")] = joined(roles, self.language)
            self._assumed(thing, step)
            yield thing
        reopening = self._thing(("reopening",), "Reapertura", "Reopening")
        reopening.facts[self.say("hasta", "until")] = period(policy.reopening.within, self.language)
        self._assumed(reopening, policy.reopening)
        yield reopening
        closing = self._thing(("closing",), "Cierre", "Closing")
        closing.facts[self.say("después de", "after")] = period(policy.closing.after, self.language)
        closing.facts[self.say("aviso previo", "warning before")] = period(
            policy.closing.warn_before, self.language
        )
        self._assumed(closing, policy.closing)
        yield closing
        yield from self._reporting(policy)

    def _reporting(self, policy: Policy) -> Iterator[_Thing]:
        reporters = self._thing(("reporters",), "Quién reporta", "Who reports")
        self._text(reporters, "cláusula", "clause", policy.reporters.clause)
        reporters.facts[self.say("debe estar autorizada", "must be authorised")] = self._yes_no(
            policy.reporters.authorised
        )
        reporters.facts[self.say("debe estar registrada", "must be registered")] = self._yes_no(
            policy.reporters.registered
        )
        yield reporters
        channels = self._thing(("channels",), "Canales", "Channels")
        self._text(channels, "cláusula", "clause", policy.channels.clause)
        ways = [CHANNELS[way].in_language(self.language) for way in policy.channels.open]
        channels.facts[self.say("abiertos", "open")] = joined(ways, self.language)
        self._assumed(channels, policy.channels)
        yield channels

    def _catalogue(self, policy: Policy) -> Iterator[_Thing]:
        for code, service in policy.services.items():
            thing = self._thing(("service", code), f"Servicio {code}", f"Service {code}")
            self._text(thing, "título", "title", service.title)
            yield thing
        yield self._thing(
            ("kinds",), "Catálogo", "Catalogue", order=tuple(kind.code for kind in policy.kinds)
        )
        for kind in policy.kinds:
            yield self._kind(policy, kind)

    def _kind(self, policy: Policy, kind: Kind) -> _Thing:
        name = f"{kind.code} ({kind.title.in_language(self.language)})"
        thing = self._titled(("kind", kind.code), f"Tipo {name}", f"Kind {name}", kind.title, kind)
        thing.facts[self.say("prioridad", "priority")] = policy.priorities[kind.priority].title.in_language(
            self.language
        )
        thing.facts[self.say("servicios", "services")] = ", ".join(kind.services)
        self._text(thing, "descripción", "description", kind.description)
        self._text(thing, "ayuda", "help", kind.help)
        thing.facts[self.say("ejemplos", "examples")] = "; ".join(kind.examples)
        thing.quiet |= {
            self.say("título", "title"),
            self.say("ayuda", "help"),
            self.say("ejemplos", "examples"),
        }
        thing.facts[self.say("plazo de solución propio", "solution term of its own")] = (
            "" if kind.resolution is None else say_duration(kind.resolution, self.language)
        )
        return thing

    # Pieces.

    def _thing(self, key: tuple[str, ...], es: str, en: str, *, order: tuple[str, ...] = ()) -> _Thing:
        return _Thing(key, self.say(es, en), order=order)

    def _titled(self, key: tuple[str, ...], es: str, en: str, title: Text, part: Assumable) -> _Thing:
        thing = self._thing(key, es, en)
        self._text(thing, "título", "title", title)
        self._assumed(thing, part)
        return thing

    def _text(self, thing: _Thing, es: str, en: str, text: Text | None) -> None:
        """Both languages are facts: the reader's first, the other under its own label."""
        label = self.say(es, en)
        thing.facts[label] = text.in_language(self.language) if text else ""
        other = text.in_language(self.say("en", "es")) if text else ""
        foreign = self.say(f"{es} en inglés", f"{en} in Spanish")
        thing.facts[foreign] = other
        thing.quiet.add(foreign)

    def _assumed(self, thing: _Thing, part: Assumable) -> None:
        self._text(thing, "supuesto", "assumption", part.assumed)

    def _term(self, seconds: int | None) -> str:
        return self.say("sin plazo", "no term") if seconds is None else say_duration(seconds, self.language)

    def _yes_no(self, value: bool) -> str:
        return self.say("sí", "yes") if value else self.say("no", "no")
