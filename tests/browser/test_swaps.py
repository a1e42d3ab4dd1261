"""Pages that a script puts in the place of a form: nothing of the page before stays beside them untrue."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.arrivals import arrived
from tests.browser.visits import StandingClock, Visits, button, labelled
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def a_wednesday_morning(desk_clock: StandingClock) -> StandingClock:
    return desk_clock


def test_who_was_signed_out_is_not_named_on_the_page_that_says_so(visits: Visits, world: World) -> None:
    ticket = arrived(world, "No imprime")
    page = visits.enter(world.contact)
    page.goto(reverse("portal-ticket", args=[ticket.pk]))
    name = page.get_by_role("banner").get_by_text(world.contact.name)
    expect(name.first).to_be_visible()
    Session.objects.all().delete()
    labelled(page, "Su mensaje").fill("Sigue igual.")
    button(page, "Enviar").click()
    expect(page.get_by_role("heading", name="Su sesión terminó")).to_be_visible()
    expect(page.get_by_role("banner")).to_have_count(1)
    expect(name).to_have_count(0)
