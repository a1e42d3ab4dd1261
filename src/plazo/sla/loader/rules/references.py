"""Rules on names: whatever a policy refers to must be in it, and every code only once."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from plazo.sla.loader.problems import Finding, Path, say
from plazo.sla.loader.structure import closest
from plazo.sla.policy import METRICS, Policy, Target


def _unknown(path: Path, word: str, known: Collection[str], *, section: str) -> Iterator[Finding]:
    if word not in known:
        yield Finding(
            path,
            say(f"«{word}» no está en «{section}».", f"“{word}” is not in “{section}”."),
            closest(word, known),
        )


def known_calendars(policy: Policy) -> Iterator[Finding]:
    """A window closes on the days of a calendar of the policy."""
    for code, window in policy.windows.items():
        if window.days_off is not None:
            path = ("windows", code, "days_off")
            yield from _unknown(path, window.days_off, policy.calendars, section="calendars")


def known_priorities(policy: Policy) -> Iterator[Finding]:
    """Kinds and unclassified tickets have a priority of the policy."""
    path: Path = ("unclassified", "priority")
    yield from _unknown(path, policy.unclassified.priority, policy.priorities, section="priorities")
    for place, kind in enumerate(policy.kinds):
        path = ("kinds", place, "priority")
        yield from _unknown(path, kind.priority, policy.priorities, section="priorities")


def known_services(policy: Policy) -> Iterator[Finding]:
    """A kind touches services of the policy, each named once."""
    for place, kind in enumerate(policy.kinds):
        for index, service in enumerate(kind.services):
            path = ("kinds", place, "services", index)
            yield from _unknown(path, service, policy.services, section="services")
            if service in kind.services[:index]:
                yield Finding(
                    path,
                    say(f"«{service}» está dos veces.", f"“{service}” is there twice."),
                    say("Déjelo una sola vez.", "Keep it once."),
                )


def known_rows_and_columns(policy: Policy) -> Iterator[Finding]:
    """The tables of terms have rows and columns of the policy only."""
    for metric in METRICS:
        target: Target = getattr(policy.targets, metric)
        for priority, row in (target.terms or {}).items():
            path: Path = ("targets", metric, "terms", priority)
            yield from _unknown(path, priority, policy.priorities, section="priorities")
            for level in row:
                yield from _unknown((*path, level), level, policy.levels, section="levels")


def kinds_only_once(policy: Policy) -> Iterator[Finding]:
    """Each kind has its own code."""
    seen: set[str] = set()
    for place, kind in enumerate(policy.kinds):
        if kind.code in seen:
            yield Finding(
                ("kinds", place, "code"),
                say(
                    f"El código «{kind.code}» ya es de otro tipo.",
                    f"The code “{kind.code}” belongs to another kind.",
                ),
                say("Dé a cada tipo su propio código.", "Give each kind its own code."),
            )
        seen.add(kind.code)


def channels_only_once(policy: Policy) -> Iterator[Finding]:
    """Each channel is named once."""
    for place, channel in enumerate(policy.channels.open):
        if channel in policy.channels.open[:place]:
            yield Finding(
                ("channels", "open", place),
                say(f"El canal «{channel}» está dos veces.", f"The channel “{channel}” is there twice."),
                say("Déjelo una sola vez.", "Keep it once."),
            )


REFERENCE_RULES = (
    known_calendars,
    known_priorities,
    known_services,
    known_rows_and_columns,
    kinds_only_once,
    channels_only_once,
)
