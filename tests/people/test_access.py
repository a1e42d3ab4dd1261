"""Each view declares one rule, and nobody gets past another's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings

from plazo.people.access import RULES, NoMembership, SignInNeeded, allow, rule_of, to_sign_in
from plazo.people.actions import end_membership
from plazo.people.models import Person
from tests.world import World

ALLOWED = {
    "signed_in": {"contact", "stranger", "client_administrator", "consultant", "lead", "administrator"},
    "contact": {"contact", "client_administrator"},
    "client_administrator": {"client_administrator"},
    "desk": {"consultant", "lead", "administrator"},
    "lead": {"lead", "administrator"},
    "administrator": {"administrator"},
}
urlpatterns: list[Any] = []
CAST = ("contact", "stranger", "client_administrator", "consultant", "lead", "administrator")


@pytest.fixture(autouse=True)
def sign_in_page() -> Iterator[None]:
    with override_settings(LOGIN_URL="/cuenta/", ROOT_URLCONF=__name__):
        yield


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("in")


def ask(rule: str, person: Person | AnonymousUser, **extra: Any) -> Any:
    request = getattr(RequestFactory(), extra.pop("method", "get"))("/mesa/?a=1", **extra)
    request.user = person
    return allow(rule)(page)(request)


@pytest.mark.parametrize("role", CAST)
@pytest.mark.parametrize("rule", ALLOWED)
def test_a_rule_lets_in_those_it_names_and_nobody_else(world: World, rule: str, role: str) -> None:
    person = getattr(world, role)
    if role in ALLOWED[rule]:
        assert ask(rule, person).content == b"in"
    else:
        with pytest.raises(Http404):
            ask(rule, person)


def test_the_table_above_covers_every_rule() -> None:
    assert {"public", *ALLOWED} == set(RULES)


def test_a_public_page_asks_nobody() -> None:
    assert ask("public", AnonymousUser()).content == b"in"


def test_a_reader_not_signed_in_is_sent_to_sign_in_and_back() -> None:
    response = ask("desk", AnonymousUser())
    assert (response.status_code, response.url) == (302, "/cuenta/?next=/mesa/%3Fa%3D1")


def test_what_nobody_sends_is_not_lost_on_the_way_to_the_sign_in() -> None:
    with pytest.raises(SignInNeeded):
        ask("desk", AnonymousUser(), method="post")


def test_the_sign_in_after_a_post_leads_home() -> None:
    assert to_sign_in(RequestFactory().post("/mesa/")).url.endswith("?next=/")


def test_who_belongs_nowhere_is_told_apart_from_who_lacks_the_right(world: World) -> None:
    with pytest.raises(NoMembership):
        ask("contact", world.stranger)
    with pytest.raises(Http404) as refused:
        ask("client_administrator", world.contact)
    assert not isinstance(refused.value, NoMembership)


def test_a_fragment_takes_the_whole_page_to_the_sign_in() -> None:
    response = ask("desk", AnonymousUser(), headers={"HX-Request": "true"})
    assert response.headers["HX-Redirect"] == "/cuenta/"


def test_a_view_is_given_the_memberships_that_admit_it(world: World) -> None:
    request = RequestFactory().get("/")
    request.user = world.shared
    allow("contact")(page)(request)
    assert [each.organization.name for each in request.memberships] == ["Andes Ltda", "Norte SpA"]


def test_whoever_left_the_company_is_let_in_no_more(world: World) -> None:
    end_membership(world.contact.memberships.get(), actor=world.administrator)
    with pytest.raises(Http404):
        ask("contact", world.contact)


def test_a_rule_is_read_off_its_view() -> None:
    assert rule_of(allow("lead")(page)) == "lead"
    assert rule_of(page) is None


def test_a_rule_that_does_not_exist_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="write one of public"):
        allow("boss")
