"""What a service agreement says, as data: the policy model and the commitment read from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from plazo.sla.calendars import BusinessCalendar, CalendarHistory
from plazo.sla.fields import Code, Day, Duration, DurationText, Flag, TermLength, TimeOfDay, Whole, Words

Metric = Literal["response", "resolution"]
METRICS: tuple[Metric, ...] = ("response", "resolution")
Holder = Literal["client", "third_party"]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Calendar = BusinessCalendar | CalendarHistory


def _cell(value: object) -> object:
    return {"term": value} if isinstance(value, str | int) else value


def _minute_of_day(time: str) -> int:
    hour, minute = time.split(":")
    return int(hour) * 60 + int(minute)


class Part(BaseModel):
    """Base of all parts of a policy: immutable, and no key that it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(Part):
    """A text in both languages of the desk."""

    es: Words
    en: Words

    def in_language(self, language: str) -> str:
        """The text in `language` ("en", "en-gb", ...); Spanish for every other one."""
        return self.en if language.lower().startswith("en") else self.es


class Assumable(Part):
    """A part on which the signed agreement may be silent: `assumed` says what was taken for granted."""

    assumed: Text | None = None


class Provider(Part):
    """Who makes the promise."""

    code: Code
    name: Words
    clause: Text | None = Field(default=None, description="How the provider delivers the service")


class Document(Part):
    """The signed document behind the policy, and which of the two governs."""

    title: Words
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    governs: Literal["document", "policy"] = "document"


class Counting(Assumable):
    """How the hours of a term are counted and what meets it, in words for the reader."""

    hours: Text
    start: Text
    response: Text
    resolution: Text


class CalendarRule(Assumable):
    """A named list of days off: the country (and its regions and communes) whose holidays it keeps."""

    title: Text
    country: str = Field(pattern=r"^[A-Z]{2}$")
    client_days: Flag = Field(
        default=False, description="Days off declared for the client stop the clock too"
    )


class Hours(Part):
    """One interval on some weekdays; `to` at or before `from` runs over midnight."""

    days: tuple[Weekday, ...] = Field(min_length=1)
    from_: TimeOfDay = Field(alias="from")
    to: TimeOfDay

    def spans(self, day: Weekday) -> list[tuple[int, int]]:
        """The interval that begins on `day`, in minutes of the week; past Sunday it goes on on Monday."""
        midnight = WEEKDAYS.index(day) * 1_440
        start, end = midnight + _minute_of_day(self.from_), midnight + _minute_of_day(self.to)
        if end <= start:
            end += 1_440
        within = [(start, min(end, 10_080))]
        return within if end <= 10_080 else [*within, (0, end - 10_080)]


class Window(Assumable):
    """A service window (8x5, 24x7): the hours in which a term runs."""

    title: Text
    clause: Text
    hours: tuple[Hours, ...] = Field(min_length=1)
    days_off: Code | None = Field(
        default=None, description="Key of `calendars`; none: never closed by a holiday"
    )

    def intervals(self) -> list[tuple[int, str, str]]:
        """The hours as `BusinessCalendar` takes them: (weekday, from, to)."""
        return [(WEEKDAYS.index(day), hours.from_, hours.to) for hours in self.hours for day in hours.days]

    def weekly_seconds(self) -> int:
        """The seconds of a week without days off or clock changes."""
        spans = [span for hours in self.hours for day in hours.days for span in hours.spans(day)]
        return 60 * sum(end - start for start, end in spans)


class Level(Assumable):
    """A service level (Premium, Basic). The best comes first in the file."""

    title: Text


class Priority(Assumable):
    """A priority. The most urgent comes first in the file."""

    title: Text


class TermCell(Assumable):
    """One term of a table, or none; with a reason where it may break the order of the table.

    A file writes the duration alone (or none) where there is no more to say.
    """

    term: TermLength
    accept: Words | None = Field(default=None, description="Why this cell may break the order of the table")


