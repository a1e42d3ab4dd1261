"""The desk's page of a ticket: three panels, closed composers, both terms drawn, new terms foreseen."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plazo.kit import clock
from plazo.tickets import actions, queries
from tests.web.conftest import Browse, Opened
from tests.web.desk.conftest import Send, address, is_open, panel
from tests.world import NOW, World

HTMX = {"HX-Request": "true"}


def test_both_terms_are_drawn_and_explained_without_opening_anything(
    browse: Browse, world: World, opened: Opened
):
    text = browse(world.consultant).get(address(opened())).content.decode()
    assert re.search(r'<div class="agenda"><svg[^>]* role="img" aria-label="[^"]+respond', text)
    assert '<details class="why" open' in text
    assert text.index('class="agenda"') < text.index("¿Por qué este plazo?")


def test_composers_are_closed_until_asked_for(browse: Browse, world: World, opened: Opened):
    text = browse(world.consultant).get(address(opened())).content.decode()
    for name in ("reply", "note", "call", "classify", "assign", "pause", "promise"):
        assert panel(text, name)
        assert not is_open(text, name)
        assert f'href="#acto-{name}"' in text


@pytest.mark.parametrize(
    ("state", "offered", "missing"),
    [
        ("open", ["Esperar al cliente", "Resolver", "Pausar"], ["Reabrir", "Reanudar el plazo"]),
        ("paused", ["Resolver", "Reanudar el plazo"], ["Esperar al cliente", ">Pausar<"]),
        ("resolved", ["Reabrir", "Responder al cliente"], ["Resolver ", "Estimar"]),
        ("closed", [], ["Responder al cliente", "Nota interna:", "Asignar ", "Tomar"]),
    ],
)
def test_the_page_offers_what_the_state_allows(
    browse: Browse, world: World, opened: Opened, state: str, offered: list[str], missing: list[str]
):
    ticket = opened()
    if state == "paused":
        actions.pause(ticket.pk, actor=world.consultant, reason="client", body="¿Y ahora?")
    elif state != "open":
        actions.resolve(ticket.pk, actor=world.consultant, body="Listo.")
    if state == "closed":
        actions.confirm(ticket.pk, actor=world.contact)
    text = re.sub(
        r"<dialog.*?</dialog>", "", browse(world.consultant).get(address(ticket)).content.decode(), flags=re.S
    )
    assert all(words in text for words in offered)
    assert not any(words in text for words in missing)


@pytest.mark.parametrize(("then", "checked"), [("wait", "wait"), ("resolve", "resolve"), ("x", "open")])
def test_waiting_and_resolving_are_an_answer_with_what_follows(
    browse: Browse, world: World, opened: Opened, then: str, checked: str
):
    text = browse(world.consultant).get(address(opened()), {"despues": then}).content.decode()
    found = re.findall(r'<input type="radio" name="then" value="(\w+)"[^>]* checked', panel(text, "reply"))
    assert found == [checked]


def test_a_resolved_ticket_has_nothing_to_choose_after_an_answer(
    browse: Browse, world: World, opened: Opened, send: Send
):
    ticket = opened()
    actions.resolve(ticket.pk, actor=world.consultant, body="Listo.")
    client = browse(world.consultant)
    form = panel(client.get(address(ticket)).content.decode(), "reply")
    assert 'type="radio"' not in form
    ticket.refresh_from_db()
    assert send(client, ticket, "responder", body="De nada.", then="open").status_code == 302


def test_the_recipients_stand_above_the_answer(browse: Browse, world: World, opened: Opened):
    form = panel(browse(world.consultant).get(address(opened())).content.decode(), "reply")
    assert "Contacto Uno" in form
    # The colleague who sees the company's tickets, and the client's administrator.
    assert "También la leen 2 personas de la empresa." in form


def test_a_note_is_framed_as_one_and_an_answer_is_not(browse: Browse, world: World, opened: Opened):
    text = browse(world.consultant).get(address(opened())).content.decode()
    assert 'class="composer note"' in panel(text, "note")
    assert "el cliente no la ve" in panel(text, "note")
    assert 'class="composer note"' not in panel(text, "reply")


def test_new_terms_are_shown_before_classifying_and_nothing_is_written(
    browse: Browse, world: World, opened: Opened, send: Send
):
    ticket = opened(kind=None)
    client = browse(world.consultant)
    given = {"token": "uno", "seen": 1, "kind": "BAJO-01"}
    response = client.post(address(ticket, "clasificar/plazos"), given, headers=HTMX)
    text = response.content.decode()
    assert response.status_code == 200
    assert "<html" not in text
    assert "jueves 19 de noviembre, 14:00" in text  # 12 h for an answer at 8x5 Premium
    assert "antes:" in text
    assert [event.code for event in queries.timeline(ticket.pk)] == ["opened"]


def test_without_scripts_the_new_terms_come_with_the_page(browse: Browse, world: World, opened: Opened):
    ticket = opened(kind=None)
    given = {"token": "uno", "seen": 1, "kind": "BAJO-01"}
    text = browse(world.consultant).post(address(ticket, "clasificar/plazos"), given).content.decode()
    assert is_open(text, "classify")
    assert 'class="foreseen"' in panel(text, "classify")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "El acuerdo no tiene esa prioridad"),
        ({"kind": "ALTO-01", "priority": "low"}, "La prioridad la da el tipo"),
    ],
)
def test_a_classification_that_cannot_be_says_why(
    browse: Browse, world: World, opened: Opened, given: dict[str, str], said: str
):
    ticket = opened(kind=None)
    response = browse(world.consultant).post(
        address(ticket, "clasificar/plazos"), {"token": "uno", "seen": 1} | given, headers=HTMX
    )
    assert said in response.content.decode()


def test_a_ticket_without_contract_has_no_terms_to_foresee(browse: Browse, world: World):
    assert browse(world.consultant).post("/mesa/tickets/999/clasificar/plazos/").status_code == 404


def test_the_queue_stands_beside_the_ticket_with_both_neighbours(
    browse: Browse, world: World, opened: Opened
):
    with clock.at(NOW - timedelta(minutes=20)):
        first = opened()
    with clock.at(NOW - timedelta(minutes=10)):
        second = opened()
    third = opened()
    text = browse(world.consultant).get(f"{address(second)}?vista=sin-asignar").content.decode()
    near = re.search(r'<aside class="near".*?</aside>', text, re.S)
    assert near
    assert re.findall(r"/mesa/tickets/(\d+)/\?vista=sin-asignar", near[0]) == [
        str(each.pk) for each in (first, second, third)
    ]
    assert re.search(rf'href="{address(first)}\?vista=sin-asignar" data-key="k"', text)
    assert re.search(rf'href="{address(third)}\?vista=sin-asignar" data-key="j"', text)


def test_a_ticket_beyond_the_head_of_its_view_is_shown_with_what_follows(
    browse: Browse, world: World, opened: Opened
):
    tickets = []
    for minutes in range(20, 0, -1):
        with clock.at(NOW - timedelta(minutes=minutes)):
            tickets.append(opened())
    text = browse(world.consultant).get(address(tickets[17])).content.decode()
    near = re.search(r'<aside class="near".*?</aside>', text, re.S)
    assert near
    found = re.findall(r'href="/mesa/tickets/(\d+)/"', near[0])
    assert found == [str(each.pk) for each in tickets[17:]]


def test_a_ticket_outside_the_view_leads_to_its_head(browse: Browse, world: World, opened: Opened):
    done, waiting = opened(), opened()
    actions.resolve(done.pk, actor=world.consultant, body="Listo.")
    text = browse(world.consultant).get(address(done)).content.decode()
    assert re.search(rf'href="{address(waiting)}" data-key="j"', text)


def test_a_view_that_is_none_is_that_of_all(browse: Browse, world: World, opened: Opened):
    ticket = opened()
    assert browse(world.consultant).get(f"{address(ticket)}?vista=nada").status_code == 200


def test_the_two_boxes_can_be_read_anew_alone(browse: Browse, world: World, opened: Opened):
    text = browse(world.consultant).get(f"{address(opened())}plazos/").content.decode()
    assert text.count("clock-box") == 2
    assert "<html" not in text


@pytest.mark.parametrize("who", ["contact", "client_administrator", "stranger"])
def test_the_page_is_for_the_desk(browse: Browse, world: World, opened: Opened, who: str):
    assert browse(getattr(world, who)).get(address(opened())).status_code == 404


def test_a_longer_queue_costs_no_more_queries(browse: Browse, world: World, opened: Opened):
    ticket = opened()
    opened()
    client = browse(world.consultant)
    client.get(address(ticket))
    with CaptureQueriesContext(connection) as two:
        client.get(address(ticket))
    for _ in range(6):
        opened()
    with CaptureQueriesContext(connection) as eight:
        client.get(address(ticket))
    assert len(eight) == len(two)


def test_a_client_of_the_desk_reads_the_text_as_text(browse: Browse, world: World, opened: Opened):
    ticket = opened(subject="<b>Nada</b>", body="<script>alert(1)</script>")
    text = browse(world.consultant).get(address(ticket)).content.decode()
    assert "<script>alert" not in text
    assert "<b>Nada</b>" not in text


def test_the_contract_is_named_by_its_number(browse: Browse, world: World, opened: Opened):
    page = browse(world.consultant).get(address(opened())).text
    assert f"<dd>C-{world.andes.pk}: Servicio 8x5, Premium</dd>" in page


def test_a_pause_says_in_a_sentence_when_it_ends(browse: Browse, world: World, opened: Opened):
    ticket = opened()
    actions.pause(ticket.pk, actor=world.consultant, reason="client", body="¿Qué versión usa?")
    page = re.sub(r"<[^>]+>", "", browse(world.consultant).get(address(ticket)).text)
    assert "La pausa termina por sí sola el sábado 28 de noviembre, 10:00." in page
