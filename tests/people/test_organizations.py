"""Client companies are kept once each, by administrators."""

from __future__ import annotations

import pytest

from plazo.people.actions import add_organization, edit_organization
from plazo.people.details import OrganizationDetails
from plazo.people.models import Organization
from plazo.people.queries import organizations_named
from plazo.people.refusals import InvalidField, NotAllowed
from tests.world import World


def test_an_administrator_adds_a_company(world: World) -> None:
    added = add_organization(OrganizationDetails(name="Ñandú  SpA"), actor=world.administrator)
    assert (added.name, added.search_text) == ("Ñandú SpA", "nandu spa")
    assert added.pk > world.ocaso.pk


@pytest.mark.parametrize("role", ["lead", "consultant", "client_administrator"])
def test_nobody_else_adds_a_company(world: World, role: str) -> None:
    with pytest.raises(NotAllowed):
        add_organization(OrganizationDetails(name="Otra"), actor=getattr(world, role))


def test_names_that_differ_in_case_and_accents_are_one_name(world: World) -> None:
    with pytest.raises(InvalidField) as refusal:
        add_organization(OrganizationDetails(name="ÁNDES ltda"), actor=world.administrator)
    assert (refusal.value.field, refusal.value.reason) == ("name", "taken")


def test_a_company_is_corrected(world: World) -> None:
    details = OrganizationDetails(name="Andes Limitada", region="CL-MA", commune="Punta Arenas")
    edit_organization(world.andes, details, actor=world.administrator)
    kept = Organization.objects.get(pk=world.andes.pk)
    assert (kept.name, kept.region, kept.commune) == ("Andes Limitada", "CL-MA", "punta-arenas")


def test_a_refused_correction_changes_nothing(world: World) -> None:
    with pytest.raises(InvalidField):
        edit_organization(world.andes, OrganizationDetails(name="", tax_id="1"), actor=world.administrator)
    assert Organization.objects.get(pk=world.andes.pk).name == "Andes Ltda"


def test_companies_are_found_without_accents(world: World) -> None:
    assert list(organizations_named("ÁNDES")) == [world.andes]
