"""Days off, declared and withdrawn by the administration."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plazo.contracts.calendars import revision
from plazo.contracts.models import DayOff
from plazo.tickets import clocks
from plazo.tickets.models import Ticket
from plazo.worker.chores import follow_calendar
from tests.web.conftest import Browse, Opened
from tests.world import World

PATH = "/administracion/dias/"
DAY = {"date": "2026-11-19", "name": "Corte de luz", "scope": "CL", "commune": "", "law": "Decreto 1"}


@pytest.mark.parametrize("who", ["lead", "consultant", "client_administrator"])
def test_days_off_are_for_administrators(browse: Browse, world: World, who: str):
    client = browse(getattr(world, who))
    assert client.get(PATH).status_code == 404
    assert client.post(PATH, DAY).status_code == 404
    assert client.post(f"{PATH}{DayOff.objects.first().pk}/retirar/").status_code == 404
    assert DayOff.objects.filter(withdrawn_at=None).count() == 6


def test_days_are_listed_by_year_and_scope(browse: Browse, world: World):
    client = browse(world.administrator)
    this_year = client.get(PATH).content.decode()
    assert "Independencia Nacional" in this_year
    assert "viernes 18 de septiembre" in this_year
    next_year = client.get(f"{PATH}?anio=2027").content.decode()
    assert "Independencia Nacional" not in next_year
    assert "Año Nuevo" in next_year
    assert "Ningún día declarado" in client.get(f"{PATH}?anio=2026&ambito=provider").content.decode()


@pytest.mark.parametrize("year", ["1989", "2061", "x", "99999999999999999999"])
def test_a_year_out_of_reach_is_not_found(browse: Browse, world: World, year: str):
    assert browse(world.administrator).get(PATH, {"anio": year}).status_code == 404


def test_a_day_is_declared_and_the_page_says_when_it_counts(browse: Browse, world: World):
    before = revision()
    response = browse(world.administrator).post(PATH, DAY, follow=True)
    assert "se recalculan solos, dentro de un minuto" in response.content.decode()
    declared = DayOff.objects.get(date=date(2026, 11, 19))
    assert (declared.scope, declared.law, declared.declared_by) == ("CL", "Decreto 1", world.administrator)
    assert revision() > before


def test_the_worker_moves_the_terms_that_run(browse: Browse, world: World, opened: Opened):
    ticket = opened()
    due_at = clocks.read(ticket).assessment.clocks["resolution"].due_at
    follow_calendar()
    browse(world.administrator).post(PATH, DAY)
    follow_calendar()
    moved = Ticket.objects.get(pk=ticket.pk)
    assert "due_moved" in moved.events.values_list("code", flat=True)
    after = moved.clocks.get(metric="resolution").due_at
    assert due_at is not None
    assert after is not None
    assert after > due_at


def test_part_of_a_day_in_a_commune_is_declared(browse: Browse, world: World):
    change = {"scope": "CL-MA", "commune": "Punta Arenas", "from_time": "14:00", "to_time": "18:00"}
    client = browse(world.administrator)
    client.post(PATH, DAY | change)
    declared = DayOff.objects.get(date=date(2026, 11, 19))
    assert (declared.scope, declared.from_time) == ("CL-MA:punta-arenas", "14:00")
    text = client.get(PATH).content.decode()
    assert "Punta Arenas, Magallanes" in text
    assert "14:00 – 18:00" in text


def test_a_day_of_one_client_names_it(browse: Browse, world: World):
    client = browse(world.administrator)
    client.post(PATH, DAY | {"scope": f"client:{world.andes.pk}"})
    text = client.get(f"{PATH}?ambito=client:{world.andes.pk}").content.decode()
    assert '<td data-label="Ámbito">Andes Ltda</td>' in text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"date": ""}, "Día"),
        ({"date": "2061-01-01"}, "entre 1990 y 2060"),
        ({"name": ""}, "Nombre"),
        ({"scope": "Marte"}, "Ámbito"),
        ({"commune": "Arica"}, "Elija primero la región"),
        ({"from_time": "14:00"}, "Escriba la hora como 09:30"),
        ({"from_time": "18:00", "to_time": "14:00"}, "posterior a la de inicio"),
        ({"date": "2026-12-25", "name": "Navidad"}, "ya está declarado"),
    ],
)
def test_a_day_that_makes_no_sense_keeps_what_was_typed(
    browse: Browse, world: World, change: dict[str, str], words: str
):
    response = browse(world.administrator).post(PATH, DAY | change)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert 'value="Decreto 1"' in response.content.decode()
    assert DayOff.objects.count() == 6


@pytest.mark.parametrize(
    ("hours", "field"),
    [
        ({"from_time": "14:00"}, "to_time"),
        ({"to_time": "14:00"}, "from_time"),
        ({"from_time": "14:00", "to_time": "9"}, "to_time"),
        ({"from_time": "18:00", "to_time": "14:00"}, "to_time"),
    ],
)
def test_an_hour_that_makes_no_sense_is_told_at_its_field(
    browse: Browse, world: World, hours: dict[str, str], field: str
):
    assert f'href="#id_{field}"' in browse(world.administrator).post(PATH, DAY | hours).text


def test_a_day_is_withdrawn_once_and_stays_in_the_list(browse: Browse, world: World):
    client = browse(world.administrator)
    day = DayOff.objects.get(name="Inmaculada Concepción")
    response = client.post(f"{PATH}{day.pk}/retirar/", follow=True)
    assert "retirado" in response.content.decode()
    day.refresh_from_db()
    assert day.withdrawn_at is not None


def test_a_day_withdrawn_twice_says_that_it_is_withdrawn(browse: Browse, world: World):
    client = browse(world.administrator)
    day = DayOff.objects.get(name="Inmaculada Concepción")
    client.post(f"{PATH}{day.pk}/retirar/")
    day.refresh_from_db()
    again = client.post(f"{PATH}{day.pk}/retirar/", follow=True)
    assert again.redirect_chain == [(f"{PATH}?anio={day.date.year}", 302)]
    assert "Ese día ya estaba retirado." in again.text
    assert DayOff.objects.get(pk=day.pk).withdrawn_at == day.withdrawn_at


def test_a_day_declared_by_a_double_click_is_declared_once_and_said_so(browse: Browse, world: World):
    client = browse(world.administrator)
    for _ in range(2):
        response = client.post(PATH, DAY | {"token": "one-key"}, follow=True)
        assert "Día declarado" in response.text
    assert DayOff.objects.filter(name=DAY["name"]).count() == 1


def test_a_day_that_is_none_is_not_found(browse: Browse, world: World):
    assert browse(world.administrator).post(f"{PATH}99999/retirar/").status_code == 404


def test_more_days_cost_no_more_queries(browse: Browse, world: World):
    client = browse(world.administrator)
    client.post(PATH, DAY | {"scope": f"client:{world.andes.pk}"})
    with CaptureQueriesContext(connection) as few:
        client.get(PATH)
    for day in range(10, 18):
        client.post(PATH, DAY | {"date": f"2026-11-{day}", "scope": f"client:{world.norte.pk}"})
    with CaptureQueriesContext(connection) as many:
        client.get(PATH)
    assert len(many) <= len(few)
