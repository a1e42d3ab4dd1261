"""A contact reports an incident: what is promised, why, and what happens when it is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps
from playwright.sync_api import Page, Request, expect

from plazo.notices.models import Notice
from plazo.tickets.models import Attachment, Ticket
from tests.browser.visits import (
    StandingClock,
    Visits,
    button,
    labelled,
    link,
    said,
    santiago,
    term,
)
from tests.world import World

pytestmark = [pytest.mark.story, pytest.mark.django_db(transaction=True)]

PROMISE = re.compile("/reportar/plazo/")


@pytest.fixture(autouse=True)
def the_eve_of_the_holidays(desk_clock: StandingClock) -> None:
    """Thursday 17 September 2026, half an hour before the desk closes for four days."""
    desk_clock.set(santiago("2026-09-17 17:30"))


def rows() -> dict[str, int]:
    """How many rows each table has, but for the sessions of whoever signs in."""
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.app_label != "sessions"
    }


def start_report(page: Page) -> None:
    link(page, "Reportar un incidente").first.click()
    expect(page.get_by_role("heading", name="Reportar un incidente")).to_be_visible()


def tell(page: Page) -> None:
    labelled(page, "Asunto").fill("No salen las facturas")
    labelled(page, "Cuéntenos qué ve").fill("Desde las 17:10 ninguna factura se emite.")


def test_a_contact_sees_the_promise_while_filling_in_and_nothing_is_written(
    visits: Visits, world: World
) -> None:
    page = visits.enter(world.contact)
    start_report(page)
    promise = page.get_by_role("region", name="Su promesa, si lo envía ahora")
    expect(promise).to_contain_text("a más tardar el lunes 21 de septiembre, 11:30")
    expect(promise).to_contain_text("Según su contrato Servicio 8x5 Premium")
    expect(promise).to_contain_text("Prioridad por confirmar")
    before = rows()
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request) if PROMISE.search(request.url) else None)
    with page.expect_response(PROMISE) as answer:
        for kind in ("Sistema o ERP sin conexión", "Emisión manual de documentos tributarios"):
            page.get_by_role("radio", name=kind).check()
    assert answer.value.status == 200
    # 12 h for a low priority: half an hour today, 8 on Monday, half of Tuesday's morning.
    expect(promise).to_contain_text("a más tardar el martes 22 de septiembre, 12:30")
    expect(promise).not_to_contain_text("Prioridad por confirmar")
    expect(page).to_have_url(re.compile(r"/reportar/$"))
    assert len(asked) == 1
    assert rows() == before


def test_a_contact_who_does_not_know_the_kind_reports_with_a_file_and_reads_why(
    visits: Visits, world: World, tmp_path: Path
) -> None:
    log = tmp_path / "registro.txt"
    log.write_text("17:10 error de firma\n")
    page = visits.enter(world.contact)
    start_report(page)
    page.get_by_role("radio", name="No sé / no está en la lista").check()
    tell(page)
    labelled(page, "Archivos").set_input_files(log)
    button(page, "Enviar reporte").click()

    ticket_url = re.compile(r"/tickets/\d+/$")
    expect(page).to_have_url(ticket_url)
    ticket = Ticket.objects.get()
    said(page, f"Recibimos su reporte #{ticket.pk}.")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"#{ticket.pk} No salen las facturas")
    expect(term(page, "Respuesta")).to_contain_text("lunes 21 de septiembre, 11:30")
    expect(term(page, "Respuesta")).to_contain_text("Quedan 3 h hábiles")
    expect(term(page, "Solución")).to_contain_text("martes 22 de septiembre, 12:30")
    expect(term(page, "Solución")).to_contain_text("Quedan 12 h hábiles")
    expect(page.get_by_text("¿Por qué este plazo?")).to_be_visible()
    expect(
        page.get_by_role("listitem").filter(has_text="Jueves 17, 17:30 a 18:00: 30 min.").first
    ).to_be_visible()
    expect(page.get_by_text("Viernes 18: feriado legal (Independencia Nacional)").first).to_be_visible()

    assert ticket.requester == world.contact
    assert (ticket.kind, ticket.classified, ticket.priority) == ("", False, "high")
    assert Attachment.objects.get().file_name == "registro.txt"
    assert Notice.objects.filter(person=world.contact, ticket=ticket).count() == 1
    with page.expect_download() as download:
        link(page, "registro.txt").click()
    assert Path(download.value.path()).read_text() == log.read_text()


def test_without_scripts_a_button_shows_the_promise_and_the_report_is_sent_all_the_same(
    visits: Visits, world: World
) -> None:
    page = visits.enter(world.contact, java_script_enabled=False)
    start_report(page)
    page.get_by_role("radio", name="Emisión manual de documentos tributarios").check()
    tell(page)
    before = rows()
    button(page, "Ver plazo").click()
    expect(page.get_by_text("a más tardar el martes 22 de septiembre, 12:30").first).to_be_visible()
    assert rows() == before
    expect(labelled(page, "Asunto")).to_have_value("No salen las facturas")
    expect(labelled(page, "Cuéntenos qué ve")).to_have_value("Desde las 17:10 ninguna factura se emite.")

    button(page, "Enviar reporte").click()
    ticket = Ticket.objects.get()
    said(page, f"Recibimos su reporte #{ticket.pk}.")
    expect(term(page, "Respuesta")).to_contain_text("martes 22 de septiembre, 12:30")
    assert (ticket.kind, ticket.priority) == ("BAJO-01", "low")


def test_somebody_registered_but_not_authorised_keeps_the_text_and_learns_whom_to_ask(
    visits: Visits, world: World
) -> None:
    page = visits.enter(world.unauthorised)
    expect(page.get_by_text("no autorizado a reportar").first).to_contain_text("Administración Andes")
    start_report(page)
    tell(page)
    before = rows()
    button(page, "Enviar reporte").click()
    refusal = page.get_by_role("alert").filter(has_text="no autorizado a reportar")
    expect(refusal).to_contain_text("Administración Andes")
    expect(labelled(page, "Asunto")).to_have_value("No salen las facturas")
    expect(labelled(page, "Cuéntenos qué ve")).to_have_value("Desde las 17:10 ninguna factura se emite.")
    assert not Ticket.objects.exists()
    assert rows() == before
