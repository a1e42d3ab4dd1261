"""Who may use a page: each view declares one rule, and a test walks the routes for views without."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import resolve_url

from plazo.people.models import Membership, Person
from plazo.people.queries import memberships_of

View = Callable[..., HttpResponseBase]


class MemberRequest(HttpRequest):
    """What a view with the rule "contact" or "client_administrator" is given.

    memberships  those of the person which satisfy the rule, active ones only
    """

    user: Person
    memberships: tuple[Membership, ...]


class SignInNeeded(PermissionDenied):
    """Something was sent, and nobody is signed in: what it holds would be lost on the way to the sign-in."""


class NoMembership(Http404):
    """The person belongs to no company now."""


PUBLIC: Final = "public"
_PERSON_RULES: Final[dict[str, Callable[[Person], bool]]] = {
    "signed_in": lambda person: True,
    "desk": lambda person: person.is_desk,
    "lead": lambda person: person.is_lead,
    "administrator": lambda person: person.is_administrator,
}
_MEMBER_RULES: Final[dict[str, Callable[[Membership], bool]]] = {
    "contact": lambda membership: True,
    "client_administrator": lambda membership: membership.role == Membership.CLIENT_ADMINISTRATOR,
}
RULES: Final = (PUBLIC, *_PERSON_RULES, *_MEMBER_RULES)


def allow(rule: str) -> Callable[[View], View]:
    """Let only those in whom `rule` names. The rest learn no more than that the page is not theirs.

    Nobody signed in: on to the sign-in page, or SignInNeeded where something was sent. Signed in without
    the right: 404, as for a page that does not exist.
    """
    if rule not in RULES:
        raise ValueError(f"{rule!r} is not a rule; write one of {', '.join(RULES)}")

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if rule != PUBLIC:
                if not request.user.is_authenticated:
                    if request.method == "POST":
                        raise SignInNeeded
                    return to_sign_in(request)
                _require(rule, request)
            return view(request, *args, **kwargs)

        guarded.rule = rule  # type: ignore[attr-defined]  # for `rule_of_route`
        return guarded

    return decorate


def rule_of(callback: View) -> str | None:
    """The rule a view declared; None when it declared none."""
    rule: str | None = getattr(callback, "rule", None)
    return rule


def _require(rule: str, request: Any) -> None:
    if is_of_person := _PERSON_RULES.get(rule):
        if not is_of_person(request.user):
            raise Http404
        return
    admits = _MEMBER_RULES[rule]
    memberships = memberships_of(request.user)
    if not memberships:
        raise NoMembership
    request.memberships = tuple(filter(admits, memberships))
    if not request.memberships:
        raise Http404


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """On to the sign-in page, and back to what was read, or home where something was sent."""
    # A fragment would be swapped into the page: the whole page has to go to the sign-in.
    if "HX-Request" in request.headers:
        return HttpResponse(headers={"HX-Redirect": resolve_url(settings.LOGIN_URL)})
    if request.method in ("GET", "HEAD"):
        return redirect_to_login(request.get_full_path())
    return redirect_to_login("/")