Cell = Annotated[
    TermCell, BeforeValidator(_cell, json_schema_input_type=DurationText | Literal["none"] | TermCell)
]


class Target(Assumable):
    """A metric's terms: a table by priority and level, or a factor of another metric's table."""

    title: Text
    clause: Text
    terms: dict[Code, dict[Code, Cell]] | None = None
    factor: Whole | None = None
    of: Literal["response"] | None = None
    without_term: Literal["none"] | None = Field(
        default=None, description="Acknowledges that a factor of a cell without term gives no term"
    )


class Targets(Part):
    """Both metrics of the desk."""

    response: Target
    resolution: Target


class Unclassified(Assumable):
    """The priority a ticket runs under until somebody says what kind it is."""

    priority: Code


class PauseReason(Assumable):
    """Why the resolution clock may stop, who causes it, and for how long at most (running time)."""

    title: Text
    holder: Holder
    ends_with: Literal["client", "consultant"]
    needs_message: Flag = False
    limit: Duration


class Pauses(Assumable):
    """All pause reasons, the most a ticket may be paused in total, and when a warning goes out."""

    reasons: dict[Code, PauseReason]
    total_limit: Duration
    warn_before: Duration


class EscalationStep(Assumable):
    """At `percent` of a term's counted time the named roles are told."""

    code: Code
    metric: Metric
    percent: int = Field(strict=True, gt=0, le=1_000)
    tell: tuple[Literal["assignee", "lead", "administrator"], ...] = Field(min_length=1)


class Escalation(Assumable):
    """Who is told as a term is used up."""

    steps: tuple[EscalationStep, ...] = ()


class Reopening(Assumable):
    """How long after the solution a client may say that it was none (running time)."""

    within: Duration


class Closing(Assumable):
    """When a resolved ticket closes by itself, and how long before the client is told (running time)."""

    after: Duration
    warn_before: Duration


class Reporters(Part):
    """Who may report."""

    clause: Text
    authorised: Flag = True
    registered: Flag = True


Channel = Literal["portal", "email", "phone", "whatsapp", "api"]


class Channels(Assumable):
    """The ways in."""

    clause: Text
    open: tuple[Channel, ...] = Field(min_length=1)


class Kind(Assumable):
    """A kind of the catalogue: its priority is decided by what it is, never by how urgent it sounds."""

    code: Code
    priority: Code
    services: tuple[Code, ...] = Field(min_length=1)
    title: Text
    description: Text
    help: Text = Field(description="One sentence in the client's own words")
    examples: tuple[Words, ...] = ()
    resolution: Duration | None = Field(default=None, description="A shorter term of this kind alone")


class ServiceArea(Part):
    """Something the client uses and the desk supports (ERP, e-commerce, ...)."""

    title: Text


