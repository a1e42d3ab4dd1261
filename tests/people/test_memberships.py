"""Who may report is the client's own decision, and each decision says who took it and when."""

from __future__ import annotations

import pytest

from plazo.kit import clock
from plazo.people.actions import (
    add_contact,
    add_member,
    authorise,
    disable_organization,
    disable_person,
    end_membership,
    revoke,
    set_membership,
)
from plazo.people.details import PersonDetails
from plazo.people.models import Membership, Person
from plazo.people.queries import memberships_of, organizations_visible_to
from plazo.people.refusals import AlreadyMember, InvalidField, MembershipEnded, NotAllowed, PersonKnown
from tests.world import NOW, World

NEWCOMER = PersonDetails(email="nuevo@andes.example", name="Contacto Nuevo")


def place(person: Person, organization_id: int) -> Membership:
    return Membership.objects.get(person=person, organization_id=organization_id)


def test_the_client_administrator_authorises_a_contact(world: World) -> None:
    with clock.at(NOW):
        authorise(place(world.unauthorised, world.andes.pk), actor=world.client_administrator)
    kept = place(world.unauthorised, world.andes.pk)
    assert (kept.may_report, kept.authorised_at, kept.authorised_by) == (
        True,
        NOW,
        world.client_administrator,
    )


def test_revoking_says_who_and_when_and_keeps_who_authorised(world: World) -> None:
    with clock.at(NOW):
        revoke(place(world.contact, world.andes.pk), actor=world.client_administrator)
    kept = place(world.contact, world.andes.pk)
    assert (kept.may_report, kept.revoked_at, kept.revoked_by) == (False, NOW, world.client_administrator)
    assert kept.authorised_by == world.administrator


def test_authorising_again_takes_the_revocation_back(world: World) -> None:
    authorise(place(world.revoked, world.andes.pk), actor=world.client_administrator)
    assert place(world.revoked, world.andes.pk).revoked_at is None


def test_authorising_twice_keeps_the_first_date(world: World) -> None:
    before = place(world.contact, world.andes.pk).authorised_at
    with clock.at(NOW):
        authorise(place(world.contact, world.andes.pk), actor=world.client_administrator)
    assert place(world.contact, world.andes.pk).authorised_at == before


@pytest.mark.parametrize("role", ["contact", "colleague", "norte_contact", "consultant", "lead", "stranger"])
def test_nobody_else_authorises(world: World, role: str) -> None:
    with pytest.raises(NotAllowed):
        authorise(place(world.unauthorised, world.andes.pk), actor=getattr(world, role))
    assert not place(world.unauthorised, world.andes.pk).may_report


def test_the_client_administrator_reaches_no_other_company(world: World) -> None:
    with pytest.raises(NotAllowed):
        revoke(place(world.norte_contact, world.norte.pk), actor=world.client_administrator)
    with pytest.raises(NotAllowed):
        add_contact(NEWCOMER, organization=world.norte, actor=world.client_administrator)


def test_a_client_administrator_who_left_decides_nothing(world: World) -> None:
    end_membership(place(world.client_administrator, world.andes.pk), actor=world.administrator)
    with pytest.raises(NotAllowed):
        authorise(place(world.unauthorised, world.andes.pk), actor=world.client_administrator)


def test_a_disabled_client_administrator_decides_nothing(world: World) -> None:
    disable_person(world.client_administrator, actor=world.administrator)
    world.client_administrator.refresh_from_db()
    with pytest.raises(NotAllowed):
        authorise(place(world.unauthorised, world.andes.pk), actor=world.client_administrator)


def test_the_client_administrator_gives_no_roles(world: World) -> None:
    with pytest.raises(NotAllowed):
        set_membership(
            world.contact,
            organization=world.andes,
            actor=world.client_administrator,
            role=Membership.CLIENT_ADMINISTRATOR,
        )


def test_the_client_administrator_adds_a_contact(world: World) -> None:
    added = add_contact(NEWCOMER, organization=world.andes, actor=world.client_administrator)
    assert (added.role, added.sees, added.may_report) == ("contact", "own", False)
    assert not added.person.has_usable_password()


def test_adding_a_known_person_changes_nothing_about_them(world: World) -> None:
    details = PersonDetails(email=world.norte_contact.email, name="Otro Nombre")
    added = add_contact(details, organization=world.andes, actor=world.client_administrator, join=True)
    assert (added.person, added.person.name) == (world.norte_contact, "Contacto Norte")
    assert len(memberships_of(world.norte_contact)) == 2


def test_a_known_person_joins_only_when_that_is_meant(world: World) -> None:
    details = PersonDetails(email=world.norte_contact.email.title(), name="Otro Nombre")
    with pytest.raises(PersonKnown):
        add_contact(details, organization=world.andes, actor=world.client_administrator)
    with pytest.raises(PersonKnown):
        add_member(details, organization=world.andes, actor=world.administrator)
    assert len(memberships_of(world.norte_contact)) == 1


