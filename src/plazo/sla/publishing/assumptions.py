"""What a policy assumes because the signed document is silent."""

from __future__ import annotations

from collections.abc import Iterator

from plazo.sla.policy import METRICS, Assumable, Policy, Target
from plazo.sla.publishing.wording import is_english


def assumptions(policy: Policy, language: str = "es") -> Iterator[tuple[str, str]]:
    """All that the policy assumes: what it is about, and what is assumed, in the order of the policy."""
    english = is_english(language)
    named: list[tuple[str, Assumable]] = [("General", policy)]
    named.append(("How hours are counted" if english else "Cómo se cuentan las horas", policy.counting))
    groups = (policy.calendars, policy.windows, policy.levels, policy.priorities)
    named += [(part.title.in_language(language), part) for group in groups for part in group.values()]
    for metric in METRICS:
        target: Target = getattr(policy.targets, metric)
        title = target.title.in_language(language)
        named.append((title, target))
        named += [
            (f"{title}, {priority}/{level}", cell)
            for priority, row in (target.terms or {}).items()
            for level, cell in row.items()
        ]
    named.append(("Priority to be confirmed" if english else "Prioridad por confirmar", policy.unclassified))
    named.append(("Pauses" if english else "Pausas", policy.pauses))
    named += [(reason.title.in_language(language), reason) for reason in policy.pauses.reasons.values()]
    named.append(("Internal notices" if english else "Avisos internos", policy.escalation))
    named += [(f"{step.metric} {step.percent} %", step) for step in policy.escalation.steps]
    named.append(("Reopening" if english else "Reapertura", policy.reopening))
    named.append(("Closing" if english else "Cierre", policy.closing))
    named.append(("Channels" if english else "Canales", policy.channels))
    named += [(kind.code, kind) for kind in policy.kinds]
    return ((name, part.assumed.in_language(language)) for name, part in named if part.assumed)