class Policy(Assumable):
    """One version of a provider's service agreement."""

    plazo: Literal[1] = Field(description="Version of this file format")
    provider: Provider
    version: Whole
    effective_from: Day
    title: Text
    language: Literal["es", "en"] = "es"
    zone: str = Field(description="IANA place name, never an offset")
    document: Document
    counting: Counting
    calendars: dict[Code, CalendarRule] = Field(default_factory=dict)
    windows: dict[Code, Window] = Field(min_length=1)
    levels: dict[Code, Level] = Field(min_length=1)
    priorities: dict[Code, Priority] = Field(min_length=1)
    targets: Targets
    unclassified: Unclassified
    pauses: Pauses
    escalation: Escalation = Field(default_factory=Escalation)
    reopening: Reopening
    closing: Closing
    reporters: Reporters
    channels: Channels
    services: dict[Code, ServiceArea] = Field(min_length=1)
    kinds: tuple[Kind, ...] = Field(min_length=1)

    def kind(self, code: str) -> Kind:
        """The kind of that code; KeyError when the catalogue has none."""
        for kind in self.kinds:
            if kind.code == code:
                return kind
        raise KeyError(code)

    def seconds(self, metric: Metric, *, priority: str, level: str) -> int | None:
        """The term of one cell in counted seconds; None where the agreement gives no term."""
        target: Target = getattr(self.targets, metric)
        if target.terms is None:
            base = self.seconds("response", priority=priority, level=level)
            return None if base is None or target.factor is None else base * target.factor
        term = target.terms[priority][level].term
        return None if term == "none" else term

    def calendar(
        self, window: str, *, days_off: tuple[date, ...] = (), closings: Any = ()
    ) -> BusinessCalendar:
        """The business calendar of a window, closed on the given days."""
        chosen = self.windows[window]
        if chosen.days_off is None:
            days_off, closings = (), ()
        return BusinessCalendar(chosen.intervals(), self.zone, days_off=days_off, closings=closings)

    def commitment(self, *, window: str, level: str, calendar: str | None = None) -> Commitment:
        """What is owed under a window and a level; KeyError for one that the policy does not have.

        calendar  key of the calendar its terms are counted in; the window's code when not given
        """
        if window not in self.windows or level not in self.levels:
            raise KeyError(f"{window}/{level}")
        key = calendar or window
        terms: dict[tuple[str, str], Term] = {
            (metric, priority): self._term(metric, priority=priority, level=level, calendar=key)
            for metric in METRICS
            for priority in self.priorities
        }
        shorter = {kind.code: kind.resolution for kind in self.kinds if kind.resolution is not None}
        return Commitment(
            window=window,
            level=level,
            terms=terms,
            kind_resolution=shorter,
            unclassified=self.unclassified.priority,
            pause_reasons=self.pauses.reasons,
            pause_total=self.pauses.total_limit,
            pause_warning=self.pauses.warn_before,
            escalation=self.escalation.steps,
            reopening=self.reopening.within,
            closing=self.closing.after,
            closing_warning=self.closing.warn_before,
        )

    def _term(self, metric: Metric, *, priority: str, level: str, calendar: str) -> Term:
        target: Target = getattr(self.targets, metric)
        return Term(
            metric=metric,
            priority=priority,
            seconds=self.seconds(metric, priority=priority, level=level),
            calendar=calendar,
            factor=target.factor,
            clause=target.clause,
            assumed=target.assumed,
        )


@dataclass(frozen=True, slots=True)
class Term:
    """One promise: so many counted seconds of a calendar for a metric at a priority.

    seconds   counted seconds; None: the agreement gives no term
    calendar  key of the calendar the seconds are counted in
    factor    set where the term is a multiple of the response term
    """

    metric: Metric
    priority: str
    seconds: int | None
    calendar: str
    factor: int | None = None
    clause: Text | None = None
    assumed: Text | None = None


@dataclass(frozen=True, slots=True)
class Commitment:
    """What a contract owes to a ticket: the terms by metric and priority, and the rules around them.

    All durations are seconds. Terms are counted in their calendar; pause, reopening and closing
    periods are running time. `calendars` are the keys of those that the terms name.
    """

    window: str
    level: str
    terms: Mapping[tuple[str, str], Term]
    unclassified: str
    pause_reasons: Mapping[str, PauseReason] = field(default_factory=dict)
    pause_total: int | None = None
    pause_warning: int = 86_400
    escalation: tuple[EscalationStep, ...] = ()
    reopening: int = 5 * 86_400
    closing: int = 5 * 86_400
    closing_warning: int = 86_400
    kind_resolution: Mapping[str, int] = field(default_factory=dict)
    calendars: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        keys = frozenset(term.calendar for term in self.terms.values())
        object.__setattr__(self, "calendars", keys)

    def term(self, metric: Metric, *, priority: str, kind: str | None = None) -> Term:
        """The term of a metric; a kind may carry a shorter resolution than its priority."""
        term = self.terms[metric, priority]
        own = self.kind_resolution.get(kind) if kind and metric == "resolution" else None
        if own is None or (term.seconds is not None and term.seconds <= own):
            return term
        return Term(metric, priority, own, term.calendar, None, term.clause, term.assumed)
