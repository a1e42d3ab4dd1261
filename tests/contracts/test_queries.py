"""One contract covers a report, or there is a reason why none does."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from plazo.contracts.actions import Offer, amend_contract, end_contract, sell_contract
from plazo.contracts.models import ContractVersion
from plazo.contracts.queries import (
    contracts_of,
    last_day,
    published_policies,
    version_in_force,
    versions_in_force,
    versions_of,
)
from plazo.contracts.refusals import NoContract, SeveralContracts
from plazo.kit import clock
from plazo.people.models import Organization
from tests.world import NOW, World

DjangoAssertNumQueries = Any


def sell(world: World, organization: Organization, number: str, *services: str) -> ContractVersion:
    offer = Offer(
        policy_version=world.policy,
        window="8x5",
        level="basic",
        services=services,
        starts_on=date(2026, 7, 1),
    )
    return sell_contract(organization, number=number, offer=offer, actor=world.administrator)


def in_force_at(number: int, *, service: str, at: datetime) -> ContractVersion:
    return version_in_force(versions_of(number), service=service, at=at)


def test_the_contract_in_force_covers_every_service_unless_it_names_some(world: World) -> None:
    for service in ("", "erp", "email"):
        assert in_force_at(world.andes.pk, service=service, at=NOW) == world.andes_contract


def test_an_expired_contract_says_when_it_ended(world: World) -> None:
    with pytest.raises(NoContract) as refusal:
        in_force_at(world.ocaso.pk, service="", at=NOW)
    assert (refusal.value.reason, refusal.value.ended_on) == ("expired", date(2026, 6, 30))


def test_a_contract_ends_where_its_last_amendment_does(world: World) -> None:
    contract = world.andes_contract.contract
    assert last_day(world.andes_contract, [world.andes_contract]) is None
    offer = Offer(policy_version=world.policy, window="24x7", level="basic", starts_on=date(2026, 12, 1))
    amend_contract(contract, offer=offer, actor=world.administrator)
    end_contract(contract, ends_on=date(2026, 12, 15), actor=world.administrator)
    assert last_day(world.andes_contract, versions_of(world.andes.pk)) == date(2026, 12, 15)


def test_an_amendment_that_follows_at_once_goes_on_and_one_after_a_gap_does_not(world: World) -> None:
    ended, contract = world.ocaso_contract, world.ocaso_contract.contract
    for day, last in ((date(2026, 7, 1), date(2026, 8, 31)), (date(2026, 10, 1), None)):
        offer = Offer(policy_version=world.policy, window="24x7", level="basic", starts_on=day, ends_on=last)
        amend_contract(contract, offer=offer, actor=world.administrator)
    assert last_day(ended, versions_of(world.ocaso.pk)) == date(2026, 8, 31)


def test_a_later_version_takes_the_place_of_an_end_that_was_said_before(world: World) -> None:
    contract = world.andes_contract.contract
    with clock.at(NOW):
        ended = end_contract(contract, ends_on=date(2026, 12, 31), actor=world.administrator)
        again = end_contract(contract, ends_on=date(2027, 3, 31), actor=world.administrator)
    assert (ended.starts_on, last_day(world.andes_contract, versions_of(world.andes.pk))) == (
        again.starts_on,
        date(2027, 3, 31),
    )


def test_the_last_second_of_a_contract_is_covered(world: World) -> None:
    last = datetime(2026, 7, 1, 3, 59, 59, tzinfo=UTC)
    assert in_force_at(world.ocaso.pk, service="", at=last) == world.ocaso_contract


@pytest.mark.parametrize("number", [2, 111])
def test_a_client_without_contract_has_none(world: World, number: int) -> None:
    with pytest.raises(NoContract) as refusal:
        in_force_at(number, service="", at=NOW)
    assert refusal.value.reason == "none"


def test_before_its_start_a_contract_is_none(world: World) -> None:
    with pytest.raises(NoContract) as refusal:
        in_force_at(world.andes.pk, service="", at=datetime(2025, 1, 1, 2, 59, 59, tzinfo=UTC))
    assert refusal.value.reason == "none"


def test_a_service_left_out_is_not_covered(world: World) -> None:
    sell(world, world.ocaso, "N-1", "erp")
    with pytest.raises(NoContract) as refusal:
        in_force_at(world.ocaso.pk, service="email", at=NOW)
    assert refusal.value.reason == "not_covered"


def test_the_service_decides_between_two_contracts(world: World) -> None:
    erp, website = sell(world, world.ocaso, "N-1", "erp"), sell(world, world.ocaso, "N-2", "website")
    assert in_force_at(world.ocaso.pk, service="erp", at=NOW) == erp
    assert in_force_at(world.ocaso.pk, service="website", at=NOW) == website


def test_without_a_service_somebody_has_to_choose(world: World) -> None:
    erp, website = sell(world, world.ocaso, "N-1", "erp"), sell(world, world.ocaso, "N-2", "website")
    with pytest.raises(SeveralContracts) as refusal:
        in_force_at(world.ocaso.pk, service="", at=NOW)
    assert refusal.value.candidates == (erp, website)


def test_finding_the_contract_takes_one_query(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        assert versions_in_force(world.andes.pk, NOW)[0].contract.number == "C-1"


def test_lists_hold_the_client_asked_for_only(world: World) -> None:
    assert [contract.number for contract in contracts_of(world.andes.pk)] == ["C-1"]
    assert list(published_policies()) == [world.policy]
