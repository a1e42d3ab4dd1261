"""Persons are added, corrected, given roles and shut out; the desk keeps an administrator."""

from __future__ import annotations

import pytest
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from plazo.people.access import allow
from plazo.people.actions import (
    add_person,
    change_password,
    disable_person,
    edit_person,
    enable_person,
    found_desk,
    set_desk_role,
)
from plazo.people.details import PersonDetails
from plazo.people.models import Person
from plazo.people.queries import desk_people, people_matching
from plazo.people.refusals import DeskFounded, InvalidField, LastAdministrator, NotAllowed
from tests.world import PASSWORD, World, sign_in

DETAILS = PersonDetails(email="nueva@prueba.example", name="Persona Nueva")


@allow("desk")
def desk_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("in")


urlpatterns = [path("mesa/", desk_page), path("cuenta/", desk_page, name="account_login")]


def is_in(client: Client) -> bool:
    with override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=SIGNED_IN):
        return client.get("/mesa/").content == b"in"


SIGNED_IN = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]


def test_a_new_desk_gets_its_first_administrator_once(db: None) -> None:
    assert found_desk(DETAILS, password=PASSWORD).is_administrator
    with pytest.raises(DeskFounded):
        found_desk(PersonDetails(email="otra@prueba.example", name="Otra"))


def test_an_administrator_adds_a_person_who_signs_in_by_code(world: World) -> None:
    person = add_person(DETAILS, actor=world.administrator)
    assert not person.has_usable_password()


@pytest.mark.parametrize("role", ["lead", "consultant", "client_administrator", "contact", "stranger"])
def test_nobody_else_adds_persons(world: World, role: str) -> None:
    with pytest.raises(NotAllowed):
        add_person(DETAILS, actor=getattr(world, role))


def test_an_address_belongs_to_one_person_whatever_its_case(world: World) -> None:
    with pytest.raises(InvalidField) as refusal:
        add_person(PersonDetails(email="CONTACTO1@andes.example", name="Doble"), actor=world.administrator)
    assert (refusal.value.field, refusal.value.reason) == ("email", "known")


def test_a_weak_password_is_refused_with_the_reasons(world: World) -> None:
    with pytest.raises(InvalidField) as refusal:
        add_person(DETAILS, actor=world.administrator, password="corta")
    assert refusal.value.details["messages"]
    assert not Person.objects.filter(email=DETAILS.email).exists()


def test_people_correct_their_own_details(world: World) -> None:
    details = PersonDetails(email=world.contact.email, name="Contacto Corregido", zone="Pacific/Easter")
    assert edit_person(world.contact, details, actor=world.contact).name == "Contacto Corregido"
    assert Person.objects.get(pk=world.contact.pk).zone == "Pacific/Easter"


def test_only_an_administrator_changes_an_address(world: World) -> None:
    with pytest.raises(NotAllowed):
        edit_person(world.contact, DETAILS, actor=world.contact)
    assert edit_person(world.contact, DETAILS, actor=world.administrator).email == DETAILS.email


def test_nobody_corrects_somebody_else(world: World) -> None:
    details = PersonDetails(email=world.contact.email, name="Ajeno")
    with pytest.raises(NotAllowed):
        edit_person(world.contact, details, actor=world.colleague)


def test_a_session_ends_when_its_person_is_disabled(world: World, client: Client) -> None:
    assert is_in(sign_in(client, world.consultant))
    disable_person(world.consultant, actor=world.administrator)
    assert not is_in(client)


def test_a_session_stays_ended_when_the_person_comes_back(world: World, client: Client) -> None:
    sign_in(client, world.consultant)
    disable_person(world.consultant, actor=world.administrator)
    enable_person(world.consultant, actor=world.administrator)
    assert not is_in(client)
    assert is_in(sign_in(client, world.consultant))


def test_a_session_ends_with_a_new_password(world: World, client: Client) -> None:
    sign_in(client, world.consultant)
    change_password(world.consultant, "otra clave de prueba larga", actor=world.consultant)
    assert not is_in(client)


@pytest.mark.parametrize("role", ["", "lead"])
def test_a_session_ends_with_its_role(world: World, client: Client, role: str) -> None:
    sign_in(client, world.consultant)
    set_desk_role(world.consultant, role, actor=world.administrator)
    assert not is_in(client)


def test_a_role_that_stays_ends_no_session(world: World, client: Client) -> None:
    sign_in(client, world.consultant)
    set_desk_role(world.consultant, "consultant", actor=world.administrator)
    assert is_in(client)


def test_others_stay_signed_in(world: World, client: Client) -> None:
    sign_in(client, world.other_consultant)
    disable_person(world.consultant, actor=world.administrator)
    assert is_in(client)


def test_a_disabled_person_signs_in_no_more(world: World) -> None:
    disable_person(world.contact, actor=world.administrator)
    assert authenticate(HttpRequest(), username=world.contact.email, password=PASSWORD) is None


def test_a_password_is_changed_by_its_owner_or_an_administrator(world: World) -> None:
    with pytest.raises(NotAllowed):
        change_password(world.contact, "otra clave de prueba larga", actor=world.lead)
    change_password(world.contact, "otra clave de prueba larga", actor=world.administrator)
    assert Person.objects.get(pk=world.contact.pk).check_password("otra clave de prueba larga")


def test_the_last_administrator_is_neither_disabled_nor_demoted(world: World) -> None:
    with pytest.raises(LastAdministrator):
        disable_person(world.administrator, actor=world.administrator)
    with pytest.raises(LastAdministrator):
        set_desk_role(world.administrator, "lead", actor=world.administrator)
    assert Person.objects.get(pk=world.administrator.pk).is_administrator


def test_one_of_two_administrators_may_go(world: World) -> None:
    set_desk_role(world.lead, "administrator", actor=world.administrator)
    disable_person(world.administrator, actor=world.lead)
    assert not Person.objects.get(pk=world.administrator.pk).is_active


def test_a_disabled_administrator_does_not_count_as_one_left(world: World) -> None:
    set_desk_role(world.lead, "administrator", actor=world.administrator)
    disable_person(world.lead, actor=world.administrator)
    with pytest.raises(LastAdministrator):
        disable_person(world.administrator, actor=world.administrator)


def test_an_unknown_role_is_refused(world: World) -> None:
    with pytest.raises(InvalidField):
        set_desk_role(world.contact, "boss", actor=world.administrator)


def test_the_desk_lists_who_works_there_now(world: World) -> None:
    disable_person(world.other_consultant, actor=world.administrator)
    assert set(desk_people()) == {world.administrator, world.lead, world.consultant}


def test_people_are_found_by_name_and_address(world: World) -> None:
    assert list(people_matching("contacto1@ANDES")) == [world.contact]
    assert list(people_matching("consultora")) == [world.consultant]
