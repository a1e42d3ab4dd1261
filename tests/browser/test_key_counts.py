"""How many keys and clicks the commonest acts take, the typing of texts not counted."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from plazo.contracts.models import ContractVersion, PolicyVersion
from plazo.kit import clock
from plazo.people.models import Person
from plazo.tickets import actions
from plazo.tickets.models import Message, Ticket
from tests.browser.arrivals import arrived
from tests.browser.hands import Hands
from tests.browser.visits import StandingClock, Visits, button, codes, labelled, link, said, santiago
from tests.world import POLICY, World

pytestmark = pytest.mark.django_db(transaction=True)

MORNING: datetime = santiago("2026-11-18 10:00")


@pytest.fixture(autouse=True)
def waiting(desk_clock: StandingClock, world: World) -> Ticket:
    """One ticket waits at 10:00, and nobody has it."""
    desk_clock.set(MORNING)
    return arrived(world, "No salen las facturas", at=santiago("2026-11-18 09:40"), kind=None)


@pytest.fixture
def hands(visits: Visits, world: World, waiting: Ticket) -> Hands:
    """A consultant's, with the ticket open."""
    page = visits.enter(world.consultant)
    page.goto(reverse("desk-ticket", args=[waiting.pk]))
    return Hands(page)


def on(visits: Visits, person: Person) -> Hands:
    """Somebody's, on the page they begin with."""
    return Hands(visits.enter(person))


def test_1_what_should_be_done_next_opens_with_one_key(visits: Visits, world: World) -> None:
    hands = on(visits, world.consultant)
    hands.press("s")
    expect(hands.page.get_by_role("heading", level=1)).to_contain_text("No salen las facturas")
    hands.at_most(1)


def test_2_a_ticket_is_taken_with_one_key(hands: Hands, world: World) -> None:
    hands.press("t")
    said(hands.page, "El ticket es suyo.")
    assert Ticket.objects.get().assignee == world.consultant
    hands.at_most(1)


def test_3_the_client_is_answered_with_two(hands: Hands, waiting: Ticket) -> None:
    hands.press("r")
    hands.type("Lo estamos revisando.")
    hands.press("Control+Enter")
    said(hands.page, "Enviado al cliente.")
    assert codes(waiting) == ["opened", "replied"]
    hands.at_most(2)


def test_4_an_answer_that_waits_for_the_client_takes_two(hands: Hands, waiting: Ticket) -> None:
    hands.press("p")
    hands.type("¿Desde qué hora?")
    hands.press("Control+Enter")
    said(hands.page, "Enviado al cliente.")
    assert codes(waiting) == ["opened", "replied", "paused"]
    hands.at_most(2)


def test_5_a_note_takes_two(hands: Hands, waiting: Ticket) -> None:
    hands.press("n")
    hands.type("Parece el certificado.")
    hands.press("Control+Enter")
    said(hands.page, "Nota interna guardada.")
    assert Message.objects.get(kind="note").body == "Parece el certificado."
    hands.at_most(2)


def test_6_a_kind_is_set_with_two_and_its_letters(hands: Hands) -> None:
    hands.press("c")
    hands.type("Sistema o ERP")
    hands.press("Control+Enter")
    said(hands.page, "Clasificado.")
    assert Ticket.objects.get().kind == "ALTO-01"
    hands.at_most(2)


def test_7_a_ticket_is_handed_on_with_two_and_a_name(hands: Hands, world: World) -> None:
    hands.press("a")
    hands.type("Consultor Dos")
    hands.press("Control+Enter")
    said(hands.page, "Asignación guardada.")
    assert Ticket.objects.get().assignee == world.other_consultant
    hands.at_most(2)


def test_8_a_solution_takes_two(hands: Hands) -> None:
    hands.press("Shift+R")
    hands.type("Quedó corregido.")
    hands.press("Control+Enter")
    said(hands.page, "Enviado al cliente.")
    assert Ticket.objects.get().state == "resolved"
    hands.at_most(2)


def test_10_a_call_takes_three_with_whether_they_spoke(hands: Hands, waiting: Ticket) -> None:
    hands.press("l")
    expect(hands.page.locator(":focus")).to_be_visible()
    labelled(hands.page, "Texto").fill("Le expliqué cómo seguir a mano.")
    hands.click(hands.page.get_by_role("radio", name="Sí", exact=True).filter(visible=True))
    labelled(hands.page, "Texto").focus()
    hands.press("Control+Enter")
    said(hands.page, "Llamada registrada.")
    assert codes(waiting) == ["opened", "called"]
    hands.at_most(3)


