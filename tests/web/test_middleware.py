"""Each page in its reader's language and zone."""

import pytest
from django.test import Client

from plazo.people.models import Person
from plazo.tickets.models import Ticket
from tests.web.conftest import Browse, Opened
from tests.world import World


def speaks(person: Person, *, language: str = "es-cl", zone: str = "America/Santiago") -> None:
    Person.objects.filter(pk=person.pk).update(language=language, zone=zone)


def test_a_persons_language_wins_over_the_browsers(browse: Browse, world: World):
    speaks(world.contact, language="es-cl")
    response = browse(world.contact).get("/", headers={"Accept-Language": "en"})
    assert '<html lang="es-cl">' in response.text
    assert response.headers["Content-Language"] == "es-cl"


def test_an_english_reader_gets_english_pages(browse: Browse, world: World):
    speaks(world.contact, language="en")
    response = browse(world.contact).get("/")
    assert '<html lang="en">' in response.text
    assert "Report an incident" in response.text


def test_before_signing_in_the_browsers_language_rules(world: World):
    response = Client().get("/cuenta/ingresar/", headers={"Accept-Language": "en"})
    assert "Sign in" in response.text


def test_a_browser_of_neither_language_gets_spanish(world: World):
    response = Client().get("/cuenta/ingresar/", headers={"Accept-Language": "ja"})
    assert "Ingresar" in response.text


def test_times_stand_in_the_persons_zone_with_the_desks_beside_it(
    browse: Browse, world: World, opened: Opened
):
    ticket: Ticket = opened()
    speaks(world.contact, zone="Pacific/Easter")
    page = browse(world.contact).get(f"/tickets/{ticket.pk}/").text
    assert "miércoles 18 de noviembre, 8:00" in page
    assert "hora de Isla de Pascua; 10:00 hora de Santiago" in page


@pytest.mark.parametrize("broken", ["Mars/Olympus", "../etc/passwd", ""])
def test_a_zone_that_is_none_falls_back_on_the_desks(browse: Browse, world: World, broken: str):
    speaks(world.contact, zone=broken)
    assert browse(world.contact).get("/").status_code == 200


def test_a_language_that_is_none_falls_back_on_spanish(browse: Browse, world: World):
    speaks(world.contact, language="xx")
    assert '<html lang="es-cl">' in browse(world.contact).get("/").text


def test_pages_allow_scripts_and_styles_of_their_own_only(browse: Browse, world: World):
    policy = browse(world.contact).get("/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy
