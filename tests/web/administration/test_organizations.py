"""Clients and their people, as the administration keeps them."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plazo.people.actions import add_organization
from plazo.people.details import OrganizationDetails
from plazo.people.models import Membership, Organization, Person
from tests.web.conftest import Browse
from tests.world import World

HOME = "/administracion/"
DETAILS = {
    "name": "Brisa Inventada Ltda.",
    "tax_id": "",
    "country": "CL",
    "region": "CL-MA",
    "commune": "Punta Arenas",
    "zone": "America/Punta_Arenas",
}
MEMBER = {"name": "Contacto Nuevo", "email": "nuevo@andes.example", "role": "contact", "sees": "own"}


def of(organization: Organization) -> str:
    return f"{HOME}clientes/{organization.pk}/"


def place(world: World, person: Person) -> Membership:
    return Membership.objects.get(person=person, organization=world.andes)


@pytest.mark.parametrize("who", ["lead", "consultant", "client_administrator", "contact"])
def test_the_administration_is_for_administrators(browse: Browse, world: World, who: str):
    client = browse(getattr(world, who))
    for path in (HOME, f"{HOME}clientes/nuevo/", of(world.andes)):
        assert client.get(path).status_code == 404
        assert client.post(path, DETAILS).status_code in (404, 405)
    assert not Organization.objects.filter(name=DETAILS["name"]).exists()


def test_clients_are_found_without_their_accents(browse: Browse, world: World):
    client = browse(world.administrator)
    everybody = client.get(HOME).content.decode()
    assert all(name in everybody for name in ("Andes Ltda", "Norte SpA", "Sur EIRL", "Ocaso SA"))
    found = client.get(HOME, {"buscar": "ÁNDES"}).content.decode()
    assert "Andes Ltda" in found
    assert "Norte SpA" not in found
    assert "Ningún cliente coincide" in client.get(HOME, {"buscar": "xyz"}).content.decode()


def test_many_clients_come_in_pages(browse: Browse, world: World):
    for number in range(50):
        add_organization(OrganizationDetails(name=f"Cliente {number:02}"), actor=world.administrator)
    client = browse(world.administrator)
    first = client.get(HOME).content.decode()
    assert "?desde=50" in first
    assert "Sur EIRL" not in first
    assert "Sur EIRL" in client.get(f"{HOME}?desde=50").content.decode()


@pytest.mark.parametrize("start", ["x", "-1", "9" * 40])
def test_a_page_that_is_none_is_not_found(browse: Browse, world: World, start: str):
    assert browse(world.administrator).get(HOME, {"desde": start}).status_code == 404


def test_a_client_is_added(browse: Browse, world: World):
    response = browse(world.administrator).post(f"{HOME}clientes/nuevo/", DETAILS)
    added = Organization.objects.get(name=DETAILS["name"])
    assert response.headers["Location"] == of(added)
    assert (added.region, added.commune) == ("CL-MA", "punta-arenas")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": "ándes ltda"}, "Ya existe"),
        ({"tax_id": "76000000-2"}, "El RUT no es válido"),
        ({"region": ""}, "Elija primero la región"),
        ({"country": "1"}, "código del país"),
    ],
)
def test_a_client_that_cannot_be_kept_keeps_what_was_typed(
    browse: Browse, world: World, change: dict[str, str], words: str
):
    given = DETAILS | {"name": "Brisa & Mar"} | change
    response = browse(world.administrator).post(f"{HOME}clientes/nuevo/", given)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert given["name"].replace("&", "&amp;") in response.content.decode()


def test_a_client_is_corrected(browse: Browse, world: World):
    browse(world.administrator).post(of(world.andes), DETAILS)
    world.andes.refresh_from_db()
    assert (world.andes.name, world.andes.zone) == ("Brisa Inventada Ltda.", "America/Punta_Arenas")


def test_a_correction_refused_leaves_the_title_as_it_was(browse: Browse, world: World):
    response = browse(world.administrator).post(of(world.andes), DETAILS | {"name": "Norte SpA"})
    assert response.status_code == 422
    assert "<h1>Andes Ltda</h1>" in response.content.decode()
    assert 'value="Norte SpA"' in response.content.decode()


def test_a_client_no_longer_served_sees_nothing_until_it_is_again(browse: Browse, world: World):
    client = browse(world.administrator)
    client.post(f"{of(world.andes)}atencion/", {"activo": "no"})
    assert browse(world.contact).get("/tickets/").status_code == 404
    client.post(f"{of(world.andes)}atencion/", {"activo": "si"})
    assert browse(world.contact).get("/tickets/").status_code == 200


def test_a_clients_page_shows_its_people_and_contracts_only(browse: Browse, world: World):
    text = browse(world.administrator).get(of(world.andes)).content.decode()
    assert "contacto1@andes.example" in text
    assert "C-1<" in text
    assert "C-11" not in text
    assert "contacto@norte.example" not in text


def test_more_people_cost_no_more_queries(browse: Browse, world: World):
    client = browse(world.administrator)
    with CaptureQueriesContext(connection) as few:
        client.get(of(world.andes))
    for number in range(8):
        client.post(f"{of(world.andes)}personas/", MEMBER | {"email": f"p{number}@andes.example"})
    with CaptureQueriesContext(connection) as many:
        client.get(of(world.andes))
    assert len(many) <= len(few)


def test_a_new_person_joins_a_client(browse: Browse, world: World):
    given = MEMBER | {"role": "client_administrator", "sees": "company", "may_report": "on"}
    browse(world.administrator).post(f"{of(world.andes)}personas/", given)
    member = place(world, Person.objects.get(email="nuevo@andes.example"))
    assert (member.role, member.sees, member.may_report) == ("client_administrator", "company", True)
    assert member.authorised_by == world.administrator


def test_a_person_known_elsewhere_joins_with_the_same_address(browse: Browse, world: World):
    given = MEMBER | {"email": world.norte_contact.email.upper(), "join": "on"}
    response = browse(world.administrator).post(f"{of(world.andes)}personas/", given, follow=True)
    assert "Contacto Norte quedó en la lista" in response.text
    assert place(world, world.norte_contact).is_active
    assert Membership.objects.filter(person=world.norte_contact).count() == 2


def test_a_person_known_elsewhere_is_asked_about_before_they_join(browse: Browse, world: World):
    client, given = browse(world.administrator), MEMBER | {"email": world.norte_contact.email.upper()}
    assert 'name="join"' not in client.get(of(world.andes)).text
    response = client.post(f"{of(world.andes)}personas/", given)
    assert response.status_code == 422
    assert "¿Agregarla a esta empresa?" in response.text
    assert 'name="join"' in response.text
    assert Membership.objects.filter(person=world.norte_contact).count() == 1
    world.norte_contact.refresh_from_db()
    assert world.norte_contact.name == "Contacto Norte"


def test_somebody_who_belongs_already_is_not_changed_by_adding_them(browse: Browse, world: World):
    given = MEMBER | {"email": world.contact.email, "join": "on"}  # without the right to report
    response = browse(world.administrator).post(f"{of(world.andes)}personas/", given)
    assert response.status_code == 422
    assert "ya pertenece a la empresa" in response.text
    assert place(world, world.contact).may_report


def test_a_client_added_by_a_double_click_is_one_and_said_to_be_added(browse: Browse, world: World):
    client = browse(world.administrator)
    for _ in range(2):
        given = DETAILS | {"token": "one-key"}
        assert "Cliente agregado" in client.post(f"{HOME}clientes/nuevo/", given, follow=True).text
    assert Organization.objects.filter(name=DETAILS["name"]).count() == 1


def test_a_person_added_by_a_double_click_is_one_and_said_to_be_added(browse: Browse, world: World):
    client = browse(world.administrator)
    for _ in range(2):
        response = client.post(f"{of(world.andes)}personas/", MEMBER | {"token": "one-key"}, follow=True)
        assert "Contacto Nuevo quedó en la lista" in response.text


@pytest.mark.parametrize(
    "change", [{"email": "jefatura@mesa.example"}, {"email": "no es"}, {"role": "lead"}, {"name": ""}]
)
def test_a_person_who_cannot_join_keeps_what_was_typed(browse: Browse, world: World, change: dict[str, str]):
    given = MEMBER | {"phone": "+56 2 0000 0000"} | change
    response = browse(world.administrator).post(f"{of(world.andes)}personas/", given)
    assert response.status_code == 422
    assert 'value="+56 2 0000 0000"' in response.content.decode()


def test_a_place_is_changed(browse: Browse, world: World):
    member = place(world, world.contact)
    path = f"{of(world.andes)}personas/{member.pk}/"
    client = browse(world.administrator)
    assert "Contacto Uno en Andes Ltda" in client.get(path).content.decode()
    client.post(path, {"role": "client_administrator", "sees": "company", "may_report": "on"})
    member.refresh_from_db()
    assert (member.role, member.sees) == ("client_administrator", "company")


def test_a_role_that_is_none_is_refused(browse: Browse, world: World):
    path = f"{of(world.andes)}personas/{place(world, world.contact).pk}/"
    assert browse(world.administrator).post(path, {"role": "lead", "sees": "own"}).status_code == 422


@pytest.mark.parametrize(("sent", "may"), [("si", True), ("no", False)])
def test_the_right_to_report_is_given_and_taken(browse: Browse, world: World, sent: str, may: bool):
    member = place(world, world.unauthorised if may else world.contact)
    browse(world.administrator).post(
        f"{of(world.andes)}personas/{member.pk}/autorizacion/", {"autorizar": sent}
    )
    member.refresh_from_db()
    assert member.may_report is may


def test_a_person_let_go_comes_back_by_the_same_page(browse: Browse, world: World):
    member = place(world, world.contact)
    path = f"{of(world.andes)}personas/{member.pk}/"
    client = browse(world.administrator)
    client.post(f"{path}termino/")
    assert "ya no pertenece al cliente" in client.get(of(world.andes)).content.decode()
    refused = client.post(f"{path}autorizacion/", {"autorizar": "si"}, follow=True).content.decode()
    assert "Agréguela de nuevo primero" in refused
    client.post(path, {"role": "contact", "sees": "own", "may_report": "on"})
    member.refresh_from_db()
    assert member.is_active
    assert member.may_report


def test_a_member_of_another_client_is_not_found(browse: Browse, world: World):
    foreign = Membership.objects.get(person=world.norte_contact)
    client = browse(world.administrator)
    for act in ("", "autorizacion/", "termino/"):
        path = f"{of(world.andes)}personas/{foreign.pk}/{act}"
        assert client.post(path, {"role": "contact", "sees": "own"}).status_code == 404
    foreign.refresh_from_db()
    assert foreign.is_active


def test_texts_of_people_are_shown_as_text(browse: Browse, world: World):
    changed: dict[str, Any] = DETAILS | {"name": "<script>alert(1)</script>"}
    client = browse(world.administrator)
    client.post(of(world.andes), changed)
    assert "<script>alert" not in client.get(of(world.andes)).content.decode()


def test_a_rut_is_shown_as_people_write_it(browse: Browse, world: World):
    Organization.objects.filter(pk=world.andes.pk).update(tax_id="76000001-9")
    Organization.objects.filter(pk=world.sur.pk).update(tax_id="30-71234567-1", country="AR")
    page = browse(world.administrator).get(HOME).text
    assert "76.000.001-9" in page
    assert "30-71234567-1" in page