def test_11_a_ticket_is_found_by_its_number_with_two(visits: Visits, world: World, waiting: Ticket) -> None:
    hands = on(visits, world.consultant)
    hands.press("b")
    hands.type(str(waiting.pk))
    hands.press("Enter")
    expect(hands.page.get_by_role("heading", level=1)).to_contain_text("No salen las facturas")
    hands.at_most(2)


def test_13_a_client_reports_with_two_clicks_and_sees_the_promise_first(visits: Visits, world: World) -> None:
    hands = on(visits, world.contact)
    hands.click(link(hands.page, "Reportar un incidente").first)
    expect(hands.page.get_by_role("region", name="Su promesa, si lo envía ahora")).to_be_visible()
    labelled(hands.page, "Asunto").fill("El sitio no abre")
    labelled(hands.page, "Cuéntenos qué ve").fill("Página en blanco.")
    hands.click(button(hands.page, "Enviar reporte"))
    said(hands.page, "Recibimos su reporte")
    hands.at_most(2)


def test_14_a_client_reads_when_without_a_click(visits: Visits, world: World) -> None:
    hands = on(visits, world.contact)
    promised = hands.page.get_by_role("listitem").filter(has_text="No salen las facturas")
    expect(promised).to_contain_text("vence hoy 12:40")
    hands.at_most(0)


def test_14_a_client_reads_why_at_once_on_the_ticket(visits: Visits, world: World) -> None:
    hands = on(visits, world.contact)
    hands.page.goto(reverse("portal-ticket", args=[Ticket.objects.get().pk]))
    expect(hands.page.get_by_text("Miércoles 18, 9:40 a 12:40: 3 h.")).to_be_visible()
    hands.at_most(0)


def test_15_a_client_confirms_with_one_click_from_the_first_page(
    visits: Visits, world: World, waiting: Ticket
) -> None:
    actions.resolve(waiting.pk, actor=world.consultant, body="Quedó corregido.")
    hands = on(visits, world.contact)
    hands.click(button(hands.page, "Confirmar solución"))
    said(hands.page, "Gracias: quedó confirmado.")
    hands.at_most(1)


def test_16_a_client_administrator_authorises_somebody_with_two_clicks(visits: Visits, world: World) -> None:
    hands = on(visits, world.client_administrator)
    hands.click(link(hands.page, "Personas"))
    hands.click(button(hands.page, "Autorizar a Contacto Registrado"))
    said(hands.page, "Contacto Registrado puede reportar desde ahora.")
    assert world.unauthorised.memberships.get().may_report
    hands.at_most(2)


def test_18_a_lead_decides_a_waiver_with_four(visits: Visits, world: World) -> None:
    late = arrived(world, "No cuadra la caja", at=santiago("2026-11-17 10:00"))
    with clock.at(santiago("2026-11-17 14:00")):
        actions.fire_due_steps(late.pk)
        actions.request_waiver(
            late.pk, actor=world.consultant, metric="response", holder="client", cause="Sin acceso."
        )
    hands = on(visits, world.lead)
    hands.press("g", "e")
    reason = labelled(hands.page, "Por qué")
    hands.click(reason)
    hands.type("Está acreditado.")
    hands.press("Control+Enter")
    said(hands.page, "Exención aprobada")
    assert codes(late)[-1] == "waived"
    hands.at_most(4)


def test_19_a_contract_is_amended_with_four(visits: Visits, world: World) -> None:
    hands = on(visits, world.administrator)
    hands.page.goto(reverse("administration-organization", args=[world.andes.pk]))
    hands.click(link(hands.page, f"C-{world.andes.pk}"))
    hands.click(link(hands.page, "Enmendar"))
    labelled(hands.page, "Rige desde").fill("2026-12-01")
    hands.click(button(hands.page, "Guardar enmienda"))
    said(hands.page, re.compile("Contrato enmendado"))
    assert ContractVersion.objects.filter(contract=world.andes_contract.contract).count() == 2
    hands.at_most(4)


def test_20_a_policy_version_is_published_with_four(visits: Visits, world: World) -> None:
    source = POLICY.read_text(encoding="utf-8")
    source = source.replace("\nversion: 1", "\nversion: 2").replace(": 2025-01-01", ": 2027-01-01")
    hands = on(visits, world.administrator)
    hands.page.goto(reverse("administration-policy-upload"))
    labelled(hands.page, "Texto del acuerdo").fill(source)
    hands.click(button(hands.page, "Comprobar"))
    said(hands.page, "La versión 2 no tiene errores.")
    hands.click(button(hands.page, "Guardar borrador"))
    labelled(hands.page, "Escriba el número de la versión").fill("2")
    hands.press("Enter")
    expect(button(hands.page, "Publicar la versión 2")).to_have_count(0)
    assert PolicyVersion.objects.get(version=2).published_by == world.administrator
    hands.at_most(4)
