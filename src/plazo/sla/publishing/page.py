"""The published page of a policy, in Markdown, section by section."""

from __future__ import annotations

from collections.abc import Iterator

from plazo.sla.policy import METRICS, Assumable, Metric, Policy, Target, Text
from plazo.sla.publishing.assumptions import assumptions
from plazo.sla.publishing.wording import (
    CHANNELS,
    HOLDERS,
    ROLES,
    hours_text,
    is_english,
    period,
    plain,
)
from plazo.sla.wording import joined, say_day, say_duration


def published_page(policy: Policy, language: str = "es") -> str:
    """The whole agreement as a page a client can sign, in Markdown; texts of the policy cannot break it."""
    page = _Page(policy, language)
    sections = (
        page.head(),
        page.document(),
        page.windows(),
        page.terms(),
        page.counting(),
        page.pauses(),
        page.afterwards(),
        page.escalation(),
        page.reporting(),
        page.catalogue(),
        page.assumptions(),
        page.signatures(),
    )
    return "\n".join(line for section in sections for line in section).rstrip() + "\n"


class _Page:
    """One policy in one language. Each method gives the lines of a section."""

    def __init__(self, policy: Policy, language: str) -> None:
        self.policy = policy
        self.language = language

    def say(self, es: str, en: str) -> str:
        return en if is_english(self.language) else es

    def text(self, text: Text) -> str:
        return plain(text.in_language(self.language))

    def duration(self, seconds: int) -> str:
        return say_duration(seconds, self.language)

    def section(self, es: str, en: str) -> list[str]:
        return ["", f"## {self.say(es, en)}", ""]

    def mark(self, part: Assumable) -> str:
        return self.say(" *(supuesto)*", " *(assumed)*") if part.assumed else ""

    def head(self) -> Iterator[str]:
        policy = self.policy
        since = say_day(policy.effective_from, self.language, year=True)
        yield f"# {self.text(policy.title)}"
        yield ""
        yield self.say(
            f"**{plain(policy.provider.name)}** · versión {policy.version} · rige desde el {since}"
            f" · {plain(policy.zone)}",
            f"**{plain(policy.provider.name)}** · version {policy.version} · in force from {since}"
            f" · {plain(policy.zone)}",
        )
        if policy.provider.clause:
            yield from ("", self.text(policy.provider.clause))

    def document(self) -> Iterator[str]:
        document = self.policy.document
        title = plain(document.title)
        yield from self.section("Documento firmado", "Signed document")
        if document.governs == "document":
            yield self.say(
                f"Esta página resume el documento firmado «{title}». Si difieren, rige el documento.",
                f"This page restates the signed document “{title}”. Where they differ, the document governs.",
            )
        else:
            yield self.say(
                f"Esta página resume el documento firmado «{title}». Si difieren, rige esta página.",
                f"This page restates the signed document “{title}”. Where they differ, this page governs.",
            )
        yield from ("", f"SHA-256: `{document.sha256}`")

    def windows(self) -> Iterator[str]:
        yield from self.section("Modalidades y horarios", "Service windows and hours")
        head = self.say(
            "| Modalidad | Horario | Horas por semana | Feriados |",
            "| Window | Hours | Hours a week | Holidays |",
        )
        yield from (head, "|---|---|---|---|")
        for window in self.policy.windows.values():
            hours = "; ".join(hours_text(interval, self.language) for interval in window.hours)
            yield (
                f"| {self.text(window.title)} | {hours} | {self.duration(window.weekly_seconds())} |"
                f" {self._days_off(window.days_off)}{self.mark(window)} |"
            )
        yield ""
        for window in self.policy.windows.values():
            yield f"- **{self.text(window.title)}.** {self.text(window.clause)}"
        yield from self._calendars()

    def _days_off(self, code: str | None) -> str:
        if code is None:
            return self.say("no cierra", "does not close")
        return self.say("cierra: ", "closes: ") + self.text(self.policy.calendars[code].title)

    def _calendars(self) -> Iterator[str]:
        for calendar in self.policy.calendars.values():
            days = self.say(
                " Tampoco se cuentan los días que se declaren no hábiles para el cliente.",
                " Days declared off for the client are not counted either.",
            )
            yield (
                f"- **{self.text(calendar.title)}** ({calendar.country})."
                f"{days if calendar.client_days else ''}{self.mark(calendar)}"
            )

    def terms(self) -> Iterator[str]:
        yield from self.section("Plazos", "Terms")
        for metric in METRICS:
            target: Target = getattr(self.policy.targets, metric)
            yield from (f"### {self.text(target.title)}{self.mark(target)}", "", self.text(target.clause), "")
            if target.factor:
                yield self.say(
                    f"A más tardar {target.factor} veces el plazo de respuesta, desde el mismo inicio:",
                    f"At the latest {target.factor} times the response term, from the same start:",
                )
                yield ""
            levels = self.policy.levels.values()
            yield f"| {self.say('Prioridad', 'Priority')} |" + "".join(
                f" {self.text(level.title)}{self.mark(level)} |" for level in levels
            )
            yield "|---|" + "---|" * len(levels)
            for code, priority in self.policy.priorities.items():
                cells = "".join(f" {self._term(metric, code, level)} |" for level in self.policy.levels)
                yield f"| {self.text(priority.title)}{self.mark(priority)} |{cells}"
            yield from self._accepted(target)
            yield ""
        yield from self._longer_than_a_week()
        yield from self._shorter_kinds()
        yield from self._unclassified()

    def _term(self, metric: Metric, priority: str, level: str) -> str:
        seconds = self.policy.seconds(metric, priority=priority, level=level)
        target: Target = getattr(self.policy.targets, metric)
        cell = target.terms[priority][level] if target.terms else None
        words = self.say("sin plazo", "no term") if seconds is None else self.duration(seconds)
        return words + (self.mark(cell) if cell else "")

    def _accepted(self, target: Target) -> Iterator[str]:
        for priority, row in (target.terms or {}).items():
            for level, cell in row.items():
                if cell.accept:
                    where = f"{self.text(self.policy.priorities[priority].title)}, " + self.text(
                        self.policy.levels[level].title
                    )
                    yield from ("", f"- {where}: {plain(cell.accept)}")

    def _longer_than_a_week(self) -> Iterator[str]:
        """Hours count in the window: say where a term is longer than a week of it."""
        lines = [line for code in self.policy.windows for line in self._weeks_of(code)]
        if lines:
            yield self.say(
                "Las horas se cuentan dentro del horario contratado. Por eso:",
                "Hours are counted within the contracted hours. Therefore:",
            )
            yield from ("", *lines, "")

    def _weeks_of(self, code: str) -> Iterator[str]:
        window = self.policy.windows[code]
        week = window.weekly_seconds()
        if week >= 7 * 86_400:
            return
        for metric in METRICS:
            terms = {
                self.policy.seconds(metric, priority=priority, level=level)
                for priority in self.policy.priorities
                for level in self.policy.levels
            }
            long = sorted(term for term in terms if term is not None and term > week)
            if not long:
                continue
            window_title = self.text(window.title)
            metric_title = self.text(getattr(self.policy.targets, metric).title)
            each = joined([self._more_than(term, week) for term in long], self.language)
            yield self.say(
                f"- {window_title}, {metric_title}: con {self.duration(week)} por semana, {each}.",
                f"- {window_title}, {metric_title}: with {self.duration(week)} a week, {each}.",
            )

    def _more_than(self, term: int, week: int) -> str:
        weeks, over = divmod(term, week)
        if weeks == 1:
            number = self.say("una semana hábil", "a working week")
        else:
            number = self.say(f"{weeks} semanas hábiles", f"{weeks} working weeks")
        if over:
            return self.say(
                f"{self.duration(term)} son más de {number}", f"{self.duration(term)} are more than {number}"
            )
        return self.say(f"{self.duration(term)} son {number}", f"{self.duration(term)} are {number}")

    def _shorter_kinds(self) -> Iterator[str]:
        for kind in self.policy.kinds:
            if kind.resolution is not None:
                yield self.say(
                    f"- {kind.code}: solución a más tardar en {self.duration(kind.resolution)}.",
                    f"- {kind.code}: solution within {self.duration(kind.resolution)} at the latest.",
                )

    def _unclassified(self) -> Iterator[str]:
        title = self.text(self.policy.priorities[self.policy.unclassified.priority].title)
        yield self.say(
            f"Mientras no se clasifica, un ticket corre como prioridad {title}, por confirmar.",
            f"Until it is classified, a ticket runs as priority {title}, to be confirmed.",
        ) + self.mark(self.policy.unclassified)

    def counting(self) -> Iterator[str]:
        counting = self.policy.counting
        yield from self.section("Cómo se cuentan las horas", "How hours are counted")
        for text in (counting.hours, counting.start, counting.response, counting.resolution):
            yield f"- {self.text(text)}{self.mark(counting)}"

    def pauses(self) -> Iterator[str]:
        pauses = self.policy.pauses
        yield from self.section("Pausas del plazo de solución", "Pauses of the solution term")
        if not pauses.reasons:
            yield self.say(
                "No hay pausas: el plazo corre sin detenerse.", "There are no pauses: the term never stops."
            )
            return
        yield self.say(
            "| Motivo | La causa | Termina con | A lo más |", "| Reason | Caused by | Ends with | At most |"
        )
        yield "|---|---|---|---|"
        for reason in pauses.reasons.values():
            message = self.say("; exige un mensaje", "; needs a message") if reason.needs_message else ""
            ends = (
                self.say("la palabra del cliente", "the client's word")
                if reason.ends_with == "client"
                else self.say("la consultora o el consultor", "the consultant")
            )
            yield (
                f"| {self.text(reason.title)}{self.mark(reason)} |"
                f" {HOLDERS[reason.holder].in_language(self.language)} |"
                f" {ends}{message} | {period(reason.limit, self.language)} |"
            )
        total, warning = period(pauses.total_limit, self.language), period(pauses.warn_before, self.language)
        yield ""
        yield self.say(
            f"En total, un ticket está en pausa a lo más {total} corridos. Al llegar a un límite el plazo se"
            f" reanuda por sí solo; se avisa {warning} antes.",
            f"In total a ticket is paused for at most {total} of running time. At a limit the term goes on by"
            f" itself; a warning is given {warning} before.",
        ) + self.mark(pauses)

    def afterwards(self) -> Iterator[str]:
        reopening, closing = self.policy.reopening, self.policy.closing
        yield from self.section("Después de la solución", "After the solution")
        within = period(reopening.within, self.language)
        yield self.say(
            f"- El cliente puede decir que no quedó resuelto hasta {within} corridos después; entonces sigue"
            " el mismo plazo.",
            f"- The client may say that it was not resolved until {within} of running time later; then the"
            " same term goes on.",
        ) + self.mark(reopening)
        after, warning = period(closing.after, self.language), period(closing.warn_before, self.language)
        yield self.say(
            f"- Sin noticias del cliente, el ticket se cierra {after} corridos después; se le avisa"
            f" {warning} antes.",
            f"- Without a word from the client, the ticket closes {after} of running time later; they are"
            f" told {warning} before.",
        ) + self.mark(closing)

    def escalation(self) -> Iterator[str]:
        escalation = self.policy.escalation
        if not escalation.steps:
            return
        yield from self.section("Avisos internos", "Internal notices")
        for step in escalation.steps:
            title = self.text(getattr(self.policy.targets, step.metric).title)
            told = joined([ROLES[role].in_language(self.language) for role in step.tell], self.language)
            mark = self.mark(step) or self.mark(escalation)
            yield (
                self.say(
                    f"- {title}, al {step.percent} % del plazo: {told}.",
                    f"- {title}, at {step.percent} % of the term: {told}.",
                )
                + mark
            )

    def reporting(self) -> Iterator[str]:
        reporters, channels = self.policy.reporters, self.policy.channels
        yield from self.section("Quién reporta y por dónde", "Who reports and how")
        conditions = [
            self.say(es, en)
            for needed, es, en in (
                (reporters.authorised, "autorizada", "authorised"),
                (reporters.registered, "registrada", "registered"),
            )
            if needed
        ]
        wanted = joined(conditions, self.language) or self.say("cualquiera", "anyone")
        yield f"- {self.text(reporters.clause)} ({self.say('persona', 'person')}: {wanted})"
        ways = joined([CHANNELS[way].in_language(self.language) for way in channels.open], self.language)
        word = self.say("Canales", "Channels")
        yield f"- {self.text(channels.clause)} {word}: {ways}.{self.mark(channels)}"

    def catalogue(self) -> Iterator[str]:
        yield from self.section("Catálogo de tipos de incidente", "Catalogue of kinds of incident")
        for code, priority in self.policy.priorities.items():
            kinds = [kind for kind in self.policy.kinds if kind.priority == code]
            if not kinds:
                continue
            yield from (f"### {self.say('Prioridad', 'Priority')} {self.text(priority.title)}", "")
            yield self.say(
                "| Código | Tipo | Descripción | Servicios |", "| Code | Kind | Description | Services |"
            )
            yield "|---|---|---|---|"
            for kind in kinds:
                services = ", ".join(
                    self.text(self.policy.services[service].title) for service in kind.services
                )
                yield (
                    f"| {plain(kind.code)} | {self.text(kind.title)}{self.mark(kind)} |"
                    f" {self.text(kind.description)} | {services} |"
                )
            yield ""

    def assumptions(self) -> Iterator[str]:
        found = list(assumptions(self.policy, self.language))
        if not found:
            return
        yield from self.section("Supuestos", "Assumptions")
        yield self.say(
            "El documento firmado no dice lo siguiente; mientras no se acuerde otra cosa, se supone:",
            "The signed document does not say the following; until otherwise agreed, it is assumed:",
        )
        yield ""
        for name, reason in found:
            yield f"- **{plain(name)}.** {plain(reason)}"

    def signatures(self) -> Iterator[str]:
        yield from self.section("Firmas", "Signatures")
        name = plain(self.policy.provider.name)
        client, signature, day = (
            self.say("Cliente", "Client"),
            self.say("Firma", "Signature"),
            self.say("Fecha", "Date"),
        )
        person = self.say("Nombre", "Name")
        yield f"| {self.say('Parte', 'Party')} | {name} | {client} |"
        yield "|---|---|---|"
        for row in (person, signature, day):
            yield f"| {row} | \\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_ | \\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_ |"
