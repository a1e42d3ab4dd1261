"""Contracts bind what exists, for dates that make sense, and never twice the same service."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from plazo.contracts import refusals
from plazo.contracts.actions import (
    Offer,
    amend_contract,
    check_end,
    end_contract,
    sell_contract,
    upload_policy,
)
from plazo.contracts.models import Contract, ContractVersion
from plazo.contracts.queries import versions_in_force
from plazo.kit import clock
from plazo.kit.refusals import Refused
from plazo.people.models import Organization
from plazo.people.refusals import NotAllowed
from tests.world import NOW, POLICY, World


def offer(world: World, **changes: Any) -> Offer:
    base = Offer(policy_version=world.policy, window="24x7", level="basic", starts_on=date(2026, 1, 1))
    return replace(base, **changes)


def sell(
    world: World, organization: Organization | None = None, number: str = "N-1", **changes: Any
) -> ContractVersion:
    return sell_contract(
        organization or world.ocaso, number=number, offer=offer(world, **changes), actor=world.administrator
    )


def later(world: World, **changes: Any) -> ContractVersion:
    """A contract of the client whose first one ended in June 2026."""
    return sell(world, starts_on=date(2026, 7, 1), **changes)


def amend(world: World, contract: Contract, **changes: Any) -> ContractVersion:
    return amend_contract(contract, offer=offer(world, **changes), actor=world.administrator)


def test_a_contract_runs_from_the_first_instant_of_its_date_to_the_end_of_its_last(world: World) -> None:
    version = later(world, ends_on=date(2026, 9, 5))
    assert version.starts_at == datetime(2026, 7, 1, 4, tzinfo=UTC)
    assert version.ends_at == datetime(2026, 9, 6, 4, tzinfo=UTC)


def test_a_contract_that_starts_in_the_skipped_midnight_starts_at_one(world: World) -> None:
    version = later(world, number="N-2", ends_on=date(2026, 9, 5)), sell(world, starts_on=date(2026, 9, 6))
    assert version[0].ends_at == version[1].starts_at


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"starts_on": None}, refusals.ContractWithoutStart),
        ({"starts_on": date(1989, 12, 31)}, refusals.ContractDateOutOfRange),
        ({"starts_on": date.max}, refusals.ContractDateOutOfRange),
        ({"ends_on": date(2061, 1, 1)}, refusals.ContractDateOutOfRange),
        ({"ends_on": date.max}, refusals.ContractDateOutOfRange),
        ({"ends_on": date(2025, 12, 31)}, refusals.ContractEndsBeforeStart),
        ({"window": "9x5"}, refusals.WindowUnknown),
        ({"level": "gold"}, refusals.LevelUnknown),
        ({"services": ("erp", "coffee")}, refusals.ServicesUnknown),
        ({"starts_on": date(2024, 12, 31)}, refusals.PolicyNotYetEffective),
        ({}, refusals.ContractsOverlap),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_reason(
    world: World, changes: dict[str, Any], refusal: type[Refused]
) -> None:
    before = ContractVersion.objects.count()
    with pytest.raises(refusal):
        sell(world, **changes)
    assert (ContractVersion.objects.count(), Contract.objects.filter(number="N-1").exists()) == (
        before,
        False,
    )


def test_nothing_is_sold_on_a_draft(world: World) -> None:
    source = POLICY.read_text(encoding="utf-8").replace("\nversion: 1\n", "\nversion: 2\n")
    draft = upload_policy(source, actor=world.administrator)
    with pytest.raises(refusals.PolicyUnpublished):
        later(world, policy_version=draft)


@pytest.mark.parametrize("role", ["lead", "consultant", "client_administrator"])
def test_only_administrators_sell(world: World, role: str) -> None:
    with pytest.raises(NotAllowed):
        sell_contract(world.ocaso, number="N", offer=offer(world), actor=getattr(world, role))


@pytest.mark.parametrize("number", ["", " \n ", "x" * 41])
def test_a_contract_needs_a_number(world: World, number: str) -> None:
    with pytest.raises(refusals.ContractNumberInvalid):
        later(world, number=number)


def test_a_number_belongs_to_one_contract(world: World) -> None:
    with pytest.raises(refusals.ContractNumberTaken):
        later(world, number="C-1")


def test_contracts_of_one_client_may_overlap_for_different_services(world: World) -> None:
    later(world, number="N-1", services=("erp",))
    later(world, number="N-2", services=("website", "email"))
    with pytest.raises(refusals.ContractsOverlap) as refusal:
        later(world, number="N-3", services=("email",))
    assert refusal.value.details == {"number": "N-2"}


def test_a_contract_for_everything_overlaps_with_each(world: World) -> None:
    later(world, services=("erp",))
    with pytest.raises(refusals.ContractsOverlap):
        later(world, number="N-2")


def test_the_day_after_the_last_is_free(world: World) -> None:
    with pytest.raises(refusals.ContractsOverlap):
        sell(world, starts_on=date(2026, 6, 30))
    assert sell(world, starts_on=date(2026, 7, 1)).number == 1


def test_contracts_of_two_clients_never_overlap(world: World) -> None:
    later(world)
    assert versions_in_force(world.andes.pk, NOW) == [world.andes_contract]


def test_an_amendment_takes_over_from_its_date(world: World) -> None:
    amended = amend(world, world.andes_contract.contract, starts_on=date(2026, 12, 1))
    assert versions_in_force(world.andes.pk, amended.starts_at) == [amended]
    assert versions_in_force(world.andes.pk, datetime(2026, 12, 1, 2, 59, 59, tzinfo=UTC)) == [
        world.andes_contract
    ]


def test_an_amendment_leaves_the_version_before_as_it_was(world: World) -> None:
    before = ContractVersion.objects.filter(pk=world.andes_contract.pk).values().get()
    amend(world, world.andes_contract.contract, starts_on=date(2026, 12, 1))
    assert ContractVersion.objects.filter(pk=world.andes_contract.pk).values().get() == before


def test_an_amendment_of_the_same_date_stands_in_the_place_of_the_version(world: World) -> None:
    amended = amend(world, world.andes_contract.contract, starts_on=date(2025, 1, 1))
    assert versions_in_force(world.andes.pk, NOW) == [amended]


def test_an_amendment_never_starts_before_the_version_it_follows(world: World) -> None:
    amend(world, world.andes_contract.contract, starts_on=date(2026, 12, 1))
    with pytest.raises(refusals.AmendmentOutOfOrder):
        amend(world, world.andes_contract.contract, starts_on=date(2026, 11, 30))


def test_an_amendment_may_free_services_for_another_contract(world: World) -> None:
    amend(world, world.andes_contract.contract, starts_on=date(2026, 12, 1), services=("erp",))
    with pytest.raises(refusals.ContractsOverlap):
        sell(world, world.andes, starts_on=date(2026, 11, 30), services=("website",))
    assert sell(world, world.andes, starts_on=date(2026, 12, 1), services=("website",))


def test_an_ended_contract_may_be_renewed_after_a_gap(world: World) -> None:
    renewed = amend(world, world.ocaso_contract.contract, starts_on=date(2026, 10, 1))
    assert versions_in_force(world.ocaso.pk, datetime(2026, 8, 1, tzinfo=UTC)) == []
    assert versions_in_force(world.ocaso.pk, NOW) == [renewed]


def test_ending_a_contract_says_its_last_day(world: World) -> None:
    with clock.at(NOW):
        ended = end_contract(
            world.andes_contract.contract, ends_on=date(2026, 12, 31), actor=world.administrator
        )
    assert (ended.starts_on, ended.window, ended.level) == (date(2026, 11, 18), "8x5", "premium")
    assert versions_in_force(world.andes.pk, datetime(2027, 1, 1, 2, 59, 59, tzinfo=UTC)) == [ended]
    assert versions_in_force(world.andes.pk, datetime(2027, 1, 1, 3, tzinfo=UTC)) == []


def test_a_contract_may_end_on_a_day_that_has_passed(world: World) -> None:
    with clock.at(NOW):
        end_contract(world.andes_contract.contract, ends_on=date(2026, 10, 31), actor=world.administrator)
    assert versions_in_force(world.andes.pk, NOW) == []


def test_an_end_leaves_uncovered_what_follows_its_last_day(world: World) -> None:
    since = check_end(world.andes_contract.contract, ends_on=date(2026, 10, 31))
    assert since == datetime(2026, 11, 1, 3, tzinfo=UTC)
    assert world.andes_contract.contract.versions.count() == 1


def test_a_contract_does_not_end_before_it_began(world: World) -> None:
    with pytest.raises(refusals.ContractEndsBeforeStart):
        end_contract(world.andes_contract.contract, ends_on=date(2024, 12, 31), actor=world.administrator)


def test_a_contract_does_not_end_before_its_last_amendment_begins(world: World) -> None:
    contract = world.andes_contract.contract
    amend(world, contract, starts_on=date(2026, 12, 1))
    with pytest.raises(refusals.ContractEndsBeforeAmendment) as refusal:
        end_contract(contract, ends_on=date(2026, 11, 30), actor=world.administrator)
    assert refusal.value.details == {"starts_on": date(2026, 12, 1)}
    assert end_contract(contract, ends_on=date(2026, 12, 1), actor=world.administrator).ends_on == date(
        2026, 12, 1
    )


def test_a_contract_does_not_end_on_a_day_out_of_reach(world: World) -> None:
    with pytest.raises(refusals.ContractDateOutOfRange) as refusal:
        end_contract(world.andes_contract.contract, ends_on=date.max, actor=world.administrator)
    assert refusal.value.details == {"field": "ends_on"}


def test_a_contract_may_run_to_the_end_of_the_last_year(world: World) -> None:
    version = later(world, ends_on=date(2060, 12, 31))
    assert version.ends_at == datetime(2061, 1, 1, 3, tzinfo=UTC)


def test_a_version_keeps_the_place_it_was_sold_for(world: World) -> None:
    assert world.andes_contract.scopes == ["CL", "provider"]
    assert world.sur_contract.scopes == []
    Organization.objects.filter(pk=world.andes.pk).update(region="CL-MA", commune="punta-arenas")
    amended = amend(world, world.andes_contract.contract, window="8x5", starts_on=date(2026, 12, 1))
    assert amended.scopes == ["CL", "CL-MA", "CL-MA:punta-arenas", "provider"]
