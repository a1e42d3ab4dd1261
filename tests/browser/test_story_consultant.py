"""A consultant's morning: the queue, a ticket from taking it to its solution, a call, a colleague."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from plazo.people.models import Person
from plazo.tickets.models import Message, Ticket
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
from tests.world import World

pytestmark = [pytest.mark.story, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def morning(desk_clock: StandingClock, world: World) -> StandingClock:
    """Wednesday 18 November 2026, 10:00; two of Andes and one of Sur wait, the most urgent came last."""
    arrived(world, "El informe sale sin logo", at=santiago("2026-11-18 09:10"), kind="BAJO-01")
    arrived(
        world,
        "La tienda responde con lentitud",
        at=santiago("2026-11-18 09:20"),
        organization_id=world.sur.pk,
        sender=world.sur_contact,
        service="ecommerce",
        kind="MEDIO-01",
    )
    arrived(world, "No salen las facturas", at=santiago("2026-11-18 09:40"), kind=None)
    return desk_clock


def open_ticket(visits: Visits, person: Person, subject: str) -> Page:
    page = visits.enter(person)
    link(page, re.compile(subject)).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(subject)
    return page


def write(page: Page, act: str, text: str) -> None:
    unfold(page, act)
    labelled(page, "Texto").fill(text)


def test_the_queue_puts_first_what_falls_due_first(
    morning: StandingClock, visits: Visits, world: World
) -> None:
    page = visits.enter(world.consultant)
    rows = page.get_by_role("row").filter(has=page.get_by_role("link"))
    expect(rows).to_have_count(3)
    subjects = [text for row in rows.all() if (text := row.get_by_role("link").first.inner_text())]
    assert [re.sub(r"^#\d+ ", "", text) for text in subjects] == [
        "No salen las facturas",
        "El informe sale sin logo",
        "La tienda responde con lentitud",
    ]
    first = rows.first
    for shown in ("Andes Ltda", "alta por confirmar", "por confirmar", "2 h 40 min", "nadie"):
        expect(first).to_contain_text(shown)
    expect(first).to_contain_text("hoy 12:40")


def test_a_ticket_goes_from_the_queue_to_its_solution_and_back_by_the_client(
    morning: StandingClock, visits: Visits, world: World
) -> None:
    ticket = Ticket.objects.get(subject="No salen las facturas")
    page = open_ticket(visits, world.consultant, "No salen las facturas")
    button(page, "Tomar").click()
    said(page, "El ticket es suyo.")

    write(page, "Nota interna", "Parece el certificado.")
    button(page, "Guardar nota interna").click()
    said(page, "Nota interna guardada. El cliente no la ve.")
    expect(term(page, "Respuesta")).to_contain_text("Quedan 2 h 40 min")

    morning.advance(minutes=10)
    write(page, "Responder al cliente", "Lo estamos revisando.")
    button(page, "Enviar").click()
    said(page, "Enviado al cliente.")
    expect(term(page, "Respuesta")).to_contain_text("cumplido")

    classify(page, "Sistema o ERP sin conexión")
    expect(page.get_by_role("main")).to_contain_text("Sistema o ERP sin conexión")

    unfold(page, "Llamada")
    page.get_by_role("radio", name="Sí", exact=True).filter(visible=True).check()
    labelled(page, "Texto").fill("Le expliqué cómo seguir a mano.")
    button(page, "Guardar la llamada").click()
    said(page, "Llamada registrada.")

    unfold(page, "Estimar")
    labelled(page, "Solución estimada").fill("2026-11-18T16:30")
    button(page, "Guardar estimación").click()
    said(page, "Solución estimada guardada")
    expect(page.get_by_text("Solución estimada:").filter(visible=True).first).to_contain_text("16:30")

    morning.advance(minutes=20)
    write(page, "Pausar", "Necesitamos un pantallazo del error.")
    labelled(page, "Motivo").select_option(label="En espera del cliente, hasta 10 días")
    button(page, "Pausar").click()
    said(page, "Plazo de solución en pausa.")
    expect(term(page, "Solución")).to_contain_text("En pausa; quedan 11 h 10 min hábiles")

    morning.advance(hours=2)
    button(page, "Reanudar el plazo").click()
    said(page, "El plazo volvió a correr.")
    expect(term(page, "Solución")).to_contain_text("Quedan 11 h 10 min hábiles")

    classify(page, "Emisión manual de documentos tributarios", reason="Se puede emitir a mano.")
    expect(term(page, "Solución")).to_contain_text("Quedan 47 h 10 min hábiles")

    write(page, "Responder al cliente", "Quedó corregido; por favor confirme.")
    page.get_by_role("radio", name="resolver").filter(visible=True).check()
    button(page, "Enviar y resolver").click()
    said(page, "Enviado al cliente.")
    ticket.refresh_from_db()
    assert ticket.state == "resolved"

    morning.advance(minutes=30)
    client = visits.enter(world.contact)
    link(client, "No quedó resuelto").click()
    unfold(client, "No quedó resuelto")
    labelled(client, "¿Qué sigue fallando?").fill("Sigue fallando con las de la tarde.")
    button(client, "Reabrir el ticket").click()
    said(client, "Lo retomamos: el mismo plazo continúa desde ahora.")

    ticket.refresh_from_db()
    assert ticket.state == "open"
    assert ticket.assignee == world.consultant
    assert [code for code in codes(ticket) if code != "due_moved"] == [
        "opened",
        "assigned",
        "noted",
        "replied",
        "classified",
        "called",
        "promised",
        "replied",
        "paused",
        "resumed",
        "classified",
        "replied",
        "resolved",
        "reopened",
    ]
    assert Message.objects.filter(kind="note", body="Parece el certificado.").count() == 1
    expect(client.get_by_text("Parece el certificado.")).to_have_count(0)
    page.reload()
    unfold(page, "Historial")
    expect(page.get_by_text("Parece el certificado.").first).to_be_visible()


def classify(page: Page, kind: str, *, reason: str = "") -> None:
    unfold(page, "Clasificar")
    labelled(page, "Tipo de incidente").select_option(label=kind)
    if reason:
        labelled(page, "Motivo").fill(reason)
    button(page, "Guardar clasificación").click()
    said(page, "Clasificado. Se avisó al cliente de sus plazos.")


def test_a_ticket_is_opened_for_somebody_who_called_and_counts_from_the_call(
    morning: StandingClock, visits: Visits, world: World
) -> None:
    page = visits.enter(world.consultant)
    link(page, "Abrir por llamada").click()
    labelled(page, "Cliente").select_option(label="Andes Ltda")
    button(page, "Elegir").click()
    labelled(page, "Quién llamó").select_option(label="Contacto Dos")
    labelled(page, "Hora de la llamada").fill("2026-11-18T09:30")
    labelled(page, "Tipo de incidente").select_option(label="Sistema o ERP sin conexión")
    labelled(page, "Asunto").fill("El ERP no abre")
    labelled(page, "Qué ocurre").fill("Desde las nueve y cuarto, en toda la oficina.")
    button(page, "Abrir el ticket").click()
    said(page, "Ticket abierto.")
    expect(term(page, "Respuesta")).to_contain_text("12:30")
    ticket = Ticket.objects.get(subject="El ERP no abre")
    assert ticket.opened_at == santiago("2026-11-18 09:30")
    assert (ticket.channel, ticket.requester) == ("phone", world.colleague)
    assert codes(ticket)[0] == "opened"


def test_the_second_writer_is_told_and_keeps_the_text(
    morning: StandingClock, visits: Visits, world: World
) -> None:
    ticket = Ticket.objects.get(subject="No salen las facturas")
    one = open_ticket(visits, world.consultant, "No salen las facturas")
    other = open_ticket(visits, world.other_consultant, "No salen las facturas")
    write(other, "Responder al cliente", "¿Desde qué hora ocurre?")
    write(one, "Responder al cliente", "Ya lo vemos.")
    button(one, "Enviar").click()
    said(one, "Enviado al cliente.")

    button(other, "Enviar").click()
    said(other, "Alguien escribió mientras usted escribía.")
    expect(other.get_by_text("Ya lo vemos.").first).to_be_visible()
    expect(labelled(other, "Texto")).to_have_value("¿Desde qué hora ocurre?")
    assert codes(ticket) == ["opened", "replied"]

    button(other, "Enviar de todos modos").click()
    said(other, "Enviado al cliente.")
    assert codes(ticket) == ["opened", "replied", "replied"]
