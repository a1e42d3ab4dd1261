"""The client's administrator says who may report."""

import pytest

from plazo.people.models import Membership, Person
from tests.web.conftest import Browse
from tests.world import World


def membership(person: Person) -> Membership:
    return person.memberships.get()


def switch(browse: Browse, actor: Person, person: Person, to: str) -> int:
    path = f"/personas/{membership(person).pk}/autorizacion/"
    return browse(actor).post(path, {"autorizar": to}).status_code


def test_everybody_of_the_company_is_listed_with_since_when(browse: Browse, world: World):
    page = browse(world.client_administrator).get("/personas/").text
    assert "Contacto Registrado" in page
    assert "retirado el" in page
    assert "Contacto Norte" not in page


def test_authorising_is_one_switch(browse: Browse, world: World):
    switch(browse, world.client_administrator, world.unauthorised, "si")
    now = membership(world.unauthorised)
    assert (now.may_report, now.authorised_by) == (True, world.client_administrator)


def test_revoking_is_one_switch(browse: Browse, world: World):
    switch(browse, world.client_administrator, world.contact, "no")
    assert not membership(world.contact).may_report


def test_another_companys_contact_is_not_found(browse: Browse, world: World):
    assert switch(browse, world.client_administrator, world.norte_contact, "no") == 404
    assert membership(world.norte_contact).may_report


@pytest.mark.parametrize(
    "who", ["contact", "colleague", "norte_contact", "consultant", "administrator", "stranger"]
)
def test_only_the_clients_administrator_has_the_page(browse: Browse, world: World, who: str):
    assert browse(getattr(world, who)).get("/personas/").status_code == 404
    assert switch(browse, getattr(world, who), world.unauthorised, "si") == 404
    assert not membership(world.unauthorised).may_report


def test_a_person_is_added_and_authorised(browse: Browse, world: World):
    data = {
        "token": "a-key",
        "organization": world.andes.pk,
        "name": "Contacto Nuevo",
        "email": "nuevo@andes.example",
        "may_report": "on",
    }
    browse(world.client_administrator).post("/personas/", data)
    added = Person.objects.get(email="nuevo@andes.example")
    assert membership(added).may_report
    assert membership(added).organization == world.andes


def test_nobody_is_added_to_another_company(browse: Browse, world: World):
    data = {
        "token": "a-key",
        "organization": world.norte.pk,
        "name": "Intruso",
        "email": "intruso@andes.example",
    }
    assert browse(world.client_administrator).post("/personas/", data).status_code == 422
    assert not Person.objects.filter(email="intruso@andes.example").exists()


@pytest.mark.parametrize(("field", "value"), [("name", ""), ("email", "no-es-correo"), ("email", "")])
def test_a_field_that_cannot_be_kept_is_refused_and_the_rest_kept(
    browse: Browse, world: World, field: str, value: str
):
    data = {
        "token": "a-key",
        "organization": world.andes.pk,
        "name": "Contacto Nuevo",
        "email": "nuevo@andes.example",
    }
    response = browse(world.client_administrator).post("/personas/", data | {field: value})
    assert response.status_code == 422
    assert ("nuevo@andes.example" if field == "name" else "Contacto Nuevo") in response.text


def test_somebody_of_the_desk_is_no_contact(browse: Browse, world: World):
    data = {
        "token": "a-key",
        "organization": world.andes.pk,
        "name": "Consultora",
        "email": world.consultant.email,
    }
    response = browse(world.client_administrator).post("/personas/", data)
    assert response.status_code == 422
    assert "Ese correo es de alguien de la mesa" in response.text


def test_somebody_known_elsewhere_is_asked_about_and_not_named(browse: Browse, world: World):
    client = browse(world.client_administrator)
    data = {"organization": world.andes.pk, "name": "Otro", "email": world.norte_contact.email.upper()}
    refused = client.post("/personas/", data | {"token": "one-key"})
    assert refused.status_code == 422
    assert "¿Agregarla a esta empresa?" in refused.text
    assert "Contacto Norte" not in refused.text
    assert world.norte_contact.memberships.count() == 1
    client.post("/personas/", data | {"token": "one-key", "join": "on"})
    assert world.norte_contact.memberships.count() == 2


def test_a_colleague_added_again_stays_authorised(browse: Browse, world: World):
    data = {"organization": world.andes.pk, "name": "Otro", "email": world.contact.email, "token": "one-key"}
    response = browse(world.client_administrator).post("/personas/", data)
    assert response.status_code == 422
    assert "ya pertenece a la empresa" in response.text
    assert membership(world.contact).may_report


def test_a_double_click_adds_one_and_says_so(browse: Browse, world: World):
    client = browse(world.client_administrator)
    data = {"organization": world.andes.pk, "name": "Nueva", "email": "n@andes.example", "token": "one-key"}
    for _ in range(2):
        assert "Nueva quedó en la lista" in client.post("/personas/", data, follow=True).text
