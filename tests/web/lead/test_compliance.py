"""The page of kept and missed terms, its file, and the tickets behind a figure."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plazo.kit import clock
from plazo.people.models import Organization, Person
from plazo.tickets import actions
from plazo.tickets.models import Ticket
from tests.web.conftest import Browse, Opened
from tests.web.lead.conftest import LATER
from tests.world import World

PAGES = ("/mesa/cumplimiento/", "/mesa/cumplimiento.csv", "/mesa/cumplimiento/incumplidos/")


@pytest.mark.parametrize("who", ["lead", "administrator"])
def test_a_lead_reads_the_figures(browse: Browse, world: World, late: Ticket, who: str):
    page = browse(getattr(world, who)).get("/mesa/cumplimiento/")
    assert page.status_code == 200
    text = page.content.decode()
    assert "Cumplimiento de noviembre de 2026" in text
    assert "Andes Ltda" in text


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("who", ["consultant", "client_administrator", "contact"])
def test_nobody_else_does(browse: Browse, world: World, late: Ticket, path: str, who: str):
    assert browse(getattr(world, who)).get(path).status_code == 404


def test_a_month_without_figures_says_so(browse: Browse, world: World, late: Ticket):
    text = browse(world.lead).get("/mesa/cumplimiento/?mes=2026-03").content.decode()
    assert "Ningún plazo terminó en marzo de 2026." in text
    assert 'value="2026-11"' in text


@pytest.mark.parametrize(
    "month", ["2026-13", "2026-1", "noviembre", "2026-11'--", "\u0662\u0660\u0662\u0666-\u0661\u0661"]
)
def test_a_month_that_is_none_is_not_found(browse: Browse, world: World, month: str):
    assert browse(world.lead).get("/mesa/cumplimiento/", {"mes": month}).status_code == 404


def test_the_file_says_what_the_page_says_and_runs_nothing(browse: Browse, world: World, late: Ticket):
    Organization.objects.filter(pk=world.andes.pk).update(name="=1+1")
    response = browse(world.lead).get("/mesa/cumplimiento.csv?mes=2026-11")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="cumplimiento-2026-11.csv"' in response.headers["Content-Disposition"]
    assert "2026-11;'=1+1;respuesta;0;1;0;" in response.content.decode()


def test_several_clients_have_a_total(browse: Browse, world: World, opened: Opened):
    for each in (opened(), opened(world.norte_contact, organization_id=world.norte.pk)):
        actions.reply(each.pk, actor=world.consultant, body="Ya lo vemos.")
    text = browse(world.lead).get("/mesa/cumplimiento/?mes=2026-11").content.decode()
    assert text.count("Todos los clientes") == 1  # of the one metric that has verdicts
    assert "100 %" in text


def test_a_figure_leads_to_its_tickets(browse: Browse, world: World, late: Ticket):
    client = browse(world.lead)
    address = f"/mesa/cumplimiento/incumplidos/?mes=2026-11&cliente={world.andes.pk}"
    assert address.replace("&", "&amp;") in client.get("/mesa/cumplimiento/").content.decode()
    text = client.get(address).content.decode()
    assert f"/mesa/tickets/{late.pk}/" in text
    assert "Andes Ltda" in text


@pytest.mark.parametrize("query", ["", "mes=2026-11", "mes=2026-11&cliente=x", "mes=2026-11&cliente=99999"])
def test_figures_of_nobody_are_not_found(browse: Browse, world: World, query: str):
    assert browse(world.lead).get(f"/mesa/cumplimiento/incumplidos/?{query}").status_code == 404


def test_more_tickets_cost_no_more_queries(browse: Browse, world: World, opened: Opened, late: Ticket):
    client = browse(world.lead)
    path = f"/mesa/cumplimiento/incumplidos/?mes=2026-11&cliente={world.andes.pk}"
    with CaptureQueriesContext(connection) as one:
        client.get(path)
    for _ in range(6):
        ticket = opened()
        with clock.at(LATER):
            actions.reply(ticket.pk, actor=world.consultant, body="Ya lo vemos.")
    with CaptureQueriesContext(connection) as seven:
        assert client.get(path).content.decode().count("cards") >= 1
    assert len(seven) <= len(one)


def test_a_client_administrator_reads_their_own(browse: Browse, world: World, late: Ticket, opened: Opened):
    foreign = opened(world.norte_contact, organization_id=world.norte.pk, subject="Ajeno")
    actions.reply(foreign.pk, actor=world.consultant, body="Ya lo vemos.")
    client = browse(world.client_administrator)
    for path in ("/cumplimiento/", "/cumplimiento.csv"):
        text = client.get(f"{path}?mes=2026-11").content.decode()
        assert "Andes Ltda" in text
        assert "Norte" not in text
    missed = client.get(f"/cumplimiento/incumplidos/?mes=2026-11&cliente={world.andes.pk}")
    assert f"/tickets/{late.pk}/" in missed.content.decode()


def test_a_client_administrator_reads_no_other_client(browse: Browse, world: World, late: Ticket):
    path = f"/cumplimiento/incumplidos/?mes=2026-11&cliente={world.norte.pk}"
    assert browse(world.client_administrator).get(path).status_code == 404


@pytest.mark.parametrize("who", ["contact", "norte_contact", "consultant"])
def test_the_clients_figures_are_for_its_administrator(browse: Browse, world: World, who: str):
    for path in ("/cumplimiento/", "/cumplimiento.csv", "/cumplimiento/incumplidos/"):
        assert browse(getattr(world, who)).get(path).status_code == 404


def test_a_waiver_under_way_is_the_desks_own_matter(browse: Browse, world: World, late: Ticket, asked):
    asked(late)
    query = f"?mes=2026-11&cliente={world.andes.pk}"
    ours = browse(world.lead).get(f"/mesa/cumplimiento/incumplidos/{query}").content.decode()
    theirs = browse(world.client_administrator).get(f"/cumplimiento/incumplidos/{query}").content.decode()
    assert "solicitada" in ours
    assert "solicitada" not in theirs


def test_without_verdicts_the_month_shown_is_this_one(browse: Browse, world: World):
    with clock.at(datetime(2026, 12, 1, 2, tzinfo=UTC)):  # still November in Santiago
        text = browse(world.lead).get("/mesa/cumplimiento/").content.decode()
    assert "noviembre de 2026" in text


def test_an_english_reader_downloads_english(browse: Browse, world: World, late: Ticket):
    Person.objects.filter(pk=world.lead.pk).update(language="en")
    text = browse(world.lead).get("/mesa/cumplimiento.csv?mes=2026-11").content.decode()
    assert text.startswith("\ufeffmonth;client;target;")
    assert ";response;" in text
