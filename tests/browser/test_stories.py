"""What newcomers do, in a browser."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from plazo.people.models import Person
from plazo.tickets.models import Ticket
from tests.world import PASSWORD, World

pytestmark = [pytest.mark.story, pytest.mark.django_db(transaction=True)]


def enter(page: Page, server: Any, person: Person) -> None:
    page.context.clear_cookies()
    page.goto(server.url + reverse("account_login"))
    page.locator("input[name=login]").fill(person.email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Ingresar", exact=True).click()
    page.wait_for_load_state()


def test_a_contact_reports_and_a_consultant_answers_in_time(
    live_server: Any, page: Page, world: World
) -> None:
    enter(page, live_server, world.contact)
    page.goto(live_server.url + reverse("portal-report"))
    page.locator("[name=subject]").fill("No salen las facturas")
    page.locator("textarea[name=body]").fill("Desde las nueve ninguna factura se emite.")
    page.get_by_role("button", name="Enviar reporte").click()
    expect(page).to_have_url(re.compile(r"/tickets/\d+/"))
    expect(page.locator("#por-que summary")).to_have_text("¿Por qué este plazo?")
    expect(page.locator(".clock-box")).to_have_count(2)
    ticket = Ticket.objects.get()

    enter(page, live_server, world.consultant)
    page.goto(live_server.url + reverse("desk-queue"))
    page.get_by_role("link", name=re.compile("No salen las facturas")).click()
    page.get_by_role("button", name="Tomar").click()
    page.locator("#acto-reply summary").click()
    page.locator("#acto-reply textarea[name=body]").fill("Lo estamos revisando.")
    page.locator("#acto-reply").get_by_role("button", name="Enviar").click()
    expect(page.get_by_text("Enviado al cliente.")).to_be_visible()
    assert ticket.clocks.get(metric="response").state == "met"
    assert Ticket.objects.get().assignee == world.consultant
