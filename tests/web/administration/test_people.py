"""People of the desk, as the administration keeps them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plazo.people.models import Person
from tests.web.conftest import Browse
from tests.world import World

HOME = "/administracion/personas/"
NEW = {"name": "Consultora Tres", "email": "Consultora3@mesa.example", "phone": "", "desk_role": "consultant"}


def of(person: Person) -> str:
    return f"{HOME}{person.pk}/"


@pytest.mark.parametrize("who", ["lead", "consultant", "client_administrator"])
def test_people_of_the_desk_are_for_administrators(browse: Browse, world: World, who: str):
    client = browse(getattr(world, who))
    assert client.get(HOME).status_code == 404
    assert client.post(f"{HOME}nueva/", NEW).status_code == 404
    assert client.post(f"{of(world.consultant)}acceso/", {"activa": "no"}).status_code == 404
    assert client.post(f"{of(world.consultant)}rol/", {"desk_role": "administrator"}).status_code == 404
    world.consultant.refresh_from_db()
    assert (world.consultant.is_active, world.consultant.desk_role) == (True, "consultant")


def test_the_list_is_of_the_desk_and_the_search_of_everybody(browse: Browse, world: World):
    client = browse(world.administrator)
    desk = client.get(HOME).content.decode()
    assert "Consultora Uno" in desk
    assert "Contacto Uno" not in desk
    assert "Contacto Uno" in client.get(HOME, {"buscar": "contacto1@"}).content.decode()
    assert "Nadie coincide" in client.get(HOME, {"buscar": "xyz"}).content.decode()


def test_a_person_joins_the_desk(browse: Browse, world: World):
    response = browse(world.administrator).post(f"{HOME}nueva/", NEW, follow=True)
    person = Person.objects.get(email="consultora3@mesa.example")
    assert person.desk_role == "consultant"
    assert "ya puede ingresar" in response.content.decode()
    assert "código de un solo uso" in response.content.decode()


@pytest.mark.parametrize(
    "change", [{"email": "jefatura@mesa.example"}, {"desk_role": ""}, {"desk_role": "jefe"}, {"name": " "}]
)
def test_a_person_who_cannot_be_added_keeps_what_was_typed(
    browse: Browse, world: World, change: dict[str, str]
):
    response = browse(world.administrator).post(f"{HOME}nueva/", NEW | {"phone": "600 000"} | change)
    assert response.status_code == 422
    assert 'value="600 000"' in response.content.decode()


def test_details_are_corrected_and_the_persons_own_choices_stay(browse: Browse, world: World):
    Person.objects.filter(pk=world.consultant.pk).update(zone="Pacific/Easter", language="en")
    given = {"name": "Consultora Primera", "email": world.consultant.email, "phone": ""}
    browse(world.administrator).post(of(world.consultant), given)
    world.consultant.refresh_from_db()
    assert (world.consultant.name, world.consultant.zone) == ("Consultora Primera", "Pacific/Easter")
    assert world.consultant.language == "en"


def test_an_address_of_another_is_refused(browse: Browse, world: World):
    given = {"name": "Consultora Uno", "email": world.lead.email, "phone": ""}
    response = browse(world.administrator).post(of(world.consultant), given)
    assert response.status_code == 422
    assert "Ya existe" in response.content.decode()


def test_a_role_is_given(browse: Browse, world: World):
    browse(world.administrator).post(f"{of(world.consultant)}rol/", {"desk_role": "lead"})
    world.consultant.refresh_from_db()
    assert world.consultant.desk_role == "lead"


def test_a_role_saved_as_it_was_ends_no_session(browse: Browse, world: World):
    theirs = browse(world.consultant)
    path = f"{of(world.consultant)}rol/"
    said = browse(world.administrator).post(path, {"desk_role": "consultant"}, follow=True).text
    assert theirs.get("/mesa/").status_code == 200
    assert "El rol es el que tenía." in said
    assert "sesiones abiertas terminaron" not in said


def test_details_saved_as_they_were_end_no_session(browse: Browse, world: World):
    theirs, person = browse(world.consultant), world.consultant
    given = {"name": person.name, "email": person.email, "phone": person.phone}
    browse(world.administrator).post(of(person), given)
    assert theirs.get("/mesa/").status_code == 200


def test_somebody_known_is_not_added_again_and_it_says_where_they_are(browse: Browse, world: World):
    given = NEW | {"email": world.contact.email.upper()}
    response = browse(world.administrator).post(f"{HOME}nueva/", given)
    assert response.status_code == 422
    assert "dele el rol en su página" in response.text


def test_a_desk_person_added_by_a_double_click_is_one(browse: Browse, world: World):
    client = browse(world.administrator)
    for _ in range(2):
        response = client.post(f"{HOME}nueva/", NEW | {"token": "one-key"}, follow=True)
        assert "ya puede ingresar" in response.text


def test_the_last_administrator_stays(browse: Browse, world: World):
    client = browse(world.administrator)
    refused = client.post(f"{of(world.administrator)}rol/", {"desk_role": ""})
    assert refused.status_code == 422
    assert "La mesa quedaría sin administración" in refused.content.decode()
    shut_out = client.post(f"{of(world.administrator)}acceso/", {"activa": "no"}, follow=True)
    assert "La mesa quedaría sin administración" in shut_out.content.decode()


def test_a_person_shut_out_has_no_session_until_let_in_again(browse: Browse, world: World):
    theirs, client = browse(world.consultant), browse(world.administrator)
    assert theirs.get("/mesa/").status_code == 200
    client.post(f"{of(world.consultant)}acceso/", {"activa": "no"})
    assert theirs.get("/mesa/").status_code == 302
    assert "desactivada" in client.get(HOME).content.decode()
    client.post(f"{of(world.consultant)}acceso/", {"activa": "si"})
    world.consultant.refresh_from_db()
    assert world.consultant.is_active


def test_a_person_who_is_none_is_not_found(browse: Browse, world: World):
    client = browse(world.administrator)
    assert client.get(f"{HOME}99999/").status_code == 404
    assert client.post(f"{HOME}99999/acceso/").status_code == 404


def test_a_persons_page_names_their_clients(browse: Browse, world: World):
    text = browse(world.administrator).get(of(world.shared)).content.decode()
    assert "Andes Ltda" in text
    assert "Norte SpA" in text


def test_more_people_cost_no_more_queries(browse: Browse, world: World):
    client = browse(world.administrator)
    with CaptureQueriesContext(connection) as few:
        client.get(HOME)
    for number in range(6):
        client.post(f"{HOME}nueva/", NEW | {"email": f"c{number}@mesa.example"})
    with CaptureQueriesContext(connection) as many:
        client.get(HOME)
    assert len(many) <= len(few)
