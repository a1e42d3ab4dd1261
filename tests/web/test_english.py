"""Every page as a reader of English gets it."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Any

import pytest
from django.test import Client

from plazo.intake.accept import Held, accept
from plazo.intake.report import Report
from plazo.kit import clock
from plazo.people.access import RULES
from plazo.people.models import Person
from plazo.web.routes import rule_of_route
from tests.english import spanish_in
from tests.lives import EIGHT_DAYS, Lives
from tests.web.conftest import Browse
from tests.web.test_routes import ROUTES, Route, address, ask, text_of
from tests.world import World


@pytest.fixture
def lived(world: World) -> Iterator[dict[str, list[Any]]]:
    """A desk that has seen everything, read in English; what the routes may ask for."""
    report = Report(organization_id=world.ocaso.pk, subject="Nothing works", body="Since today.")
    held = accept(report, key="key", sender=world.ocaso_contact, channel="portal")
    assert isinstance(held, Held)
    tickets = Lives(world).all()
    Person.objects.update(language="en")
    with clock.at(EIGHT_DAYS):
        yield {
            "number": [ticket.pk for ticket in tickets],
            "membership_id": [world.client_administrator.memberships.get().pk],
            "version_id": [world.andes_contract.pk],
            "organization_id": [world.andes.pk, world.ocaso.pk],
            "person_id": [world.consultant.pk, world.stranger.pk],
            "submission_id": [held.submission.pk],
            "uidb36": ["1"],
            "key": ["ab-cd"],
        }


def addresses(route: Route, lived: dict[str, list[Any]]) -> Iterator[str]:
    """The route for each of the things it may ask for, and for what is not there."""
    for place in range(max(len(lived.get(name, [])) for name in ("", *route.arguments)) or 1):
        chosen = {name: lived[name] for name in route.arguments if name in lived}
        yield address(route, {name: these[place % len(these)] for name, these in chosen.items()})


def answers(client: Client, lived: dict[str, list[Any]], rules: Container[str]) -> Iterator[tuple[str, str]]:
    """What comes back from every page, and from a form sent with nothing in it."""
    for route in ROUTES.values():
        if rule_of_route(route.route) in rules and route.name != "account_logout":
            pages = list(addresses(route, lived))
            for method, path in (*(("GET", page) for page in pages), ("POST", pages[0])):
                response = ask(client, method, path)
                if response.status_code not in (404, 405):
                    yield f"{method} {path}", text_of(response)


@pytest.mark.parametrize("who", ["client_administrator", "unauthorised", "administrator"])
def test_no_page_has_spanish_left(browse: Browse, world: World, lived: dict[str, list[Any]], who: str):
    names = list(Person.objects.values_list("name", flat=True))
    for path, text in answers(browse(getattr(world, who)), lived, RULES):
        assert spanish_in(text, except_for=names) == [], path


def test_no_way_in_has_spanish_left_for_a_browser_that_asks_for_english(lived: dict[str, list[Any]]):
    for path, text in answers(Client(headers={"Accept-Language": "en"}), lived, ("public",)):
        assert spanish_in(text) == [], path


def test_the_same_pages_are_spanish_for_everyone_else(browse: Browse, world: World):
    assert spanish_in(text_of(browse(world.contact).get("/")))
