"""The catalogue of the report: found by one's own words, in whatever form they are written."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.browser.visits import StandingClock, Visits, button, labelled, said
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def a_wednesday_morning(desk_clock: StandingClock) -> StandingClock:
    return desk_clock


@pytest.fixture
def report(visits: Visits, world: World) -> Page:
    page = visits.enter(world.contact)
    page.goto(reverse("portal-report"))
    return page


def found(page: Page, words: str) -> list[str]:
    """The titles that are left, in their order, without the one for whoever does not know."""
    page.get_by_label("Buscar en el catálogo").fill(words)
    titles = page.locator("#tipos .choice:visible > span:first-of-type").all_inner_texts()
    assert titles[0] == "No sé / no está en la lista"
    return titles[1:]


def test_what_people_write_finds_the_kind_among_the_first(report: Page) -> None:
    for words, kind in [
        ("no llegan correos", "Cuentas que no reciben correo"),
        ("NO RECIBO CORREOS", "Cuentas que no reciben correo"),
        ("no puedo emitir facturas", "ERP sin comunicación con la facturación electrónica"),
        ("olvidé mi contraseña", "Restablecer contraseña"),
        ("pagina lenta", "Páginas lentas"),
        ("certificados vencidos", "Vencimiento de certificado digital"),
        ("se acabaron los folios", "Carga de CAF o folios"),
    ]:
        assert kind in found(report, words)[:2], words
    assert "Pérdida o corrupción de datos" not in found(report, "correos")


def test_words_that_fit_nothing_say_what_to_do_and_clearing_them_brings_all_back(report: Page) -> None:
    assert found(report, "zzzz") == []
    expect(report.get_by_text("Nada coincide: deje «No sé»")).to_be_visible()
    assert len(found(report, "")) == 35
    assert found(report, "")[0] == "Sistema o ERP sin conexión"


def test_a_refused_report_shows_the_kind_that_was_chosen(report: Page) -> None:
    report.get_by_label("Restablecer contraseña").check()
    button(report, "Enviar reporte").click()
    said(report, "Hay algo que corregir")
    expect(report.get_by_label("Restablecer contraseña")).to_be_checked()
    expect(labelled(report, "Asunto")).to_be_visible()
    list_, chosen = report.locator("#tipos"), report.locator("#tipos .choice:has(:checked)")
    inside = chosen.evaluate(
        "each => each.offsetTop - each.parentElement.offsetTop - each.parentElement.scrollTop"
    )
    assert 0 <= inside < list_.evaluate("each => each.clientHeight")
