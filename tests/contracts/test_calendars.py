"""A contract's calendar knows the days off of its scopes, each from when it was declared."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from plazo.contracts.actions import Offer, amend_contract, declare_day_off, withdraw_day_off
from plazo.contracts.calendars import calendars_for, calendars_of, named_days_off, provider_hours, revision
from plazo.contracts.models import ContractVersion, DayOff
from plazo.contracts.refusals import DayOffAlreadyDeclared, DayOffAlreadyWithdrawn, DayOffInvalid
from plazo.contracts.terms import client_scope, policy_of, scopes_for, terms_of, terms_under
from plazo.kit import clock
from plazo.people.models import Organization
from plazo.people.refusals import NotAllowed
from plazo.sla import BusinessCalendar, NamedDayOff
from tests.world import NOW, World

THURSDAY = date(2026, 11, 19)
DAY_SECONDS = 8 * 3600


def calendar(version: ContractVersion, at: datetime = NOW) -> BusinessCalendar:
    return calendars_for([version.pk])[terms_of(version.pk).calendar_key].as_known_at(int(at.timestamp()))


def worked_on(day: date, known: BusinessCalendar) -> int:
    midnight = datetime(day.year, day.month, day.day, 3, tzinfo=UTC)
    return known.between(midnight, midnight + timedelta(days=1))


def declare(world: World, scope: str = "CL", day: date = THURSDAY, **more: Any) -> DayOff:
    return declare_day_off(day, scope=scope, name="Feriado de prueba", actor=world.administrator, **more)


def in_magallanes(world: World) -> ContractVersion:
    Organization.objects.filter(pk=world.andes.pk).update(region="CL-MA", commune="punta-arenas")
    offer = Offer(policy_version=world.policy, window="8x5", level="premium", starts_on=date(2026, 1, 1))
    return amend_contract(world.andes_contract.contract, offer=offer, actor=world.administrator)


def test_holidays_close_the_windows_that_keep_them(world: World) -> None:
    christmas = date(2026, 12, 25)
    assert worked_on(christmas, calendar(world.andes_contract)) == 0
    assert worked_on(christmas, calendar(world.sur_contract)) == 86_400


def test_a_day_off_is_known_from_its_declaration_on(world: World) -> None:
    with clock.at(NOW):
        declare(world)
    assert worked_on(THURSDAY, calendar(world.andes_contract, NOW - timedelta(seconds=1))) == DAY_SECONDS
    assert worked_on(THURSDAY, calendar(world.andes_contract, NOW)) == 0


def test_a_day_off_withdrawn_counts_until_then(world: World) -> None:
    with clock.at(NOW):
        row = declare(world)
    with clock.at(NOW + timedelta(hours=1)):
        withdraw_day_off(row, actor=world.administrator)
    seen = [
        worked_on(THURSDAY, calendar(world.andes_contract, NOW + timedelta(hours=hours))) for hours in (0, 1)
    ]
    assert seen == [0, DAY_SECONDS]


def test_a_client_with_declared_days_alone_did_not_know_them_before(world: World) -> None:
    DayOff.objects.all().delete()
    with clock.at(NOW):
        declare(world)
    assert worked_on(THURSDAY, calendar(world.andes_contract, NOW - timedelta(days=400))) == DAY_SECONDS


def test_hours_of_a_day_close_no_more_than_themselves(world: World) -> None:
    with clock.at(NOW):
        declare(world, hours=("13:00", "24:00"))
    assert worked_on(THURSDAY, calendar(world.andes_contract)) == 4 * 3600


@pytest.mark.parametrize(
    ("scope", "closes"),
    [
        ("CL", True),
        ("CL-MA", True),
        ("CL-MA:punta-arenas", True),
        ("provider", True),
        ("CL-LL", False),
        ("CL-MA:natales", False),
        ("AR", False),
        ("client:1", False),
        ("client:11", False),
    ],
)
def test_days_off_count_for_their_scope(world: World, scope: str, closes: bool) -> None:
    version = in_magallanes(world)
    with clock.at(NOW):
        declare(world, scope)
    assert worked_on(THURSDAY, calendar(version)) == (0 if closes else DAY_SECONDS)


def test_days_of_the_client_count_where_the_policy_says_so(world: World) -> None:
    policy = terms_of(world.andes_contract.pk).policy
    rule = policy.calendars["chile"].model_copy(update={"client_days": True})
    policy = policy.model_copy(update={"calendars": {"chile": rule}})
    scopes = scopes_for(policy, "8x5", world.andes)
    assert scopes == ("CL", "provider", "client:1")
    own = terms_under(policy, window="8x5", level="premium", scopes=scopes)
    with clock.at(NOW):
        declare(world, client_scope(world.norte.pk))
        declare(world, client_scope(world.andes.pk), date(2026, 11, 20))
    known = calendars_of([own])[own.calendar_key].as_known_at(int(NOW.timestamp()))
    assert (worked_on(THURSDAY, known), worked_on(date(2026, 11, 20), known)) == (DAY_SECONDS, 0)


def test_a_client_abroad_keeps_the_holidays_of_the_agreement(world: World) -> None:
    policy = terms_of(world.andes_contract.pk).policy
    abroad = Organization(country="PE", region="CL-MA")
    assert scopes_for(policy, "8x5", abroad) == ("CL", "provider")


def test_contracts_on_the_same_days_share_a_calendar(world: World) -> None:
    found = calendars_for([world.andes_contract.pk, world.ocaso_contract.pk, world.norte_contract.pk])
    assert set(found) == {"coacher@1/8x5|CL+provider", "coacher@1/12x5|CL+provider"}


def test_calendars_in_memory_cost_one_query(world: World, django_assert_num_queries: Any) -> None:
    versions = [world.andes_contract.pk, world.norte_contract.pk, world.sur_contract.pk]
    calendars_for(versions)
    with django_assert_num_queries(1):
        calendars_for(versions)


def test_calendars_are_kept_until_a_day_off_changes(world: World) -> None:
    key = terms_of(world.andes_contract.pk).calendar_key
    first = calendars_for([world.andes_contract.pk])[key]
    assert calendars_for([world.andes_contract.pk])[key] is first
    declare(world)
    assert calendars_for([world.andes_contract.pk])[key] is not first


def test_no_contracts_have_no_calendars(db: None, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert calendars_for([]) == {}


def test_explanations_are_given_the_names_of_the_days_off(world: World) -> None:
    row = declare(world)
    terms = terms_of(world.andes_contract.pk)
    assert named_days_off(terms)[THURSDAY] == NamedDayOff("Feriado de prueba", "law")
    withdraw_day_off(row, actor=world.administrator)
    assert THURSDAY not in named_days_off(terms)


def test_explanations_know_a_closing_of_the_provider_from_a_holiday(world: World) -> None:
    declare(world, scope="provider")
    terms = terms_of(world.andes_contract.pk)
    provider = terms.policy.provider.name
    assert named_days_off(terms)[THURSDAY] == NamedDayOff("Feriado de prueba", "provider", provider)


def test_explanations_know_a_day_agreed_with_the_client(world: World) -> None:
    scope = client_scope(world.andes.pk)
    declare(world, scope=scope)
    terms = terms_under(policy_of(world.policy.pk), window="8x5", level="premium", scopes=("CL", scope))
    assert named_days_off(terms)[THURSDAY] == NamedDayOff("Feriado de prueba", "client")


@pytest.mark.parametrize("first", ["CL", "provider"])
def test_a_holiday_on_which_the_provider_closes_too_stays_a_holiday(world: World, first: str) -> None:
    for scope in (first, {"CL": "provider", "provider": "CL"}[first]):
        declare(world, scope=scope)
    assert named_days_off(terms_of(world.andes_contract.pk))[THURSDAY].source == "law"


def test_a_whole_day_off_names_the_day_before_some_hours_of_it(world: World) -> None:
    declare(world, scope="provider")
    declare(world, hours=("14:00", "18:00"))
    assert named_days_off(terms_of(world.andes_contract.pk))[THURSDAY].source == "provider"


def test_each_change_raises_the_revision(world: World) -> None:
    before = revision()
    row = declare(world)
    assert (revision(), withdraw_day_off(row, actor=world.administrator)) == (before + 1, before + 2)


def test_a_day_off_is_declared_once_and_again_after_it_was_withdrawn(world: World) -> None:
    row = declare(world)
    with pytest.raises(DayOffAlreadyDeclared):
        declare(world)
    withdraw_day_off(row, actor=world.administrator)
    with pytest.raises(DayOffAlreadyWithdrawn):
        withdraw_day_off(row, actor=world.administrator)
    assert declare(world).pk != row.pk


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"scope": "client:999"}, "scope"),
        ({"scope": "client:01"}, "scope"),
        ({"scope": "CL-XX"}, "scope"),
        ({"scope": "CL-MA:"}, "scope"),
        ({"scope": "cl"}, "scope"),
        ({"scope": ""}, "scope"),
        ({"day": date(1989, 12, 31)}, "date"),
        ({"day": date(2061, 1, 1)}, "date"),
        ({"hours": ("13:00", "13:00")}, "to_time"),
        ({"hours": ("24:00", "25:00")}, "to_time"),
        ({"hours": ("9:00", "13:00")}, "from_time"),
        ({"law": "x" * 201}, "law"),
    ],
)
def test_a_day_off_that_makes_no_sense_is_refused(world: World, changes: dict[str, Any], field: str) -> None:
    before = revision()
    with pytest.raises(DayOffInvalid) as refusal:
        declare(world, **changes)
    assert (refusal.value.details["field"], revision()) == (field, before)


def test_a_day_off_needs_a_name(world: World) -> None:
    with pytest.raises(DayOffInvalid):
        declare_day_off(THURSDAY, scope="CL", name="\u200b", actor=world.administrator)


@pytest.mark.parametrize("role", ["lead", "consultant", "client_administrator"])
def test_only_administrators_declare(world: World, role: str) -> None:
    row = declare(world)
    with pytest.raises(NotAllowed):
        declare_day_off(THURSDAY, scope="CL", name="Otro", actor=getattr(world, role))
    with pytest.raises(NotAllowed):
        withdraw_day_off(row, actor=getattr(world, role))


def test_terms_say_what_the_contract_promises(world: World) -> None:
    terms = terms_of(world.andes_contract.pk)
    assert (terms.window, terms.level, terms.zone) == ("8x5", "premium", "America/Santiago")
    assert terms.commitment.term("response", priority="high").calendar == terms.calendar_key
    assert terms_of(world.andes_contract.pk) is terms


def test_the_provider_works_by_its_first_window_but_for_national_days_and_its_own(world: World) -> None:
    hours = provider_hours(policy_of(world.policy.pk)).as_known_at(int(NOW.timestamp()))
    assert hours.is_open(datetime(2026, 11, 18, 13, tzinfo=UTC))
    assert not hours.is_open(datetime(2026, 11, 18, 23, tzinfo=UTC))
    assert not hours.is_open(datetime(2026, 12, 8, 13, tzinfo=UTC))  # a national day
