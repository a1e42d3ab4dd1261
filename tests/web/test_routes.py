"""Every route, every method, as everybody: none without a rule, none that fails, none that tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth import get_user
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from plazo.kit.files import store
from plazo.people.access import RULES
from plazo.people.models import Organization, Person
from plazo.tickets import actions
from plazo.tickets.models import Attachment, Ticket
from plazo.web.routes import FOREIGN_RULES, rule_of_route
from tests.web.conftest import Browse, Opened
from tests.world import World

SECRET = "SECRETOANDES"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
# What a visit may write: the visit itself, never the desk's own data.
NOT_DOMAIN = ("django_session", "account_", "SAVEPOINT")
PEOPLE = (
    "contact",
    "client_administrator",
    "unauthorised",
    "norte_contact",
    "stranger",
    "consultant",
    "lead",
    "administrator",
)
FOREIGNERS = ("norte_contact", "stranger")


@dataclass(frozen=True)
class Route:
    name: str
    route: URLPattern
    arguments: tuple[str, ...]
    path: str


def routes(patterns: list[Any] | None = None, prefix: str = "") -> Iterator[Route]:
    for each in get_resolver().url_patterns if patterns is None else patterns:
        path = prefix + str(each.pattern).removeprefix("^").removesuffix("$")
        if isinstance(each, URLResolver):
            yield from routes(each.url_patterns, path)
        else:
            arguments = tuple(each.pattern.converters) or tuple(each.pattern.regex.groupindex)
            yield Route(each.name or path, each, arguments, path)


ROUTES = {route.name: route for route in routes()}


def allowed(person: Person | None, rule: str) -> bool:
    if rule == "public":
        return True
    if person is None:
        return False
    roles = {each.role for each in person.memberships.filter(is_active=True)}
    return {
        "signed_in": True,
        "contact": bool(roles) and not person.is_desk,
        "client_administrator": "client_administrator" in roles,
        "desk": person.is_desk,
        "lead": person.is_lead,
        "administrator": person.is_administrator,
    }[rule]


@pytest.fixture
def secret(world: World, opened: Opened) -> dict[str, Any]:
    """A ticket of Andes on which everything that can be read is marked."""
    Organization.objects.filter(pk=world.andes.pk).update(name=SECRET)
    stored = store(SimpleUploadedFile(f"{SECRET}.txt", SECRET.encode()))
    ticket = opened(world.client_administrator, subject=SECRET, body=SECRET, files=(stored,))
    actions.reply(ticket.pk, actor=world.consultant, body=SECRET)
    actions.note(ticket.pk, actor=world.consultant, body=SECRET)
    return {
        "number": ticket.pk,
        "attachment_id": Attachment.objects.get().pk,
        "membership_id": world.client_administrator.memberships.get().pk,
        "version_id": world.andes_contract.pk,
        "organization_id": world.andes.pk,
        "person_id": world.client_administrator.pk,
        "uidb36": "1",
        "key": "ab-cd",
    }


def address(route: Route, arguments: dict[str, Any]) -> str:
    return reverse(route.name, kwargs={name: arguments.get(name, 1) for name in route.arguments})


def ask(client: Client, method: str, path: str) -> Any:
    client.raise_request_exception = False
    return client.generic(method, path, {"GET": "", "HEAD": ""}.get(method, "campo=valor"))


def signs_out(route: Route) -> bool:
    return route.name == "account_logout"


def domain_writes(captured: Iterable[dict[str, str]]) -> list[str]:
    return [
        each["sql"]
        for each in captured
        if each["sql"].split(maxsplit=1)[0] in ("INSERT", "UPDATE", "DELETE")
        and not any(name in each["sql"] for name in NOT_DOMAIN)
    ]


def text_of(response: Any) -> str:
    body = response.getvalue() if response.streaming else response.content
    return body.decode("utf-8", "replace") + str(dict(response.headers))


def test_no_two_routes_share_a_name():
    names = [route.name for route in routes()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", ROUTES)
def test_a_route_has_a_rule(name: str):
    assert rule_of_route(ROUTES[name].route) in RULES


def test_a_rule_for_a_foreign_view_names_a_route_there_is():
    assert set(FOREIGN_RULES) <= set(ROUTES)


@pytest.mark.parametrize("who", PEOPLE)
def test_no_route_fails_writes_on_a_visit_lets_in_who_is_not_allowed_or_tells_a_stranger(
    browse: Browse, world: World, secret: dict[str, Any], who: str
):
    person, is_foreign = getattr(world, who), who in FOREIGNERS
    before = Ticket.objects.get().head
    client, rights = browse(person), {rule: allowed(person, rule) for rule in RULES}
    for route in sorted(ROUTES.values(), key=signs_out):
        assert get_user(client).is_authenticated, route.name
        for method in METHODS:
            with CaptureQueriesContext(connection) if method == "GET" else nullcontext([]) as captured:
                response = ask(client, method, address(route, secret))
            assert domain_writes(captured) == [], route.name
            assert response.status_code < 500, (route.name, method)
            if not rights[rule_of_route(route.route)]:
                assert response.status_code in (404, 405), (route.name, method, response.status_code)
            if is_foreign:
                assert SECRET not in text_of(response), (route.name, method)
    assert not is_foreign or Ticket.objects.get().head == before


def test_nobody_signed_in_gets_no_further_than_the_sign_in(world: World, secret: dict[str, Any]):
    for route in ROUTES.values():
        for method in METHODS:
            response = ask(Client(), method, address(route, secret))
            assert response.status_code < 500, (route.name, method)
            assert SECRET not in text_of(response), (route.name, method)
            if rule_of_route(route.route) != "public":
                assert response.status_code in (302, 404, 405), (route.name, method)


def test_a_contact_reads_no_note(browse: Browse, world: World, opened: Opened):
    ticket = opened()
    actions.note(ticket.pk, actor=world.consultant, body="NOTA-INTERNA")
    client = browse(world.contact)
    for route in ROUTES.values():
        if "number" in route.arguments or not route.arguments:
            response = ask(client, "GET", address(route, {"number": ticket.pk}))
            assert "NOTA-INTERNA" not in text_of(response), route.name
