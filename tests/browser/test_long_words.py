"""Words without a place to break, as people paste them: nothing grows wider than its place."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from playwright.sync_api import Page, ViewportSize

from plazo.contracts.actions import upload_policy
from plazo.kit.files import store
from plazo.tickets.actions import reply
from plazo.tickets.actions.assigning import take
from plazo.tickets.models import Ticket
from tests.browser.arrivals import arrived
from tests.browser.visits import StandingClock, Visits
from tests.world import POLICY, World

pytestmark = pytest.mark.django_db(transaction=True)

WIDTHS: dict[str, ViewportSize] = {
    "phone": {"width": 360, "height": 740},
    "desktop": {"width": 1280, "height": 800},
}
WORD = "x" * 200
DIGEST = "0123456789abcdef" * 4
# The page, and each title in it: one that is too wide runs under what stands beside it.
TITLES = "h1:not(.visually-hidden), .files a"
TOO_WIDE = """titles => [document.documentElement, ...document.querySelectorAll(titles)]
    .filter(each => each.scrollWidth > each.clientWidth && getComputedStyle(each).display !== "inline")
    .map(each => `${each.tagName}: ${each.scrollWidth} px in ${each.clientWidth}`)"""


@pytest.fixture(autouse=True)
def a_wednesday_morning(desk_clock: StandingClock) -> StandingClock:
    return desk_clock


@pytest.fixture
def ticket(world: World) -> Ticket:
    """One word for a subject, as long as a subject may be, and a file whose name is one too."""
    file = store(SimpleUploadedFile(f"{WORD[:180]}.txt", b"x"))
    return arrived(world, WORD, body=WORD, files=(file,))


@pytest.mark.parametrize("width", WIDTHS)
def test_long_words_stay_in_the_pages_of_a_contact(
    visits: Visits, world: World, ticket: Ticket, width: str
) -> None:
    page = visits.enter(world.contact)
    page.set_viewport_size(WIDTHS[width])
    assert too_wide(page, reverse("portal-home")) == []
    assert too_wide(page, reverse("portal-ticket", args=[ticket.pk])) == []
    assert page.get_by_role("heading", level=1).inner_text().endswith(WORD)


@pytest.mark.parametrize("width", WIDTHS)
def test_long_words_stay_in_the_pages_of_the_desk(
    visits: Visits, world: World, ticket: Ticket, width: str
) -> None:
    page = visits.enter(world.consultant)
    page.set_viewport_size(WIDTHS[width])
    assert too_wide(page, reverse("desk-queue")) == []
    assert too_wide(page, reverse("desk-ticket", args=[ticket.pk])) == []
    assert page.get_by_role("heading", level=1).inner_text().endswith(WORD)


def test_fingerprints_in_the_differences_of_an_agreement_stay_in_the_page(
    visits: Visits, world: World
) -> None:
    source = POLICY.read_text(encoding="utf-8").replace("\nversion: 1\n", "\nversion: 2\n")
    draft = upload_policy(re.sub(r"[0-9a-f]{64}", DIGEST, source), actor=world.administrator)
    page = visits.enter(world.administrator)
    page.set_viewport_size(WIDTHS["phone"])
    assert too_wide(page, reverse("administration-policy", args=[draft.pk])) == []
    assert DIGEST in page.get_by_role("region", name="Diferencias").inner_text()


@pytest.mark.parametrize("width", [1366, 360])
def test_the_queue_shows_time_left_hour_and_holder_in_full(
    visits: Visits, world: World, desk_clock: StandingClock, width: int
) -> None:
    ticket = arrived(world, "x", organization_id=world.sur.pk, sender=world.sur_contact, kind="BAJO-01")
    take(ticket.pk, actor=world.consultant)
    reply(ticket.pk, actor=world.consultant, body="Lo vemos.")
    desk_clock.advance(minutes=7)
    page = visits.enter(world.lead)
    page.set_viewport_size({"width": width, "height": 768})
    page.goto(reverse("desk-queue"))
    row = page.get_by_role("row").filter(has_text=f"#{ticket.pk}")
    for words in ("191 h", "jue 26 nov, 10:00", world.consultant.name):
        cell = row.locator("td").filter(has_text=words)
        assert cell.evaluate("cell => cell.scrollWidth <= cell.clientWidth"), words


def too_wide(page: Page, path: str) -> list[str]:
    page.goto(path)
    found: list[str] = page.evaluate(TOO_WIDE, TITLES)
    return found
