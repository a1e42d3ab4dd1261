"""Who may not send any more what they typed gets it back to be copied, and nothing is stored."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from plazo.intake.models import Submission
from plazo.people.actions import disable_person, end_membership
from plazo.people.models import Person
from plazo.tickets.models import Event, Message, Ticket
from tests.web.conftest import Browse, Opened
from tests.world import World, sign_in

TYPED = "\nSigue igual <b>desde</b> las 11:00.\nTambién en la caja 4."
SHOWN = "\n\nSigue igual &lt;b&gt;desde&lt;/b&gt; las 11:00.\nTambién en la caja 4.</textarea>"
NOT_SAVED = "No se guardó nada de lo que envió."
HERE = "http://testserver"


def rows() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Ticket, Event, Message, Submission))


def reply(client: Client, ticket: Ticket, **headers: str) -> Any:
    form = {"token": "uno", "body": TYPED}
    return client.post(f"/tickets/{ticket.pk}/responder/", form, headers=headers)


def report(client: Client, world: World) -> Any:
    form = {"token": "uno", "organization": world.andes.pk, "subject": "No imprime", "body": TYPED}
    return client.post("/reportar/", form)


def gives_back(response: Any, *words: str) -> bool:
    text = response.text
    return SHOWN in text and 'rows="2" readonly' in text and all(word in text for word in words)


def test_a_person_disabled_meanwhile_is_told_so(browse: Browse, world: World, opened: Opened):
    ticket, client = opened(), browse(world.contact)
    disable_person(world.contact, actor=world.administrator)
    before = rows()
    response = reply(client, ticket)
    assert response.status_code == 403
    assert gives_back(response, "Su cuenta está desactivada", NOT_SAVED)
    assert rows() == before


def test_a_session_that_ended_meanwhile_is_told_so(browse: Browse, world: World, opened: Opened):
    ticket, client = opened(), browse(world.contact)
    Session.objects.all().delete()
    before = rows()
    response = reply(client, ticket, Referer=f"{HERE}/tickets/{ticket.pk}/?a=1")
    assert response.status_code == 403
    assert gives_back(response, "Su sesión terminó", NOT_SAVED)
    assert f'href="/cuenta/ingresar/?next=/tickets/{ticket.pk}/%3Fa%3D1" target="_blank"' in response.text
    assert rows() == before


@pytest.mark.parametrize(
    "referer",
    [
        "",
        "https://otro.example/tickets/1/",
        "javascript:alert(1)",
        "//otro.example/",
        f"{HERE}//otro.example/",
    ],
)
def test_the_sign_in_leads_back_to_no_page_but_ours(world: World, opened: Opened, referer: str):
    response = reply(Client(), opened(), Referer=referer)
    assert 'href="/cuenta/ingresar/?next=/"' in response.text


def test_what_holds_no_text_goes_on_to_the_sign_in(world: World, opened: Opened):
    response = Client().post(f"/tickets/{opened().pk}/responder/", {"token": "uno", "body": "  "})
    assert response.headers["Location"] == "/cuenta/ingresar/?next=/"


def test_who_belongs_to_no_company_any_more_is_told_so(browse: Browse, world: World, opened: Opened):
    ticket, client = opened(), browse(world.contact)
    end_membership(world.contact.memberships.get(), actor=world.administrator)
    before = rows()
    for response in (reply(client, ticket), report(client, world)):
        assert response.status_code == 404
        assert gives_back(response, "Su cuenta ya no pertenece a ninguna empresa", NOT_SAVED)
    assert "No imprime\n" not in response.text
    assert re.search(r"readonly>\nNo imprime</textarea>", response.text)
    assert rows() == before


def test_who_still_belongs_to_another_company_is_told_so(browse: Browse, world: World, opened: Opened):
    ticket, client = opened(world.shared), browse(world.shared)
    end_membership(world.shared.memberships.get(organization=world.andes), actor=world.administrator)
    before = rows()
    for response in (reply(client, ticket), report(client, world)):
        assert response.status_code == 404
        assert gives_back(response, "Esta página no existe o ya no es suya", NOT_SAVED)
    assert rows() == before


def test_who_left_the_desk_gets_back_what_they_wrote(world: World, opened: Opened):
    ticket = opened()
    client = sign_in(Client(), world.contact)
    response = client.post(f"/mesa/tickets/{ticket.pk}/nota/", {"token": "uno", "body": TYPED})
    assert response.status_code == 404
    assert gives_back(response)


def test_a_ticket_that_is_not_there_and_one_of_others_answer_alike(
    browse: Browse, world: World, opened: Opened
):
    ticket = opened()
    client = browse(world.norte_contact)
    there = reply(client, ticket)
    nowhere = client.post("/tickets/999/responder/", {"token": "uno", "body": TYPED})
    assert there.text == nowhere.text


def test_an_address_that_is_none_gives_nothing_back(browse: Browse, world: World):
    response = browse(world.contact).post("/no/existe/", {"body": TYPED})
    assert response.status_code == 404
    assert "textarea" not in response.text


def stale(world: World, ticket: Ticket, **headers: str) -> Any:
    """A reply with a cookie that its form's token does not match."""
    return reply(sign_in(Client(enforce_csrf_checks=True), world.contact), ticket, **headers)


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": HERE}])
def test_a_stale_form_of_ours_gives_back_what_was_typed(
    world: World, opened: Opened, headers: dict[str, str]
):
    ticket = opened()
    before = rows()
    response = stale(world, ticket, **headers)
    assert response.status_code == 403
    assert gives_back(response, "Copie su texto, abra el formulario de nuevo")
    assert rows() == before


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://otro.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": HERE},
        {"Sec-Fetch-Site": "none"},
    ],
)
def test_words_of_another_site_are_never_shown(world: World, opened: Opened, headers: dict[str, str]):
    response = stale(world, opened(), **headers)
    assert response.status_code == 403
    assert "textarea" not in response.text


def test_a_password_is_never_given_back(world: World):
    client = Client(enforce_csrf_checks=True)
    form = {"login": world.contact.email, "password": "la clave de alguien"}
    response = client.post("/cuenta/ingresar/", form, headers={"Origin": HERE})
    assert response.status_code == 403
    assert "la clave de alguien" not in response.text


def test_the_page_takes_the_place_of_the_form_that_a_script_sent(world: World, opened: Opened):
    response = reply(Client(), opened(), HX_Request="true")
    assert response.headers["HX-Retarget"] == "#contenido"
    assert 'id="contenido"' in response.text


def test_a_reader_of_english_is_told_in_english(browse: Browse, world: World, opened: Opened):
    ticket = opened(world.shared)
    Person.objects.filter(pk=world.shared.pk).update(language="en")
    end_membership(world.shared.memberships.get(organization=world.andes), actor=world.administrator)
    response = reply(browse(world.shared), ticket)
    assert "Nothing of what you sent was saved." in response.text
