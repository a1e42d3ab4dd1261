"""What the rules on contracts, policies and days off refuse, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from plazo.contracts.models import ContractVersion
from plazo.kit.refusals import Refused
from plazo.sla.loader import Problem


class NoContract(Refused):
    """Nothing in force. details: reason "none", "expired" (with ended_on) or "not_covered"."""

    def __init__(self, reason: str, *, ended_on: date | None = None) -> None:
        super().__init__(reason=reason, ended_on=ended_on)
        self.reason, self.ended_on = reason, ended_on


class SeveralContracts(Refused):
    """More than one is in force for the service: somebody has to choose."""

    def __init__(self, candidates: Sequence[ContractVersion]) -> None:
        super().__init__(candidates=[version.pk for version in candidates])
        self.candidates = tuple(candidates)


class PolicyInvalid(Refused):
    """The policy file cannot be used. `problems` say where and what to write instead."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems=[problem.sentence("en") for problem in problems])
        self.problems = tuple(problems)


class PolicyAlreadyPublished(Refused):
    """A published version is never edited. details: version."""


class PolicyVersionNotNewer(Refused):
    """Publishing goes forward only. details: version, last."""


class PolicyDocumentDiffers(Refused):
    """The signed document is not the one the policy names. details: expected, found."""


class PolicyUnpublished(Refused):
    """Nothing is sold on a draft. details: version."""


class PolicyNotYetEffective(Refused):
    """The contract would start before its policy version does. details: effective_from."""


class WindowUnknown(Refused):
    """The policy has no such window. details: window, known."""


class LevelUnknown(Refused):
    """The policy has no such level. details: level, known."""


class ServicesUnknown(Refused):
    """The policy has no such services. details: services, known."""


class ContractNumberInvalid(Refused):
    """A contract number is a line of 1 to 40 characters."""


class ContractNumberTaken(Refused):
    """Another contract has the number. details: number."""


class ContractWithoutStart(Refused):
    """A contract needs the date from which it is in force."""


class ContractDateOutOfRange(Refused):
    """The date lies outside the years the desk counts with. details: field."""


class ContractEndsBeforeStart(Refused):
    """The last day lies before the first. details: starts_on, ends_on."""


class ContractEndsBeforeAmendment(Refused):
    """The last day lies before the last amendment begins. details: starts_on."""


class ContractsOverlap(Refused):
    """Another contract of the client covers the same services at the same time. details: number."""


class AmendmentOutOfOrder(Refused):
    """An amendment starts no earlier than the version it follows. details: last_starts_on."""


class DayOffInvalid(Refused):
    """The day off makes no sense. details: field, reason."""


class DayOffAlreadyDeclared(Refused):
    """The same day off stands already. details: date, scope."""


class DayOffAlreadyWithdrawn(Refused):
    """The day off was withdrawn before."""
