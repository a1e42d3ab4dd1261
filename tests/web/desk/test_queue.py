"""The queue: single lines in the order of what falls due, views with counts, changes asked for."""

from __future__ import annotations

import re
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plazo.kit import clock
from plazo.tickets import actions, queries
from plazo.tickets.models import Ticket
from plazo.web.desk import queue
from tests.web.conftest import Browse, Opened
from tests.world import NOW, World

PATH = "/mesa/"


def numbers(text: str) -> list[int]:
    return [int(each) for each in re.findall(r'href="/mesa/tickets/(\d+)/[^"]*"[^>]*data-row', text)]


def test_a_row_says_what_falls_due_for_whom_when_and_who_has_it(browse: Browse, world: World, opened: Opened):
    ticket = opened()
    actions.take(ticket.pk, actor=world.consultant)
    text = browse(world.consultant).get(PATH).content.decode()
    row = re.search(r"<tbody>.*?</tr>", text, re.S)
    assert row
    for words in (f"#{ticket.pk}", "No sale ninguna factura", "Andes Ltda", "Respuesta", "3 h", "hoy 13:00"):
        assert words in row[0]
    assert "Consultora Uno" in row[0]
    assert 'class="strip"' in row[0]


def test_what_falls_due_first_stands_first(browse: Browse, world: World, opened: Opened):
    late = opened(kind="BAJO-01")
    soon = opened(kind="ALTO-01")
    assert numbers(browse(world.consultant).get(PATH).content.decode()) == [soon.pk, late.pk]


@pytest.mark.parametrize("view", queue.VIEWS)
def test_each_view_has_its_page_and_its_count(browse: Browse, world: World, opened: Opened, view: str):
    opened()
    text = browse(world.consultant).get(PATH, {"vista": view}).content.decode()
    assert re.search(rf'href="/mesa/\?vista={view}" aria-current="page"', text)
    assert text.count('<span class="count">') == len(queue.VIEWS)


def test_counts_stop_and_say_so(browse: Browse, world: World, opened: Opened):
    opened()
    with patch.object(queries, "COUNT_STOPS_AT", 1):
        text = browse(world.consultant).get(PATH).content.decode()
    assert re.search(r'Todos <span class="count">1\+</span>', text)


@pytest.mark.parametrize(
    "query", ["vista=nada", "desde=ayer", "desde=2026-01-01~1", "desde=2026-01-01T00:00Z~x"]
)
def test_a_place_that_is_none_is_not_found(browse: Browse, world: World, query: str):
    assert browse(world.consultant).get(f"{PATH}?{query}").status_code == 404


def test_pages_go_on_where_the_last_ended(browse: Browse, world: World, opened: Opened):
    tickets = [opened() for _ in range(3)]
    client = browse(world.consultant)
    with patch.object(queue, "PAGE", 2):
        first = client.get(PATH).content.decode()
        older = re.search(r'href="(\?vista=todos&amp;desde=[^"]+)"', first)
        assert older
        second = client.get(PATH + older[1].replace("&amp;", "&")).content.decode()
    assert numbers(first) + numbers(second) == [each.pk for each in tickets]
    assert "Al principio" in second


@pytest.mark.parametrize(
    ("view", "said"),
    [
        ("todos", "No hay tickets abiertos."),
        ("mios", "No tiene tickets abiertos."),
        ("sin-asignar", "Todos los tickets tienen quien los atienda."),
        ("por-vencer", "Nada por vencer."),
    ],
)
def test_an_empty_view_says_what_to_do_next(browse: Browse, world: World, view: str, said: str):
    assert said in browse(world.consultant).get(PATH, {"vista": view}).content.decode()


def test_a_number_opens_its_ticket_at_once(browse: Browse, world: World, opened: Opened):
    ticket = opened()
    for text in (str(ticket.pk), f"#{ticket.pk}"):
        response = browse(world.consultant).get(PATH, {"buscar": text})
        assert response.headers["Location"] == f"/mesa/tickets/{ticket.pk}/"


