"""Which contract is in force, and what there is to sell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db.models import QuerySet

from plazo.contracts.models import Contract, ContractVersion, DayOff, PolicyVersion
from plazo.contracts.refusals import NoContract, SeveralContracts
from plazo.kit.selecting import composed


@composed
def versions_of(organization_id: int) -> QuerySet[ContractVersion]:
    """All that the client's contracts ever said, or will, by contract and start."""
    return (
        ContractVersion.objects.filter(contract__organization_id=organization_id)
        .select_related("contract")
        .order_by("contract__number", "starts_at", "number")
    )


def versions_in_force(organization_id: int, at: datetime) -> list[ContractVersion]:
    """What each contract of the client says at that instant; those ended or not begun are left out."""
    return in_force_among(versions_of(organization_id), at)


def in_force_among(versions: Sequence[ContractVersion], at: datetime) -> list[ContractVersion]:
    """As `versions_in_force`, of versions in the order of `versions_of`."""
    return [version for version in _latest_started(versions, at) if is_in_force(version, at)]


def version_in_force(versions: Sequence[ContractVersion], *, service: str, at: datetime) -> ContractVersion:
    """Of `versions_of` a client the one that covers the service then; no service known: any.

    Raises NoContract, and SeveralContracts when there is a choice.
    """
    started = _latest_started(versions, at)
    in_force = [version for version in started if is_in_force(version, at)]
    candidates = [version for version in in_force if covers(version, service)]
    if len(candidates) > 1:
        raise SeveralContracts(candidates)
    if candidates:
        return candidates[0]
    if in_force:
        raise NoContract("not_covered")
    ends = [version.ends_on for version in started if version.ends_on is not None]
    raise NoContract("expired", ended_on=max(ends)) if ends else NoContract("none")


def is_in_force(version: ContractVersion, at: datetime) -> bool:
    """Whether the version's dates include the instant."""
    return version.starts_at <= at and (version.ends_at is None or at < version.ends_at)


def last_day(version: ContractVersion, versions: Iterable[ContractVersion]) -> date | None:
    """The last day that the contract covers without a gap from `version` on; None: until further notice.

    versions  those of its contract, by start and number
    """
    for following in versions:
        is_later = (following.starts_at, following.number) > (version.starts_at, version.number)
        if is_later and (version.ends_at is None or following.starts_at <= version.ends_at):
            version = following
    return version.ends_on


def covers(version: ContractVersion, service: str) -> bool:
    """Whether the version covers a service; "" stands for one not known."""
    return not version.services or not service or service in version.services


def contracts_of(organization_id: int) -> QuerySet[Contract]:
    """A client's contracts with all their versions, by number."""
    return (
        Contract.objects.filter(organization_id=organization_id)
        .prefetch_related("versions__policy_version")
        .order_by("number")
    )


def contracts() -> QuerySet[Contract]:
    """All contracts with their client and versions."""
    return Contract.objects.select_related("organization").prefetch_related("versions__policy_version")


def last_version(contract: Contract) -> ContractVersion:
    """The version that the next amendment follows."""
    return contract.versions.order_by("-starts_at", "-number").select_related("policy_version")[0]


def published_policies() -> QuerySet[PolicyVersion]:
    """Published versions, the latest first."""
    return PolicyVersion.objects.filter(published_at__isnull=False).order_by("code", "-version")


def policy_versions() -> QuerySet[PolicyVersion]:
    """All versions, drafts too, the latest first."""
    return PolicyVersion.objects.order_by("code", "-version")


def days_off_between(first_year: int, last_year: int) -> QuerySet[DayOff]:
    """Days off of these years, withdrawn ones too, by date."""
    return DayOff.objects.filter(date__year__gte=first_year, date__year__lte=last_year).order_by("date", "id")


def days_off() -> QuerySet[DayOff]:
    """All days off, withdrawn ones too."""
    return DayOff.objects.all()


def _latest_started(versions: Sequence[ContractVersion], at: datetime) -> list[ContractVersion]:
    """The last version of each contract that has begun."""
    return list({each.contract_id: each for each in versions if each.starts_at <= at}.values())
