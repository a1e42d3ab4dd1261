"""Who leads the desk: what is about to miss, a corrected contract, a waiver by two people, the figures."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from plazo.contracts.actions import Offer, sell_contract
from plazo.contracts.models import ContractVersion
from plazo.kit import clock
from plazo.people.actions import add_person
from plazo.people.details import PersonDetails
from plazo.people.models import Person
from plazo.tickets import actions
from plazo.tickets.models import Ticket
from tests.browser.arrivals import arrived
from tests.browser.visits import (
    StandingClock,
    Visits,
    button,
    codes,
    labelled,
    link,
    said,
    santiago,
    term,
    unfold,
)
from tests.world import PASSWORD, World

pytestmark = [pytest.mark.story, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def morning(desk_clock: StandingClock) -> None:
    """Wednesday 18 November 2026, 12:20 in Santiago."""
    desk_clock.set(santiago("2026-11-18 12:20"))


@pytest.fixture
def second_lead(world: World) -> Person:
    details = PersonDetails(email="jefatura2@mesa.example", name="Jefatura Dos")
    return add_person(details, actor=world.administrator, desk_role="lead", password=PASSWORD)


@pytest.fixture
def missed(world: World) -> Ticket:
    """Owed an answer yesterday at 13:00, answered two counted hours late."""
    ticket = arrived(world, "No cuadra la caja", at=santiago("2026-11-17 10:00"))
    with clock.at(santiago("2026-11-17 13:00:01")):
        actions.fire_due_steps(ticket.pk)
    with clock.at(santiago("2026-11-17 16:00")):
        actions.reply(ticket.pk, actor=world.consultant, body="Lo vemos ahora.")
    return ticket


def go(page: Page, name: str) -> None:
    link(page.get_by_role("navigation", name="Principal"), name).click()


def test_the_lead_sees_what_is_about_to_miss(visits: Visits, world: World) -> None:
    arrived(world, "Vence en veinte minutos", at=santiago("2026-11-18 09:40"))
    arrived(world, "Recién llegado", at=santiago("2026-11-18 12:10"))
    page = visits.enter(world.lead)
    tabs = page.get_by_role("navigation", name="Vistas")
    at_risk = tabs.get_by_role("link", name=re.compile("^Por vencer"))
    expect(at_risk).to_contain_text("1")
    at_risk.click()
    expect(page.get_by_role("link", name=re.compile("Vence en veinte minutos"))).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("Recién llegado"))).to_have_count(0)
    row = page.get_by_role("row").filter(has_text="Vence en veinte minutos")
    expect(row).to_contain_text("por vencer")
    expect(row).to_contain_text("20 min")


def sold(world: World, number: str, window: str, level: str, service: str) -> ContractVersion:
    offer = Offer(
        policy_version=world.policy,
        window=window,
        level=level,
        services=(service,),
        starts_on=date(2026, 7, 1),
    )
    return sell_contract(world.ocaso, number=number, offer=offer, actor=world.administrator)


def test_the_lead_corrects_the_contract_of_a_ticket_and_the_terms_follow(
    visits: Visits, world: World
) -> None:
    sold(world, "C-ERP", "8x5", "premium", "erp")
    store = sold(world, "C-TIENDA", "24x7", "basic", "ecommerce")
    ticket = arrived(
        world,
        "La tienda no abre",
        at=santiago("2026-11-18 12:00"),
        organization_id=world.ocaso.pk,
        sender=world.ocaso_contact,
    )
    page = visits.enter(world.lead)
    link(page, re.compile("La tienda no abre")).first.click()
    expect(term(page, "Respuesta")).to_contain_text("16:00")
    unfold(page, "Corregir contrato")
    labelled(page, "Contrato que rige").select_option(label="C-TIENDA: Servicio 24x7, Básico")
    labelled(page, "Motivo").fill("Era la tienda, no el ERP.")
    button(page, "Guardar contrato").click()
    said(page, "Contrato corregido; los plazos se recalcularon.")
    expect(term(page, "Respuesta")).to_contain_text("jueves 19 de noviembre, 0:00")
    ticket.refresh_from_db()
    assert ticket.contract_version == store
    assert codes(ticket) == ["opened", "rebound"]


def test_a_waiver_takes_two_people_and_the_figures_show_both_numbers(
    visits: Visits, world: World, second_lead: Person, missed: Ticket
) -> None:
    asking = visits.enter(world.lead)
    link(asking, re.compile("No cuadra la caja")).first.click()
    unfold(asking, "Pedir exención")
    labelled(asking, "Plazo").select_option(label="Respuesta")
    labelled(asking, "Quién lo causó").select_option(label="fuerza mayor")
    labelled(asking, "Motivo").fill("Corte de luz en toda la comuna.")
    button(asking, "Pedir exención").click()
    said(asking, "Exención solicitada. La decide otra persona.")
    go(asking, "Exenciones")
    expect(asking.get_by_text("Usted la pidió: la decide otra persona.")).to_be_visible()
    expect(button(asking, "Aprobar exención")).to_have_count(0)

    deciding = visits.enter(second_lead)
    go(deciding, "Exenciones")
    card = deciding.get_by_role("region", name=re.compile("No cuadra la caja"))
    expect(card).to_contain_text("Corte de luz en toda la comuna.")
    expect(card).to_contain_text("cumplimiento 0 %")
    labelled(card, "Por qué").fill("El corte está certificado.")
    button(card, "Aprobar exención").click()
    said(deciding, f"Exención aprobada en el ticket #{missed.pk}.")
    assert codes(missed)[-2:] == ["waiver_requested", "waived"]

    go(deciding, "Cumplimiento")
    expect(deciding.get_by_role("heading", level=1)).to_have_text("Cumplimiento de noviembre de 2026")
    figures = deciding.get_by_role("row").filter(has_text="Andes Ltda").filter(has_text="Respuesta")
    cells = figures.get_by_role("cell").all_inner_texts()
    assert cells[:6] == ["Respuesta", "0", "1", "1", "0 %", "–"]
    assert cells[-1] == "2 h"
    assert_the_file_says_the_same(deciding)


def assert_the_file_says_the_same(page: Page) -> None:
    with page.expect_download() as download:
        link(page, "Descargar CSV").click()
    assert download.value.suggested_filename == "cumplimiento-2026-11.csv"
    with Path(download.value.path()).open(encoding="utf-8-sig", newline="") as file:
        (line,) = csv.DictReader(file, delimiter=";")
    assert "Andes Ltda" in line.values()
    assert list(line.values()).count("1") == 2


def test_behind_a_figure_stand_its_tickets(visits: Visits, world: World, missed: Ticket) -> None:
    page = visits.enter(world.lead)
    go(page, "Cumplimiento")
    link(page, "1 incumplido de Andes Ltda").click()
    link(page, re.compile("No cuadra la caja")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("No cuadra la caja")