def test_words_find_subjects_and_companies(browse: Browse, world: World, opened: Opened):
    ticket = opened(subject="Facturación detenida")
    for text in ("facturacion", "andes", "facturaciones andes"):
        assert numbers(browse(world.consultant).get(PATH, {"buscar": text}).content.decode()) == [ticket.pk]
    nothing = browse(world.consultant).get(PATH, {"buscar": "bodega"}).content.decode()
    assert "Ningún ticket coincide." in nothing


def marks_in(text: str) -> str:
    found = re.search(r"como=([\d.-]*)", text)
    assert found
    return found[1]


def test_nothing_new_says_nothing(browse: Browse, world: World, opened: Opened):
    opened()
    client = browse(world.consultant)
    marks = marks_in(client.get(PATH).content.decode())
    assert client.get(f"{PATH}cambios/", {"vista": "todos", "como": marks}).status_code == 204


def test_changes_are_counted_and_asked_for(browse: Browse, world: World, opened: Opened):
    first, _ = opened(), opened()
    client = browse(world.consultant)
    marks = marks_in(client.get(PATH).content.decode())
    actions.take(first.pk, actor=world.other_consultant)
    opened()
    text = client.get(f"{PATH}cambios/", {"vista": "todos", "como": marks}).content.decode()
    assert "2 cambios nuevos." in text
    assert 'data-key="."' in text


@pytest.mark.parametrize("known", ["", "x", "1.2.3-", "-"])
def test_any_memory_of_a_list_is_answered(browse: Browse, world: World, opened: Opened, known: str):
    opened()
    response = browse(world.consultant).get(f"{PATH}cambios/", {"vista": "todos", "como": known})
    assert response.status_code == 200


def test_next_is_ones_own_first_and_then_what_nobody_has(browse: Browse, world: World, opened: Opened):
    client = browse(world.consultant)
    assert client.get(f"{PATH}siguiente/").headers["Location"] == PATH
    free = opened()
    assert (
        client.get(f"{PATH}siguiente/").headers["Location"] == f"/mesa/tickets/{free.pk}/?vista=sin-asignar"
    )
    own = opened(kind="BAJO-01")
    actions.take(own.pk, actor=world.consultant)
    assert client.get(f"{PATH}siguiente/").headers["Location"] == f"/mesa/tickets/{own.pk}/?vista=mios"


def test_a_paused_row_says_so(browse: Browse, world: World, opened: Opened):
    ticket = opened()
    actions.pause(ticket.pk, actor=world.consultant, reason="client", body="¿Y ahora?")
    text = browse(world.consultant).get(PATH, {"vista": "cliente"}).content.decode()
    assert numbers(text) == [ticket.pk]
    assert "en pausa" in text


def test_a_missed_row_says_by_how_much(browse: Browse, world: World, opened: Opened):
    opened()
    with clock.at(NOW + timedelta(hours=6)):
        text = browse(world.consultant).get(PATH, {"vista": "incumplidos"}).content.decode()
    assert "hace 2 h" in text
    assert "incumplido" in text


def test_more_rows_cost_no_more_queries(browse: Browse, world: World, opened: Opened):
    opened()
    client = browse(world.consultant)
    client.get(PATH)
    with CaptureQueriesContext(connection) as one:
        client.get(PATH)
    for _ in range(6):
        opened()
    with CaptureQueriesContext(connection) as seven:
        assert len(numbers(client.get(PATH).content.decode())) == 7
    assert len(seven) == len(one)
    assert Ticket.objects.count() == 7


@pytest.mark.parametrize("path", [PATH, f"{PATH}cambios/", f"{PATH}siguiente/", f"{PATH}teclas/"])
def test_the_queue_is_for_the_desk(browse: Browse, world: World, path: str):
    assert browse(world.contact).get(path).status_code == 404
