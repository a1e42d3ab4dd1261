"""Each act of the desk: what it writes, where it leads, and what happens when it is refused."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from plazo.kit import clock
from plazo.tickets import actions, queries
from plazo.tickets.models import Message, Ticket
from plazo.web.desk.acts import ACTS
from tests.web.conftest import Browse, Opened
from tests.web.desk.conftest import Send, address, is_open, panel
from tests.world import NOW, World

LATER = NOW + timedelta(days=2)


def codes(ticket: Ticket) -> list[str]:
    return [event.code for event in queries.timeline(ticket.pk)]


@pytest.mark.parametrize(
    ("act", "given", "written", "said"),
    [
        ("responder", {"body": "Ya lo vemos."}, ["replied"], "Enviado al cliente."),
        ("responder", {"body": "¿Y ahora?", "then": "wait"}, ["replied", "paused"], "Enviado al cliente."),
        ("responder", {"body": "Listo.", "then": "resolve"}, ["replied", "resolved"], "Enviado al cliente."),
        ("nota", {"body": "Parece el certificado."}, ["noted"], "El cliente no la ve."),
        ("llamada", {"body": "Le expliqué.", "spoke": "yes"}, ["called"], "Llamada registrada."),
        ("tomar", {}, ["assigned"], "El ticket es suyo."),
        ("clasificar", {"kind": "MEDIO-01"}, ["classified"], "Clasificado."),
        ("estimar", {"due": "2026-11-18T15:00"}, ["promised"], "Solución estimada guardada"),
        ("pausar", {"reason": "client", "body": "Mándenos el error."}, ["replied", "paused"], "en pausa"),
    ],
)
def test_an_act_is_written_and_leads_back(
    browse: Browse,
    world: World,
    opened: Opened,
    send: Send,
    act: str,
    given: dict[str, Any],
    written: list[str],
    said: str,
):
    ticket = opened()
    client = browse(world.consultant)
    response = send(client, ticket, act, **given)
    assert response.headers["Location"] == address(ticket)
    assert codes(ticket)[1:] == written
    assert said in client.get(address(ticket)).content.decode()


def test_the_view_one_came_from_is_kept(browse: Browse, world: World, opened: Opened, send: Send):
    ticket = opened()
    response = send(browse(world.consultant), ticket, "tomar", query="?vista=sin-asignar")
    assert response.headers["Location"] == f"{address(ticket)}?vista=sin-asignar"


def test_a_view_that_is_none_is_not_carried_on(browse: Browse, world: World, opened: Opened, send: Send):
    ticket = opened()
    response = send(browse(world.consultant), ticket, "tomar", query="?vista=//otra.example")
    assert response.headers["Location"] == address(ticket)


def test_the_desk_hands_over_and_lets_go(browse: Browse, world: World, opened: Opened, send: Send):
    ticket = opened()
    client = browse(world.consultant)
    send(client, ticket, "asignar", to=world.other_consultant.pk)
    ticket.refresh_from_db()
    assert ticket.assignee == world.other_consultant
    send(client, ticket, "asignar", to="")
    ticket.refresh_from_db()
    assert ticket.assignee is None


def test_a_pause_ends_and_a_solution_is_reopened_or_stands(
    browse: Browse, world: World, opened: Opened, send: Send
):
    ticket = opened()
    client = browse(world.consultant)
    send(client, ticket, "responder", body="¿Y ahora?", then="wait")
    ticket.refresh_from_db()
    send(client, ticket, "reanudar")
    ticket.refresh_from_db()
    assert ticket.state == "open"
    send(client, ticket, "responder", body="Listo.", then="resolve")
    actions.client_reply(ticket.pk, actor=world.contact, body="Gracias.")
    ticket.refresh_from_db()
    assert ticket.needs_review
    send(client, ticket, "revisado")
    ticket.refresh_from_db()
    assert not ticket.needs_review
    send(client, ticket, "reabrir", body="")
    ticket.refresh_from_db()
    assert ticket.state == "open"


def test_who_writes_on_a_ticket_closed_meanwhile_is_told_what_the_desk_can_do(
    browse: Browse, world: World, opened: Opened, send: Send
):
    ticket = opened()
    actions.resolve(ticket.pk, actor=world.consultant, body="Listo.")
    actions.confirm(ticket.pk, actor=world.contact)
    ticket.refresh_from_db()
    response = send(browse(world.consultant), ticket, "responder", body="Una cosa más.")
    assert response.status_code == 422
    assert "abra otro por llamada" in response.text


def test_a_missed_term_can_be_asked_to_be_excused(browse: Browse, world: World, opened: Opened, send: Send):
    ticket = opened()
    with clock.at(LATER):
        client = browse(world.consultant)
        page = client.get(address(ticket)).content.decode()
        assert "Pedir exención" in page
        send(client, ticket, "exencion", metric="response", holder="client", reason="Corte de luz.")
    assert codes(ticket)[-1] == "waiver_requested"


def test_an_excuse_without_a_cause_is_refused_at_its_field(
    browse: Browse, world: World, opened: Opened, send: Send
):
    ticket = opened()
    with clock.at(LATER):
        client = browse(world.consultant)
        page = client.get(address(ticket)).text
        response = send(client, ticket, "exencion", metric="response", holder="client", reason=" ")
    assert "opcional" not in page[page.index('id="acto-waiver"') :].split("</form>")[0]
    assert response.status_code == 422
    assert 'href="#id_waiver_reason"' in response.text
    assert codes(ticket) == ["opened"]


def test_only_a_lead_corrects_the_contract(browse: Browse, world: World, opened: Opened, send: Send):
    ticket = opened()
    given = {"version": world.norte_contract.pk, "reason": "Era otra."}
    assert send(browse(world.consultant), ticket, "contrato", **given).status_code == 404
    assert send(browse(world.lead), ticket, "contrato", **given).status_code == 422
    assert codes(ticket) == ["opened"]


@pytest.mark.parametrize("name", ACTS)
def test_no_act_is_for_clients(browse: Browse, world: World, opened: Opened, send: Send, name: str):
    ticket = opened()
    assert send(browse(world.contact), ticket, ACTS[name].path).status_code == 404
    assert codes(ticket) == ["opened"]


@pytest.mark.parametrize("name", ACTS)
def test_an_act_is_never_a_visit(browse: Browse, world: World, opened: Opened, name: str):
    ticket = opened()
    assert browse(world.lead).get(address(ticket, ACTS[name].path)).status_code == 405


@pytest.mark.parametrize("name", ACTS)
def test_an_act_on_no_ticket_is_not_found(browse: Browse, world: World, name: str):
    assert browse(world.lead).post(f"/mesa/tickets/999/{ACTS[name].path}/").status_code == 404


@pytest.mark.parametrize(
    ("act", "name", "given", "said"),
    [
        ("responder", "reply", {"body": "  "}, "Escriba un texto: está vacío."),
        ("nota", "note", {"body": ""}, "Escriba un texto: está vacío."),
        ("clasificar", "classify", {"reason": "No sé."}, "El acuerdo no tiene esa prioridad."),
        ("estimar", "promise", {"due": "2026-11-01T09:00"}, "debe quedar en el futuro"),
        ("estimar", "promise", {"due": "2027-11-01T09:00"}, "no puede pasar del plazo"),
        ("pausar", "pause", {"reason": "client"}, "Escriba al cliente qué necesita de él"),
        ("estimar", "promise", {"due": ""}, "Indique el día y la hora."),
        ("llamada", "call", {"body": "Le expliqué."}, "Diga si habló con el cliente"),
    ],
)
def test_a_refused_act_comes_back_open_with_the_reason(
    browse: Browse,
    world: World,
    opened: Opened,
    send: Send,
    act: str,
    name: str,
    given: dict[str, Any],
    said: str,
):
    ticket = opened()
    response = send(browse(world.consultant), ticket, act, **given)
    text = response.content.decode()
    assert response.status_code == 422
    assert is_open(text, name)
    assert said in panel(text, name)
    assert codes(ticket) == ["opened"]


def test_a_refused_text_is_kept_and_its_files_are_not(
    browse: Browse, world: World, opened: Opened, send: Send
):
    ticket = opened()
    program = SimpleUploadedFile("virus.exe", b"MZ\x90\x00\x03\x00\x00\x00")
    response = send(browse(world.consultant), ticket, "responder", body="Va adjunto.", attachments=program)
    assert response.status_code == 422
    assert "Va adjunto." in panel(response.content.decode(), "reply")
    assert not Message.objects.filter(kind="reply").exists()


def test_the_second_writer_sees_what_the_first_wrote_beside_their_own_text(
    browse: Browse, world: World, opened: Opened, send: Send
):
    ticket = opened()
    actions.reply(ticket.pk, actor=world.other_consultant, body="Ya lo resolvimos ayer.")
    client = browse(world.consultant)
    response = send(client, ticket, "responder", body="¿Desde qué hora ocurre?")
    form = panel(response.content.decode(), "reply")
    assert response.status_code == 409
    for words in ("Alguien escribió mientras", "Consultor Dos", "Ya lo resolvimos ayer.", "¿Desde qué hora"):
        assert words in form
    assert "Enviar de todos modos" in form
    assert codes(ticket) == ["opened", "replied"]
    assert f'name="seen" value="{ticket.length + 1}"' in form


def test_the_second_writer_may_send_all_the_same(browse: Browse, world: World, opened: Opened, send: Send):
    ticket = opened()
    actions.reply(ticket.pk, actor=world.other_consultant, body="Ya lo vemos.")
    client = browse(world.consultant)
    assert send(client, ticket, "responder", body="¿Desde cuándo?", token="uno").status_code == 409
    ticket.refresh_from_db()
    assert send(client, ticket, "responder", body="¿Desde cuándo?", token="uno").status_code == 302
    assert codes(ticket) == ["opened", "replied", "replied"]


def test_a_clash_over_an_assignment_is_told_too(browse: Browse, world: World, opened: Opened, send: Send):
    ticket = opened()
    actions.take(ticket.pk, actor=world.other_consultant)
    response = send(browse(world.consultant), ticket, "asignar", to=world.consultant.pk)
    assert response.status_code == 409
    assert "Asignado a Consultor Dos" in panel(response.content.decode(), "assign")


def test_what_somebody_else_took_is_not_taken(browse: Browse, world: World, opened: Opened, send: Send):
    ticket = opened()
    actions.take(ticket.pk, actor=world.other_consultant)
    response = send(browse(world.consultant), ticket, "tomar")
    assert response.status_code == 422
    assert "Otra persona ya tomó el ticket." in response.content.decode()


def test_a_form_sent_twice_is_written_once(browse: Browse, world: World, opened: Opened, send: Send):
    ticket = opened()
    client = browse(world.consultant)
    for _ in range(2):
        assert send(client, ticket, "responder", body="Ya lo vemos.", token="uno").status_code == 302
    assert codes(ticket) == ["opened", "replied"]


def test_a_call_counts_from_when_it_is_logged_and_shows_when_it_was(
    browse: Browse, world: World, opened: Opened, send: Send
):
    ticket = opened()
    stated = timezone.localtime(NOW - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")
    send(browse(world.consultant), ticket, "llamada", body="No contestó.", spoke="no", at=stated)
    event = queries.timeline(ticket.pk)[-1]
    assert (event.recorded_at, event.at) == (NOW, NOW - timedelta(hours=1))
    page = browse(world.consultant).get(reverse("desk-ticket", args=[ticket.pk])).content.decode()
    assert "La mesa llamó y no habló con el cliente (miércoles 18 de noviembre, 9:00)" in page
    assert "registrada" in page


def test_a_form_sent_twice_with_another_text_keeps_it_and_may_be_sent_anew(
    browse: Browse, world: World, opened: Opened, send: Send
):
    ticket, client = opened(), browse(world.consultant)
    send(client, ticket, "responder", body="Lo vemos.", token="uno")
    ticket.refresh_from_db()
    refused = send(client, ticket, "responder", body="Ya quedó.", token="uno")
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Este formulario ya se envió, con otro texto." in page
    assert "Ya quedó." in page
    assert 'value="uno"' not in page
    token = re.search(r'name="token" value="([^"]+)"', panel(page, "reply"))
    assert token is not None
    assert send(client, ticket, "responder", body="Ya quedó.", token=token[1]).status_code == 302
    assert codes(ticket) == ["opened", "replied", "replied"]


def test_a_call_from_the_future_is_refused(browse: Browse, world: World, opened: Opened, send: Send):
    ticket = opened()
    response = send(
        browse(world.consultant), ticket, "llamada", body="Habló.", spoke="yes", at="2030-01-01T10:00"
    )
    assert response.status_code == 422
    assert "La hora de la llamada no puede quedar en el futuro." in response.content.decode()


def test_an_estimate_while_the_term_stands_still_says_what_to_do(
    browse: Browse, world: World, opened: Opened, send: Send
):
    ticket = opened()
    actions.pause(ticket.pk, actor=world.consultant, reason="bank")
    ticket.refresh_from_db()
    response = send(browse(world.consultant), ticket, "estimar", due="2026-11-20T10:00")
    assert "El plazo está en pausa. Reanúdelo antes de estimar la solución." in response.content.decode()
