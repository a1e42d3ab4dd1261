"""Rules on escalation: steps in the order in which they fire, each with its own code and percent."""

from __future__ import annotations

from collections.abc import Iterator

from plazo.sla.loader.problems import Finding, say
from plazo.sla.policy import METRICS, Policy


def steps_have_their_own_codes(policy: Policy) -> Iterator[Finding]:
    """No two steps of a metric share a code: a step fires once under it."""
    seen: set[tuple[str, str]] = set()
    for place, step in enumerate(policy.escalation.steps):
        if (step.metric, step.code) in seen:
            yield Finding(
                ("escalation", "steps", place, "code"),
                say(
                    f"El código «{step.code}» ya es de otro paso de {step.metric}.",
                    f"The code “{step.code}” belongs to another step of {step.metric}.",
                ),
                say("Dé a cada paso su propio código.", "Give each step its own code."),
            )
        seen.add((step.metric, step.code))


def steps_rise(policy: Policy) -> Iterator[Finding]:
    """The steps of a metric stand in the order of their percent, each later than the one before."""
    for metric in METRICS:
        before = 0
        for place, step in enumerate(policy.escalation.steps):
            if step.metric != metric:
                continue
            if step.percent <= before:
                yield Finding(
                    ("escalation", "steps", place, "percent"),
                    say(
                        f"{step.percent} % no es más que el paso anterior ({before} %).",
                        f"{step.percent} % is not more than the step before ({before} %).",
                    ),
                    say(
                        f"Escriba más de {before}, o ponga el paso antes.",
                        f"Write more than {before}, or move the step up.",
                    ),
                )
            before = max(before, step.percent)


def nobody_is_told_twice(policy: Policy) -> Iterator[Finding]:
    """A step names each role once."""
    for place, step in enumerate(policy.escalation.steps):
        for index, role in enumerate(step.tell):
            if role in step.tell[:index]:
                yield Finding(
                    ("escalation", "steps", place, "tell", index),
                    say(f"«{role}» está dos veces.", f"“{role}” is there twice."),
                    say("Déjelo una sola vez.", "Keep it once."),
                )


STEP_RULES = (steps_have_their_own_codes, steps_rise, nobody_is_told_twice)
