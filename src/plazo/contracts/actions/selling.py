"""Contracts: sold, amended, ended. What was sold is never edited: each change is a further version."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from itertools import zip_longest

from django.db import IntegrityError, transaction

from plazo.contracts.dates import date_in, first_instant, first_instant_after, is_within_reach
from plazo.contracts.models import Contract, ContractVersion, PolicyVersion
from plazo.contracts.queries import last_version
from plazo.contracts.refusals import (
    AmendmentOutOfOrder,
    ContractDateOutOfRange,
    ContractEndsBeforeAmendment,
    ContractEndsBeforeStart,
    ContractNumberInvalid,
    ContractNumberTaken,
    ContractsOverlap,
    ContractWithoutStart,
    LevelUnknown,
    PolicyNotYetEffective,
    PolicyUnpublished,
    ServicesUnknown,
    WindowUnknown,
)
from plazo.contracts.terms import policy_of, scopes_for
from plazo.kit import clock
from plazo.kit.text import clean_line
from plazo.people.actions.organizations import require_administrator
from plazo.people.models import Organization, Person
from plazo.sla.policy import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a contract version says.

    services  codes of the policy's services; empty: all of them
    ends_on   the last day covered; None: until further notice
    """

    policy_version: PolicyVersion
    window: str
    level: str
    services: tuple[str, ...] = ()
    starts_on: date | None
    ends_on: date | None = None


def sell_contract(organization: Organization, *, number: str, offer: Offer, actor: Person) -> ContractVersion:
    """A new contract with its first version."""
    require_administrator(actor)
    own_number = clean_line(number)
    if not 0 < len(own_number) <= 40:
        raise ContractNumberInvalid
    with _locking(organization.pk) as client:
        if Contract.objects.filter(number=own_number).exists():
            raise ContractNumberTaken(number=own_number)
        contract = Contract(organization=client, number=own_number, created_at=clock.now())
        version = _checked(contract, 1, offer, actor)
        try:
            contract.save()
        except IntegrityError as error:
            raise ContractNumberTaken(number=own_number) from error
        version.contract = contract
        version.save()
    return version


def amend_contract(contract: Contract, *, offer: Offer, actor: Person) -> ContractVersion:
    """A further version, in force from its start. Tickets opened before keep the version they began under."""
    require_administrator(actor)
    with _locking(contract.organization_id) as client:
        contract.organization = client
        last = last_version(contract)
        if offer.starts_on is not None and offer.starts_on < last.starts_on:
            raise AmendmentOutOfOrder(last_starts_on=last.starts_on)
        version = _checked(contract, contract.versions.count() + 1, offer, actor)
        version.save()
    return version


def end_contract(contract: Contract, *, ends_on: date, actor: Person) -> ContractVersion:
    """Say the last day of a contract: a version like the last one, up to that day."""
    check_end(contract, ends_on=ends_on)
    last = last_version(contract)
    today = date_in(policy_of(last.policy_version_id).zone, clock.now())
    offer = Offer(
        policy_version=last.policy_version,
        window=last.window,
        level=last.level,
        services=tuple(last.services),
        starts_on=max(last.starts_on, min(today, ends_on)),
        ends_on=ends_on,
    )
    return amend_contract(contract, offer=offer, actor=actor)


def check_end(contract: Contract, *, ends_on: date) -> datetime:
    """The first instant that an end on that day leaves uncovered; refuses a day that ends no contract."""
    last = last_version(contract)
    if ends_on < last.starts_on:
        if contract.versions.filter(starts_on__lte=ends_on).exists():
            raise ContractEndsBeforeAmendment(starts_on=last.starts_on)
        raise ContractEndsBeforeStart(starts_on=last.starts_on, ends_on=ends_on)
    if not is_within_reach(ends_on):
        raise ContractDateOutOfRange(field="ends_on")
    return first_instant_after(ends_on, policy_of(last.policy_version_id).zone)


