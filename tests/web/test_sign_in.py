"""Signing in: by password, by a code; and no way to sign up."""

import re

import pytest
from django.core import mail
from django.test import Client, override_settings
from django.urls import NoReverseMatch, reverse

from plazo.people.actions import disable_person
from plazo.people.models import Person
from tests.english import spanish_in
from tests.web.conftest import Browse
from tests.world import PASSWORD, World


def sign_in(person: Person, password: str = PASSWORD, **more: str) -> tuple[Client, str, int]:
    client = Client()
    response = client.post(
        "/cuenta/ingresar/", {"login": person.email, "password": password, **more}, follow=True
    )
    return client, response.text, response.status_code


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_a_contact_signs_in_and_stands_on_their_first_page(world: World):
    client, page, _ = sign_in(world.contact)
    assert is_in(client)
    assert "Reportar un incidente" in page


def test_the_page_asked_for_comes_after_signing_in(world: World):
    client = Client()
    asked = client.get("/contrato/")
    assert asked.headers["Location"] == "/cuenta/ingresar/?next=/contrato/"
    client, page, _ = sign_in(world.contact, next="/contrato/")
    assert "<h1>Contrato</h1>" in page


def test_a_foreign_page_never_comes_after_signing_in(world: World):
    client = Client()
    response = client.post(
        "/cuenta/ingresar/",
        {"login": world.contact.email, "password": PASSWORD, "next": "https://otro.example/"},
    )
    assert response.headers["Location"] == "/"


def test_a_wrong_password_and_an_unknown_address_read_the_same(world: World):
    _, wrong, _ = sign_in(world.contact, "otra clave cualquiera")
    client = Client()
    data = {"login": "nadie@ninguna.example", "password": "otra clave cualquiera"}
    unknown = client.post("/cuenta/ingresar/", data).text
    problem = re.compile(r'<div class="problem".*?</div>', re.S)
    assert problem.findall(wrong) == problem.findall(unknown) != []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es-cl", "El correo o la contraseña no coinciden. Revíselos, o pida un código."),
        ("en", "The e-mail or the password does not match."),
    ],
)
def test_a_refused_sign_in_says_what_to_do(world: World, language: str, words: str):
    given = {"login": world.contact.email, "password": "otra"}
    response = Client().post("/cuenta/ingresar/", given, headers={"Accept-Language": language})
    assert words in response.text


def test_the_typed_address_is_kept(world: World):
    _, page, _ = sign_in(world.contact, "otra clave cualquiera")
    assert f'value="{world.contact.email}"' in page


def test_too_many_wrong_passwords_are_stopped(world: World):
    for _ in range(6):
        client, page, _ = sign_in(world.contact, "otra clave cualquiera")
    client, page, _ = sign_in(world.contact)
    assert not is_in(client)
    assert "Demasiados" in page


def test_somebody_disabled_does_not_come_in(world: World):
    disable_person(world.contact, actor=world.administrator)
    client, _, _ = sign_in(world.contact)
    assert not is_in(client)


def test_disabling_ends_an_open_session(world: World, browse: Browse):
    client = browse(world.contact)
    assert client.get("/").status_code == 200
    disable_person(world.contact, actor=world.administrator)
    assert client.get("/").status_code == 302


def test_a_code_sent_by_mail_signs_in_once(world: World):
    client = Client()
    client.post("/cuenta/ingresar/codigo/", {"email": world.contact.email})
    [message] = mail.outbox
    assert message.to == [world.contact.email]
    assert message.subject == "Su código para ingresar"
    code = re.search(r"^([A-Z0-9-]{6,})$", message.body, re.M)[1]
    client.post("/cuenta/ingresar/codigo/confirmar/", {"code": code})
    assert is_in(client)


@pytest.mark.parametrize(
    ("language", "subject"), [("en", "Your sign-in code"), ("es-cl", "Su código para ingresar")]
)
def test_a_code_is_written_in_its_readers_language(world: World, language: str, subject: str):
    Person.objects.filter(pk=world.contact.pk).update(language=language)
    for browser in ("en", "es"):
        asking = Client(headers={"Accept-Language": browser})
        asking.post("/cuenta/ingresar/codigo/", {"email": world.contact.email})
    assert [message.subject for message in mail.outbox] == [subject, subject]


def test_a_link_for_another_password_is_written_in_its_readers_language(world: World):
    Person.objects.filter(pk=world.contact.pk).update(language="en")
    Client().post("/cuenta/contrasena/recuperar/", {"email": world.contact.email})
    assert mail.outbox[0].subject == "Choose another password"
    assert spanish_in(mail.outbox[0].body) == []


def test_a_wrong_code_does_not_sign_in(world: World):
    client = Client()
    client.post("/cuenta/ingresar/codigo/", {"email": world.contact.email})
    page = client.post("/cuenta/ingresar/codigo/confirmar/", {"code": "AAAAAA"}).text
    assert not is_in(client)
    assert "Escriba el código" in page


def test_an_unknown_address_gets_no_mail_and_sees_the_same_page(world: World):
    client = Client()
    response = client.post("/cuenta/ingresar/codigo/", {"email": "nadie@ninguna.example"}, follow=True)
    assert "Escriba el código" in response.text
    assert mail.outbox == []


def test_a_forgotten_password_is_replaced_by_a_link(world: World):
    client = Client()
    client.post("/cuenta/contrasena/recuperar/", {"email": world.contact.email})
    [message] = mail.outbox
    path = re.search(r"https?://[^/]+(/cuenta/\S+)", message.body)[1]
    form = client.get(path, follow=True)
    new = "otra clave bastante larga"
    client.post(form.request["PATH_INFO"], {"password1": new, "password2": new})
    assert is_in(client)
    client, _, _ = sign_in(world.contact, new)
    assert is_in(client)


def test_a_short_password_is_refused(world: World, browse: Browse):
    client = browse(world.contact)
    data = {"oldpassword": PASSWORD, "password1": "corta", "password2": "corta"}
    response = client.post("/cuenta/contrasena/", data)
    assert "15 caracteres" in response.text


def test_a_changed_password_ends_other_sessions_and_keeps_this_one(world: World, browse: Browse):
    here, there = browse(world.contact), browse(world.contact)
    new = "otra clave bastante larga"
    here.post("/cuenta/contrasena/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert here.get("/").status_code == 200
    assert there.get("/").status_code == 302


def test_signing_out_asks_for_a_post(world: World, browse: Browse):
    client = browse(world.contact)
    client.get("/cuenta/salir/")
    assert is_in(client)
    client.post("/cuenta/salir/")
    assert not is_in(client)


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_change_phone"])
def test_nobody_signs_up_or_changes_their_address_by_themselves(name: str):
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize(
    "path",
    [
        "/cuenta/ingresar/",
        "/cuenta/ingresar/codigo/",
        "/cuenta/contrasena/recuperar/",
        "/cuenta/desactivada/",
    ],
)
def test_the_ways_in_stand_open_in_spanish(world: World, path: str):
    page = Client().get(path).text
    assert '<html lang="es-cl">' in page
    assert "Sign" not in page


@override_settings(DESK_NAME="Mesa de la prueba")
def test_the_sign_in_page_names_the_desk(world: World):
    assert "Mesa de la prueba" in Client().get("/cuenta/ingresar/").text
