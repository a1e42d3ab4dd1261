"""The client's page of a ticket, and what the client may do there."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from plazo.kit import clock
from plazo.tickets import actions
from plazo.tickets.models import Event, Message, Ticket
from tests.web.conftest import Browse, Opened
from tests.world import NOW, World


def page(client: Client, ticket: Ticket) -> str:
    return client.get(f"/tickets/{ticket.pk}/").text


def post(client: Client, ticket: Ticket, act: str, **data: Any) -> Any:
    return client.post(f"/tickets/{ticket.pk}/{act}/", {"token": "una-vez"} | data)


def codes(ticket: Ticket) -> list[str]:
    return [event.code for event in ticket.events.order_by("seq")]


def test_number_terms_and_reasons_are_shown(browse: Browse, world: World, opened: Opened):
    ticket = opened()
    text = page(browse(world.contact), ticket)
    assert f"#{ticket.pk} No sale ninguna factura" in text
    assert "miércoles 18 de noviembre, 13:00" in text
    assert "Quedan 3 h hábiles" in text
    assert "¿Por qué este plazo?" in text
    assert "Miércoles 18, 10:00 a 13:00: 3 h." in text


def test_the_drawing_says_in_words_what_it_shows(browse: Browse, world: World, opened: Opened):
    text = page(browse(world.contact), opened())
    assert 'role="img" aria-label="Le respondemos a más tardar el miércoles 18 de noviembre, 13:00' in text


def test_the_boxes_come_alone_for_their_refresh(browse: Browse, world: World, opened: Opened):
    ticket = opened()
    text = browse(world.contact).get(f"/tickets/{ticket.pk}/plazos/").text
    assert "<html" not in text
    assert f'hx-get="/tickets/{ticket.pk}/plazos/"' in text
    assert text.count("clock-box") == 2


def test_the_conversation_shows_who_said_what_without_notes(browse: Browse, world: World, opened: Opened):
    ticket = opened()
    actions.reply(ticket.pk, actor=world.consultant, body="Lo estamos viendo.")
    actions.note(ticket.pk, actor=world.consultant, body="Parece el certificado.")
    text = page(browse(world.contact), ticket)
    assert "Usted" in text
    assert "Lo estamos viendo." in text
    assert "Consultora Uno" in text
    assert "certificado" not in text
    assert "Nota interna" not in text


def test_before_an_answer_it_says_when_one_is_owed(browse: Browse, world: World, opened: Opened):
    ticket = opened()
    client = browse(world.contact)
    assert "Todavía nadie responde. Lo haremos a más tardar el" in page(client, ticket)
    actions.reply(ticket.pk, actor=world.consultant, body="Lo estamos viendo.")
    assert "Todavía nadie responde" not in page(client, ticket)


def test_what_was_typed_is_never_markup(browse: Browse, world: World, opened: Opened):
    ticket = opened(subject="<script>alert(1)</script>", body='"><img src=x onerror=alert(1)>')
    text = page(browse(world.contact), ticket)
    assert "<script>alert" not in text
    assert "<img" not in text


def test_a_reply_with_a_file_is_stored(browse: Browse, world: World, opened: Opened):
    ticket = opened()
    file = SimpleUploadedFile("pantalla.txt", b"detalle")
    response = post(browse(world.contact), ticket, "responder", body="Sigue igual.", attachments=file)
    assert response.headers["Location"] == f"/tickets/{ticket.pk}/"
    message = ticket.messages.get(kind="client_reply")
    assert message.body == "Sigue igual."
    assert message.attachments.get().file_name == "pantalla.txt"


def test_a_reply_sent_twice_stands_once(browse: Browse, world: World, opened: Opened):
    ticket = opened()
    client = browse(world.contact)
    for _ in range(2):
        post(client, ticket, "responder", body="Sigue igual.")
    assert ticket.messages.filter(kind="client_reply").count() == 1


def test_a_reply_ends_the_pause_that_waits_for_it(browse: Browse, world: World, opened: Opened):
    ticket = opened()
    actions.pause(ticket.pk, actor=world.consultant, reason="client", body="¿Nos envía el archivo?")
    client = browse(world.contact)
    assert "falta su respuesta" in page(client, ticket)
    post(client, ticket, "responder", body="Aquí va.")
    assert codes(ticket)[-1] == "resumed"


def test_an_empty_reply_is_refused(browse: Browse, world: World, opened: Opened):
    ticket = opened()
    response = post(browse(world.contact), ticket, "responder", body="  ")
    assert response.status_code == 422
    assert "está vacío" in response.text
    assert ticket.messages.count() == 1


@override_settings(MAX_UPLOAD_BYTES=10)
def test_a_reply_with_a_large_file_keeps_its_text(browse: Browse, world: World, opened: Opened):
    ticket = opened()
    file = SimpleUploadedFile("respaldo.zip", b"x" * 20)
    response = post(browse(world.contact), ticket, "responder", body="Mi texto largo", attachments=file)
    assert response.status_code == 422
    assert "respaldo.zip" in response.text
    assert "Mi texto largo" in response.text


def test_a_solution_is_confirmed_with_one_click(browse: Browse, world: World, opened: Opened):
    ticket = opened()
    actions.resolve(ticket.pk, actor=world.consultant, body="Listo.")
    client = browse(world.contact)
    assert "¿Quedó resuelto?" in page(client, ticket)
    post(client, ticket, "confirmar")
    assert codes(ticket)[-2:] == ["confirmed", "closed"]
    assert "Este ticket está cerrado" in page(client, ticket)


def test_what_is_not_resolved_cannot_be_confirmed(browse: Browse, world: World, opened: Opened):
    ticket = opened()
    response = browse(world.contact).post(f"/tickets/{ticket.pk}/confirmar/", follow=True)
    assert "no está resuelto" in response.text
    assert codes(ticket) == ["opened"]


def test_no_solution_reopens_the_same_clock(browse: Browse, world: World, opened: Opened):
    ticket = opened()
    actions.resolve(ticket.pk, actor=world.consultant, body="Listo.")
    post(browse(world.contact), ticket, "reabrir", body="Sigue sin salir.")
    assert codes(ticket)[-1] == "reopened"
    assert ticket.messages.filter(body="Sigue sin salir.").exists()


def test_an_open_ticket_cannot_be_reopened(browse: Browse, world: World, opened: Opened):
    response = post(browse(world.contact), opened(), "reabrir", body="x")
    assert response.status_code == 422
    assert "El ticket ya está abierto: no hace falta reabrirlo." in response.text


def test_a_priority_is_objected_to(browse: Browse, world: World, opened: Opened):
    ticket = opened()
    post(browse(world.contact), ticket, "objetar", what="priority", body="Es más grave.")
    assert codes(ticket)[-1] == "disputed"
    assert "El cliente objetó la prioridad" in page(browse(world.contact), ticket)


def test_a_pause_that_is_none_cannot_be_objected_to(browse: Browse, world: World, opened: Opened):
    ticket = opened()
    response = post(browse(world.contact), ticket, "objetar", what="pause", body="No corresponde, revisen.")
    assert response.status_code == 422
    assert "No corresponde, revisen." in response.text
    assert codes(ticket) == ["opened"]


@pytest.mark.parametrize("what", ["", "otra"])
def test_an_objection_says_to_what(browse: Browse, world: World, opened: Opened, what: str):
    assert post(browse(world.contact), opened(), "objetar", what=what, body="x").status_code == 422


@pytest.mark.parametrize("act", ["responder", "reabrir", "objetar"])
def test_what_reaches_a_ticket_that_closed_meanwhile_is_kept_beside_the_reason(
    browse: Browse, world: World, opened: Opened, act: str
):
    ticket = opened()
    actions.resolve(ticket.pk, actor=world.consultant, body="Listo.")
    actions.confirm(ticket.pk, actor=world.contact)
    before = codes(ticket)
    with clock.at(NOW + timedelta(days=60)):
        response = post(browse(world.contact), ticket, act, body="Una cosa más", what="priority")
    assert response.status_code == 422
    assert "Lo que escribió sigue aquí" in response.text
    assert "Una cosa más</textarea>" in response.text
    assert "data-sends" not in response.text
    assert codes(ticket) == before


def test_a_closed_ticket_offers_no_form(browse: Browse, world: World, opened: Opened):
    ticket = opened()
    actions.resolve(ticket.pk, actor=world.consultant, body="Listo.")
    actions.confirm(ticket.pk, actor=world.contact)
    text = page(browse(world.contact), ticket)
    assert "<textarea" not in text
    assert "Este ticket está cerrado" in text


def test_an_open_ticket_keeps_why_it_was_to_be_reopened(browse: Browse, world: World, opened: Opened):
    response = post(browse(world.contact), opened(), "reabrir", body="Sigue sin salir.")
    assert response.status_code == 422
    assert "Sigue sin salir.</textarea>" in response.text


@pytest.mark.parametrize("body", ["", "  "])
def test_an_objection_says_why(browse: Browse, world: World, opened: Opened, body: str):
    ticket = opened()
    assert post(browse(world.contact), ticket, "objetar", what="priority", body=body).status_code == 422
    assert codes(ticket) == ["opened"]


def test_what_is_required_is_not_called_optional(browse: Browse, world: World, opened: Opened):
    text = page(browse(world.contact), opened())
    assert "opcional" not in text[text.index('id="objetar"') :]


ACTS = ("responder", "confirmar", "reabrir", "objetar")


@pytest.mark.parametrize("act", ACTS)
def test_an_act_is_never_a_get(browse: Browse, world: World, opened: Opened, act: str):
    assert browse(world.contact).get(f"/tickets/{opened().pk}/{act}/").status_code == 405


@pytest.mark.parametrize("path", ["", "plazos/"])
@pytest.mark.parametrize("who", ["norte_contact", "stranger", "contact"])
def test_another_companys_or_colleagues_ticket_is_not_found(
    browse: Browse, world: World, opened: Opened, who: str, path: str
):
    ticket = opened(world.colleague)
    assert browse(getattr(world, who)).get(f"/tickets/{ticket.pk}/{path}").status_code == 404


@pytest.mark.parametrize("act", ACTS)
def test_nobody_acts_on_a_ticket_they_do_not_see(browse: Browse, world: World, opened: Opened, act: str):
    ticket = opened()
    actions.resolve(ticket.pk, actor=world.consultant, body="Listo.")
    before = Event.objects.count()
    response = post(browse(world.norte_contact), ticket, act, body="x", what="priority")
    assert response.status_code == 404
    assert (Event.objects.count(), Message.objects.count()) == (before, 2)


def test_the_number_of_queries_does_not_depend_on_the_length(
    browse: Browse, world: World, opened: Opened, django_assert_max_num_queries
):
    ticket = opened()
    for number in range(15):
        actions.reply(ticket.pk, actor=world.consultant, body=f"Mensaje {number}")
    client = browse(world.contact)
    page(client, ticket)
    with django_assert_max_num_queries(16):
        page(client, ticket)