@contextmanager
def _locking(organization_id: int) -> Iterator[Organization]:
    # Two sales to one client at the same moment would not see each other's dates.
    with transaction.atomic():
        yield Organization.objects.select_for_update().get(pk=organization_id)


def _checked(contract: Contract, number: int, offer: Offer, actor: Person) -> ContractVersion:
    starts_on = _checked_dates(offer)
    policy = _checked_policy(offer)
    _check_codes(offer, policy)
    if starts_on < policy.effective_from:
        raise PolicyNotYetEffective(effective_from=policy.effective_from)
    version = ContractVersion(
        contract=contract,
        number=number,
        policy_version=offer.policy_version,
        window=offer.window,
        level=offer.level,
        services=sorted(set(offer.services)),
        scopes=list(scopes_for(policy, offer.window, contract.organization)),
        starts_on=starts_on,
        ends_on=offer.ends_on,
        starts_at=first_instant(starts_on, policy.zone),
        ends_at=first_instant_after(offer.ends_on, policy.zone) if offer.ends_on else None,
        created_at=clock.now(),
        created_by=actor,
    )
    _check_overlaps(version, contract.organization_id)
    return version


def _checked_dates(offer: Offer) -> date:
    if offer.starts_on is None:
        raise ContractWithoutStart
    for field, day in (("starts_on", offer.starts_on), ("ends_on", offer.ends_on)):
        if day is not None and not is_within_reach(day):
            raise ContractDateOutOfRange(field=field)
    if offer.ends_on is not None and offer.ends_on < offer.starts_on:
        raise ContractEndsBeforeStart(starts_on=offer.starts_on, ends_on=offer.ends_on)
    return offer.starts_on


def _checked_policy(offer: Offer) -> Policy:
    if not PolicyVersion.objects.filter(pk=offer.policy_version.pk, published_at__isnull=False).exists():
        raise PolicyUnpublished(version=offer.policy_version.version)
    return policy_of(offer.policy_version.pk)


def _check_codes(offer: Offer, policy: Policy) -> None:
    if offer.window not in policy.windows:
        raise WindowUnknown(window=offer.window, known=list(policy.windows))
    if offer.level not in policy.levels:
        raise LevelUnknown(level=offer.level, known=list(policy.levels))
    if unknown := sorted(set(offer.services) - set(policy.services)):
        raise ServicesUnknown(services=unknown, known=list(policy.services))


@dataclass(frozen=True, slots=True)
class _Cover:
    """What a version covers until the next one of its contract takes over."""

    version: ContractVersion
    ends_at: datetime | None

    def overlaps(self, other: ContractVersion) -> bool:
        mine = self.version
        shares_services = (
            not mine.services or not other.services or bool(set(mine.services) & set(other.services))
        )
        begins_before = other.ends_at is None or mine.starts_at < other.ends_at
        ends_after = self.ends_at is None or other.starts_at < self.ends_at
        return shares_services and begins_before and ends_after and not self._is_empty()

    def _is_empty(self) -> bool:
        return self.ends_at is not None and self.ends_at <= self.version.starts_at


def _check_overlaps(version: ContractVersion, organization_id: int) -> None:
    rows = (
        ContractVersion.objects.filter(contract__organization_id=organization_id)
        .exclude(contract_id=version.contract_id)
        .select_related("contract")
        .order_by("contract_id", "starts_at", "number")
    )
    for cover in _covers(list(rows)):
        if cover.overlaps(version):
            raise ContractsOverlap(number=cover.version.contract.number)


def _covers(versions: Sequence[ContractVersion]) -> Iterator[_Cover]:
    for version, following in zip_longest(versions, versions[1:]):
        ends = [version.ends_at]
        if following is not None and following.contract_id == version.contract_id:
            ends.append(following.starts_at)
        yield _Cover(version, min((end for end in ends if end is not None), default=None))
