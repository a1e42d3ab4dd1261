"""Every page of every role, held to WCAG 2.2 AA in light and dark, wide and on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from plazo.kit import clock
from plazo.people.models import Person
from plazo.tickets import actions
from plazo.web.routes import rule_of_route
from tests.browser.arrivals import arrived
from tests.browser.visits import StandingClock, Visits, button
from tests.web.test_routes import Route, routes
from tests.world import NOW, World
from tests.world import sign_in as signed_in

pytestmark = pytest.mark.django_db(transaction=True)

WIDE, PHONE = {"width": 1366, "height": 768}, {"width": 360, "height": 740}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Without fetching all sheets again for rules that are not asked for.
SWIFT = {"resultTypes": ["violations"], "preload": False}
EVERYTHING = SWIFT | {"runOnly": TAGS, "rules": {"heading-order": {"enabled": True}}}
COLOURS = SWIFT | {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Each page is visited once, by whoever has the fewest rights among those who may.
RULES_OF = {
    "contact": ("contact", "signed_in"),
    "client_administrator": ("client_administrator",),
    "consultant": ("desk",),
    "lead": ("lead",),
    "administrator": ("administrator",),
}


@pytest.fixture(autouse=True)
def a_wednesday_morning(desk_clock: StandingClock) -> StandingClock:
    return desk_clock


@pytest.fixture
def tickets(world: World) -> list[int]:
    """A ticket in each state, one of them missed."""
    day = timedelta(days=1)
    missed = arrived(world, "Nadie contestó a tiempo", at=NOW - 20 * day)
    running = arrived(world, "No salen las facturas")
    paused = arrived(world, "Folios por agotarse", kind="", at=NOW - day)
    resolved = arrived(world, "El inventario no cuadra", at=NOW - day)
    closed = arrived(world, "La caja quedó pegada", at=NOW - day)
    with clock.at(NOW - day / 2):
        actions.reply(paused.pk, actor=world.consultant, body="Envíenos el registro.")
        actions.note(paused.pk, actor=world.consultant, body="Parece el certificado.")
        actions.pause(paused.pk, actor=world.consultant, reason="client", body="Falta el registro.")
        for ticket in (resolved, closed):
            actions.reply(ticket.pk, actor=world.consultant, body="Lo vemos.")
            actions.resolve(ticket.pk, actor=world.consultant, body="Quedó listo.")
        actions.confirm(closed.pk, actor=world.contact)
    return [each.pk for each in (missed, running, paused, resolved, closed)]


@pytest.mark.parametrize("who", RULES_OF)
def test_no_page_shuts_its_reader_out(visits: Visits, world: World, tickets: list[int], who: str) -> None:
    person = getattr(world, who)
    page = visits.enter(person)
    pages = [*pages_of(person, RULES_OF[who], world, tickets), "/no-existe/"]
    assert "\n".join(fault for path in pages for fault in faults(page, path)) == ""


def test_no_page_of_the_entrance_shuts_its_reader_out(visits: Visits, world: World) -> None:
    page = visits.window()
    pages = pages_of(None, ("public",), world, [])
    assert "\n".join(fault for path in pages for fault in faults(page, path)) == ""


def test_an_empty_home_and_a_refused_report_shut_nobody_out(visits: Visits, world: World) -> None:
    page = visits.enter(world.norte_contact)
    assert "\n".join(faults(page, reverse("portal-home"))) == ""
    page.goto(reverse("portal-report"))
    button(page, "Enviar reporte").click()
    page.get_by_role("alert").filter(has_text="Hay algo que corregir").wait_for()
    assert "\n".join(faults_shown(page, "a refused report")) == ""


def pages_of(person: Person | None, rules: tuple[str, ...], world: World, tickets: list[int]) -> list[str]:
    """The addresses that answer with a whole page, found by asking each of them."""
    client = signed_in(Client(), person) if person else Client()
    of_rule = [each for each in routes() if rule_of_route(each.route) in rules]
    asked = [path for each in of_rule for path in addresses(each, world, tickets)]
    return [path for path in asked if is_page(client.get(path))]


def addresses(route: Route, world: World, tickets: list[int]) -> Iterator[str]:
    is_policy = route.name.startswith("administration-policy")
    known = {
        "version_id": world.policy.pk if is_policy else world.andes_contract.pk,
        "contract_id": world.andes_contract.contract_id,
        "organization_id": world.andes.pk,
        "membership_id": world.contact.memberships.get().pk,
        "person_id": world.contact.pk,
        "uidb36": "1",
        "key": "ab-cd",
    }
    # The page of a ticket differs by state, the pages around it do not.
    numbers = tickets if route.name in ("portal-ticket", "desk-ticket") else tickets[:1]
    for number in numbers or [0]:
        given = known | {"number": number}
        path = reverse(route.name, kwargs={name: given.get(name, 1) for name in route.arguments})
        # Whoever comes from a figure says whose it is.
        yield f"{path}?cliente={world.andes.pk}" if route.name.endswith("-missed") else path


def is_page(response: Any) -> bool:
    if response.status_code != 200 or response.streaming:
        return False
    return b"<html" in response.content


def faults(page: Page, path: str) -> list[str]:
    page.goto(path)
    return [*faults_shown(page, path)]


def faults_shown(page: Page, name: str) -> Iterator[str]:
    """What is wrong with the page as it stands, in each width and colour scheme."""
    page.emulate_media(reduced_motion="reduce")
    page.evaluate(AXE_SCRIPT)
    for width, scheme, options in (
        (WIDE, "light", EVERYTHING),
        (WIDE, "dark", COLOURS),
        (PHONE, "dark", EVERYTHING),
        (PHONE, "light", COLOURS),
    ):
        page.set_viewport_size(width)
        page.emulate_media(color_scheme=scheme)
        where = f"{name} at {width['width']} px, {scheme}"
        for violation in page.evaluate("options => axe.run(document, options)", options)["violations"]:
            for node in violation["nodes"]:
                yield f"{where}: {violation['id']} at {node['target']}"
        if overflow := page.evaluate(OVERFLOW):
            yield f"{where}: {overflow} px too wide"
