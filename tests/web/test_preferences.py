"""One's own preferences."""

from tests.web.conftest import Browse
from tests.world import World

GIVEN = {
    "name": "Contacto Uno",
    "phone": "+56 2 2000 0000",
    "language": "en",
    "zone": "Pacific/Easter",
    "theme": "dark",
}


def test_language_and_zone_go_with_the_person(browse: Browse, world: World):
    browse(world.contact).post("/cuenta/preferencias/", GIVEN)
    world.contact.refresh_from_db()
    assert (world.contact.language, world.contact.zone) == ("en", "Pacific/Easter")


def test_looks_and_keys_go_with_the_browser(browse: Browse, world: World):
    client = browse(world.contact)
    client.post("/cuenta/preferencias/", GIVEN)
    page = client.get("/").text
    assert 'data-theme="dark"' in page
    assert 'data-keys="off"' in page


def test_keys_stay_on_where_asked_for(browse: Browse, world: World):
    client = browse(world.contact)
    client.post("/cuenta/preferencias/", {**GIVEN, "keys": "on"})
    assert 'data-keys="off"' not in client.get("/").text


def test_a_name_is_needed_and_the_rest_is_kept(browse: Browse, world: World):
    response = browse(world.contact).post("/cuenta/preferencias/", {**GIVEN, "name": ""})
    assert response.status_code == 422
    assert "+56 2 2000 0000" in response.text
    world.contact.refresh_from_db()
    assert world.contact.language == "es-cl"


def test_the_address_is_not_ones_own_to_change(browse: Browse, world: World):
    before = world.contact.email
    browse(world.contact).post("/cuenta/preferencias/", {**GIVEN, "email": "otro@andes.example"})
    world.contact.refresh_from_db()
    assert world.contact.email == before


def test_a_cookie_with_another_look_is_ignored(browse: Browse, world: World):
    client = browse(world.contact)
    client.cookies["theme"] = '"><script>'
    assert "data-theme" not in client.get("/").text