@pytest.mark.parametrize("join", [False, True])
def test_adding_a_colleague_again_changes_nothing(world: World, join: bool) -> None:
    details = PersonDetails(email=world.colleague.email.upper(), name="Igual")
    with pytest.raises(AlreadyMember):
        add_contact(details, organization=world.andes, actor=world.client_administrator, join=join)
    with pytest.raises(AlreadyMember):
        add_member(details, organization=world.andes, actor=world.administrator, join=join)
    kept = place(world.colleague, world.andes.pk)
    assert (kept.sees, kept.may_report) == (Membership.COMPANY, True)


def test_whoever_left_comes_back_as_a_contact_and_no_more(world: World) -> None:
    end_membership(place(world.colleague, world.andes.pk), actor=world.administrator)
    details = PersonDetails(email=world.colleague.email, name="Igual")
    back = add_contact(details, organization=world.andes, actor=world.client_administrator, join=True)
    assert (back.role, back.sees, back.may_report) == (Membership.CONTACT, Membership.OWN, False)


def test_nobody_of_the_desk_becomes_a_contact_by_invitation(world: World) -> None:
    details = PersonDetails(email=world.consultant.email, name="Consultora")
    with pytest.raises(InvalidField):
        add_contact(details, organization=world.andes, actor=world.client_administrator)


def test_who_left_has_no_place_and_no_authorisation(world: World) -> None:
    end_membership(place(world.contact, world.andes.pk), actor=world.administrator)
    assert memberships_of(world.contact) == []
    assert not place(world.contact, world.andes.pk).may_report
    with pytest.raises(MembershipEnded):
        authorise(place(world.contact, world.andes.pk), actor=world.administrator)


def test_who_left_may_come_back(world: World) -> None:
    end_membership(place(world.contact, world.andes.pk), actor=world.administrator)
    set_membership(world.contact, organization=world.andes, actor=world.administrator, may_report=True)
    assert len(memberships_of(world.contact)) == 1


@pytest.mark.parametrize(("field", "value"), [("role", "owner"), ("sees", "everything")])
def test_unknown_roles_and_sights_are_refused(world: World, field: str, value: str) -> None:
    with pytest.raises(InvalidField):
        set_membership(world.contact, organization=world.andes, actor=world.administrator, **{field: value})


def test_a_company_no_longer_served_shows_nothing(world: World) -> None:
    disable_organization(world.andes, actor=world.administrator)
    assert [each.organization for each in memberships_of(world.shared)] == [world.norte]
    assert list(organizations_visible_to(world.contact)) == []


def test_everybody_sees_their_own_companies_and_the_desk_all(world: World) -> None:
    assert list(organizations_visible_to(world.contact)) == [world.andes]
    assert list(organizations_visible_to(world.shared)) == [world.andes, world.norte]
    assert list(organizations_visible_to(world.stranger)) == []
    assert organizations_visible_to(world.consultant).count() == 4


def test_an_administrator_of_the_desk_adds_a_member_with_their_place(world: World) -> None:
    details = PersonDetails(email="nueva@andes.example", name="Contacto Nuevo")
    member = add_member(
        details,
        organization=world.andes,
        actor=world.administrator,
        role="client_administrator",
        sees="company",
    )
    assert (member.person.email, member.role, member.sees) == (
        "nueva@andes.example",
        "client_administrator",
        "company",
    )


def test_a_member_known_elsewhere_is_the_same_person(world: World) -> None:
    details = PersonDetails(email=world.norte_contact.email, name="Otro Nombre")
    member = add_member(details, organization=world.andes, actor=world.administrator, join=True)
    assert member.person == world.norte_contact


def test_nobody_of_the_desk_becomes_a_member(world: World) -> None:
    details = PersonDetails(email=world.consultant.email, name="Consultora Uno")
    with pytest.raises(InvalidField):
        add_member(details, organization=world.andes, actor=world.administrator)


def test_a_member_with_an_unknown_role_leaves_no_person_behind(world: World) -> None:
    details = PersonDetails(email="nueva@andes.example", name="Contacto Nuevo")
    with pytest.raises(InvalidField):
        add_member(details, organization=world.andes, actor=world.administrator, role="lead")
    assert not Person.objects.filter(email="nueva@andes.example").exists()


def test_a_clients_administrator_gives_no_places(world: World) -> None:
    details = PersonDetails(email="nueva@andes.example", name="Contacto Nuevo")
    with pytest.raises(NotAllowed):
        add_member(details, organization=world.andes, actor=world.client_administrator)
