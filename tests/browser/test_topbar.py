"""The bar on top: every page of it is in view at every width, without a script."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from tests.browser.visits import StandingClock, Visits
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)

# Whole, and nothing lies over its middle.
IN_VIEW = """link => {
    const { left, right, top, bottom } = link.getBoundingClientRect();
    const found = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    return left >= 0 && right <= innerWidth && top >= 0 && bottom <= innerHeight && link.contains(found);
}"""
TARGET_PX = 24  # WCAG 2.2, 2.5.8


@pytest.fixture(autouse=True)
def a_wednesday_morning(desk_clock: StandingClock) -> StandingClock:
    return desk_clock


def links(page: Page) -> list[Locator]:
    return page.get_by_role("navigation", name="Principal").get_by_role("link").all()


@pytest.mark.parametrize("width", [320, 360, 700, 1000, 1366])
@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_every_page_of_the_desk_is_in_view_on_the_bar(
    visits: Visits, world: World, width: int, script: bool
) -> None:
    page = visits.enter(world.administrator, java_script_enabled=script)
    page.set_viewport_size({"width": width, "height": 740})
    found = links(page)
    assert [each.inner_text() for each in found][-3:] == ["Exenciones", "Retenidos", "Administración"]
    for each in found:
        assert each.evaluate(IN_VIEW), each.inner_text()
        box = each.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= TARGET_PX


def test_the_last_page_of_the_bar_is_reached_by_keyboard_on_a_phone(visits: Visits, world: World) -> None:
    page = visits.enter(world.administrator)
    page.set_viewport_size({"width": 360, "height": 740})
    found = links(page)
    found[0].focus()
    for _ in found[1:]:
        page.keyboard.press("Tab")
    expect(found[-1]).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{reverse('administration-organizations')}")


@pytest.mark.parametrize("width", [700, 1000, 1280, 1366])
def test_a_bar_that_stays_on_top_has_one_line(visits: Visits, world: World, width: int) -> None:
    for person in (world.administrator, world.client_administrator, world.consultant):
        page = visits.enter(person)
        page.set_viewport_size({"width": width, "height": 740})
        bar = page.get_by_role("banner")
        stays = bar.evaluate("bar => getComputedStyle(bar).position === 'sticky'")
        assert not stays or bar.evaluate("bar => bar.offsetHeight") <= 64
    assert stays == (width > 900)  # the consultant's, the shortest
