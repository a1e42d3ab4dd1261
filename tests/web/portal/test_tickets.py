"""The client's list of tickets, and the search among them."""

import pytest

from tests.web.conftest import Browse, Opened
from tests.world import World


def test_the_newest_stands_first(browse: Browse, world: World, opened: Opened):
    first, second = opened(subject="La primera"), opened(subject="La segunda")
    page = browse(world.contact).get("/tickets/").text
    assert page.index(second.subject) < page.index(first.subject)


def test_a_page_ends_and_the_next_begins_where_it_ended(browse: Browse, world: World, opened: Opened):
    tickets = [opened(subject=f"Asunto {number:02}") for number in range(27)]
    client = browse(world.contact)
    first = client.get("/tickets/").text
    assert first.count('class="subject"') == 25
    assert f'href="?antes={tickets[2].pk}"' in first
    second = client.get("/tickets/", {"antes": tickets[2].pk}).text
    assert second.count('class="subject"') == 2
    assert "Al principio" in second


@pytest.mark.parametrize("before", ["x", "-1", "99999999999999999999999", "0", "²"])
def test_a_strange_place_is_no_error(browse: Browse, world: World, opened: Opened, before: str):
    opened()
    assert browse(world.contact).get("/tickets/", {"antes": before}).status_code == 200


def test_a_word_is_found_without_its_accent(browse: Browse, world: World, opened: Opened):
    opened(subject="Carga de catálogos")
    opened(subject="Otra cosa")
    page = browse(world.contact).get("/tickets/", {"buscar": "catalogo"}).text
    assert "Carga de catálogos" in page
    assert "Otra cosa" not in page


def test_a_number_opens_its_ticket(browse: Browse, world: World, opened: Opened):
    ticket = opened()
    response = browse(world.contact).get("/tickets/", {"buscar": f"#{ticket.pk}"})
    assert response.headers["Location"] == f"/tickets/{ticket.pk}/"


def test_another_companys_number_finds_nothing(browse: Browse, world: World, opened: Opened):
    ticket = opened()
    page = browse(world.norte_contact).get("/tickets/", {"buscar": f"#{ticket.pk}"}).text
    assert "Ningún ticket coincide" in page


def test_what_was_searched_for_is_never_markup(browse: Browse, world: World):
    page = browse(world.contact).get("/tickets/", {"buscar": '"><script>alert(1)</script>'}).text
    assert "<script>alert" not in page


@pytest.mark.parametrize("text", ['"', "*", "a OR b", "NEAR(", "x" * 5_000, "\x00", "%", "'"])
def test_any_text_can_be_searched_for(browse: Browse, world: World, opened: Opened, text: str):
    opened()
    assert browse(world.contact).get("/tickets/", {"buscar": text}).status_code == 200


def test_a_list_without_tickets_says_what_to_do(browse: Browse, world: World):
    assert "Todavía no hay tickets" in browse(world.contact).get("/tickets/").text


def test_the_desk_has_its_own_list(browse: Browse, world: World):
    assert browse(world.consultant).get("/tickets/").status_code == 404


@pytest.mark.parametrize("count", [1, 20])
def test_the_number_of_queries_does_not_depend_on_the_tickets(
    browse: Browse, world: World, opened: Opened, django_assert_max_num_queries, count: int
):
    for _ in range(count):
        opened()
    client = browse(world.contact)
    client.get("/tickets/")
    with django_assert_max_num_queries(9):
        client.get("/tickets/")
