"""The rules a policy must keep beyond its form, each a function from policy to findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from plazo.sla.loader.problems import Finding
from plazo.sla.loader.rules.hours import HOURS_RULES
from plazo.sla.loader.rules.references import REFERENCE_RULES
from plazo.sla.loader.rules.steps import STEP_RULES
from plazo.sla.loader.rules.tables import TABLE_RULES
from plazo.sla.loader.rules.waiting import WAITING_RULES
from plazo.sla.policy import Policy

Rule = Callable[[Policy], Iterator[Finding]]
RULES: tuple[Rule, ...] = (*REFERENCE_RULES, *HOURS_RULES, *TABLE_RULES, *STEP_RULES, *WAITING_RULES)


def broken_rules(policy: Policy) -> Iterator[Finding]:
    """All findings of all rules."""
    for rule in RULES:
        yield from rule(policy)
