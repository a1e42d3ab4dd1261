"""What a contract version promises: read from its policy once per process, as both never change."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from plazo.contracts.models import ContractVersion, PolicyVersion
from plazo.people.models import Organization
from plazo.sla.loader import read_policy
from plazo.sla.policy import Commitment, Policy

PROVIDER = "provider"
CLIENT = "client:"


@dataclass(frozen=True, slots=True)
class Terms:
    """A contract version as the engine reads it.

    contract      number of the contract, "" where none is sold yet
    calendar_key  the key under which the commitment's terms expect their calendar
    scopes        whose days off close the window; none for a window that never closes
    """

    contract_version_id: int
    policy: Policy
    commitment: Commitment
    window: str
    level: str
    zone: str
    calendar_key: str
    scopes: tuple[str, ...]
    contract: str = ""


@lru_cache(maxsize=4_096)
def terms_of(contract_version_id: int) -> Terms:
    """The terms of a contract version. A first call reads it from the database."""
    version = ContractVersion.objects.select_related("contract").get(pk=contract_version_id)
    policy = policy_of(version.policy_version_id)
    return terms_under(
        policy,
        window=version.window,
        level=version.level,
        scopes=tuple(version.scopes),
        contract_version_id=version.pk,
        contract=version.contract.number,
    )


@lru_cache(maxsize=64)
def policy_of(policy_version_id: int) -> Policy:
    """The policy of a published version."""
    return policy_in(PolicyVersion.objects.values_list("source", flat=True).get(pk=policy_version_id))


def policy_in(source: str, name: str = "policy.yaml") -> Policy:
    """The policy that a file's text says; PolicyError when it cannot be used. Reading one takes a while."""
    return _policy_in(_File(source, name))


@dataclass(frozen=True, slots=True)
class _File:
    """The name is for errors: one text is one policy, whatever its file is called."""

    source: str
    name: str = field(compare=False)


@lru_cache(maxsize=64)
def _policy_in(file: _File) -> Policy:
    return read_policy(file.source, name=file.name)


def forget() -> None:
    """Read everything anew: for a process in which rows were taken back, as tests do."""
    terms_of.cache_clear()
    policy_of.cache_clear()


def terms_under(
    policy: Policy,
    *,
    window: str,
    level: str,
    scopes: tuple[str, ...],
    contract_version_id: int = 0,
    contract: str = "",
) -> Terms:
    """Terms of a window and a level of a policy, for a client with these scopes."""
    key = f"{policy.provider.code}@{policy.version}/{window}|{'+'.join(scopes)}"
    return Terms(
        contract_version_id=contract_version_id,
        policy=policy,
        commitment=policy.commitment(window=window, level=level, calendar=key),
        window=window,
        level=level,
        zone=policy.zone,
        calendar_key=key,
        scopes=scopes,
        contract=contract,
    )


def scopes_for(policy: Policy, window: str, organization: Organization) -> tuple[str, ...]:
    """Whose days off close the window for this client, the widest first."""
    days_off = policy.windows[window].days_off
    if days_off is None:
        return ()
    rule = policy.calendars[days_off]
    scopes = [rule.country]
    if organization.country == rule.country and organization.region:
        scopes.append(organization.region)
        if organization.commune:
            scopes.append(f"{organization.region}:{organization.commune}")
    scopes.append(PROVIDER)
    if rule.client_days:
        scopes.append(client_scope(organization.pk))
    return tuple(scopes)


def client_scope(organization_id: int) -> str:
    """The scope of days off declared for one client."""
    return f"{CLIENT}{organization_id}"
