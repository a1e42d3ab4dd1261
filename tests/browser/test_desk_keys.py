"""Single keys at the desk: they act when nobody types, and lose no text."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from plazo.tickets import queries
from plazo.tickets.models import Ticket
from tests.browser.arrivals import arrived
from tests.browser.visits import StandingClock, Visits, button, labelled, said, santiago
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "¿Desde qué hora? r n p q @ gq"


@pytest.fixture
def ticket(desk_clock: StandingClock, world: World) -> Ticket:
    arrived(world, "El informe sale sin logo", at=santiago("2026-11-18 09:10"), kind="BAJO-01")
    return arrived(world, "No salen las facturas", at=santiago("2026-11-18 09:40"), kind=None)


@pytest.fixture
def page(visits: Visits, world: World, ticket: Ticket) -> Page:
    """The ticket's page, before a consultant."""
    opened = visits.enter(world.consultant)
    opened.goto(f"/mesa/tickets/{ticket.pk}/")
    return opened


def test_what_is_typed_is_text_and_escape_keeps_it(page: Page) -> None:
    page.keyboard.press("r")
    page.keyboard.type(TEXT)
    expect(page.locator("#acto-reply textarea")).to_have_value(TEXT)
    expect(page.locator("#acto-note")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.locator("#acto-reply")).to_be_hidden()
    page.keyboard.press("r")
    expect(page.locator("#acto-reply textarea")).to_have_value(TEXT)
    expect(page.locator("#acto-reply textarea")).to_be_focused()


@pytest.mark.parametrize("keys", ["Control+Alt+r", "Alt+r", "Control+r", "Meta+r"])
def test_a_key_with_a_modifier_is_never_taken(page: Page, keys: str) -> None:
    page.keyboard.press(keys)
    expect(page.locator("#acto-reply")).to_be_hidden()


def test_keys_can_be_switched_off(page: Page) -> None:
    page.goto("/cuenta/preferencias/")
    page.get_by_label("Usar teclas sueltas para los actos más comunes").uncheck()
    button(page, "Guardar cambios").click()
    said(page, "Preferencias guardadas.")
    page.goto("/mesa/")
    page.keyboard.press("s")
    page.keyboard.press("j")
    expect(page).to_have_url(re.compile(r"/mesa/$"))
    expect(page.locator("[data-row]:focus")).to_have_count(0)


def test_waiting_and_resolving_are_chosen_by_their_key_and_named_on_the_button(page: Page) -> None:
    page.keyboard.press("p")
    expect(button(page, "Enviar y esperar al cliente")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Shift+R")
    expect(button(page, "Enviar y resolver")).to_be_visible()


def test_a_row_answers_to_the_keys_of_its_ticket(page: Page, ticket: Ticket) -> None:
    page.goto("/mesa/")
    page.keyboard.press("j")
    page.keyboard.press("p")
    expect(page).to_have_url(re.compile(rf"/mesa/tickets/{ticket.pk}/"))
    expect(page.locator("#acto-reply textarea")).to_be_focused()
    expect(button(page, "Enviar y esperar al cliente")).to_be_visible()


def test_a_row_is_taken_by_its_key(page: Page, ticket: Ticket, world: World) -> None:
    page.goto("/mesa/")
    page.keyboard.press("j")
    page.keyboard.press("t")
    said(page, "El ticket es suyo.")
    ticket.refresh_from_db()
    assert ticket.assignee == world.consultant


def test_the_help_opens_over_the_text_and_gives_the_focus_back(page: Page) -> None:
    page.keyboard.press("?")
    help_on_keys = page.get_by_role("dialog", name="Teclas")
    expect(help_on_keys).to_be_visible()
    page.keyboard.press("r")
    page.keyboard.press("Escape")
    expect(help_on_keys).to_be_hidden()
    expect(page.locator("#acto-reply")).to_be_hidden()


def test_a_text_that_was_not_sent_is_not_left_without_a_word(page: Page) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.keyboard.press("n")
    page.keyboard.type("Parece el certificado.")
    page.keyboard.press("Escape")
    with page.expect_event("dialog"):
        page.keyboard.press("s")
    assert asked == ["beforeunload"]
    expect(page.locator("#acto-note textarea")).to_have_value("Parece el certificado.")


def test_new_terms_are_read_before_the_classification_is_kept(page: Page, ticket: Ticket) -> None:
    page.keyboard.press("c")
    labelled(page, "Tipo de incidente").select_option(label="Emisión manual de documentos tributarios")
    foreseen = page.locator("#plazos-previstos")
    expect(foreseen).to_contain_text("antes:")
    expect(foreseen).to_contain_text("Respuesta")
    assert [event.code for event in queries.timeline(ticket.pk)] == ["opened"]


def test_a_lead_hands_tickets_on_from_the_radar_by_keys(
    page: Page, visits: Visits, ticket: Ticket, world: World
) -> None:
    lead = visits.enter(world.lead)
    lead.keyboard.press("g")
    lead.keyboard.press("r")
    expect(lead).to_have_url(re.compile("/mesa/radar/"))
    lead.keyboard.press("j")
    lead.keyboard.press("x")
    lead.keyboard.press("a")
    lead.locator("select[name=to]").select_option(label="Consultor Dos")
    lead.keyboard.press("Control+Enter")
    said(lead, "1 ticket asignado.")
    ticket.refresh_from_db()
    assert ticket.assignee == world.other_consultant


def test_on_a_phone_nothing_is_wider_than_the_page(visits: Visits, ticket: Ticket, world: World) -> None:
    phone = visits.enter(world.lead)
    phone.set_viewport_size({"width": 360, "height": 740})
    for path in ("/mesa/", f"/mesa/tickets/{ticket.pk}/", "/mesa/radar/", "/mesa/llamada/"):
        phone.goto(path)
        assert phone.evaluate("document.documentElement.scrollWidth") == 360
    phone.goto(f"/mesa/tickets/{ticket.pk}/")
    expect(phone.locator(".dues")).to_contain_text("Respuesta")
    expect(phone.get_by_role("img", name=re.compile("respond"))).to_be_visible()


def test_without_scripts_a_note_is_written_all_the_same(visits: Visits, ticket: Ticket, world: World) -> None:
    page = visits.enter(world.consultant, java_script_enabled=False)
    page.goto(f"/mesa/tickets/{ticket.pk}/")
    expect(page.locator("#acto-note")).to_be_hidden()
    page.get_by_role("link", name="Nota interna").click()
    page.locator("#acto-note textarea").fill("Parece el certificado.")
    button(page, "Guardar nota interna").click()
    said(page, "Nota interna guardada. El cliente no la ve.")
