"""What every page knows of its reader."""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from plazo.people.models import Membership, Person
from plazo.people.queries import memberships_of
from plazo.web.desk.keys import help_for

THEMES = ("light", "dark")


def reader(request: HttpRequest) -> dict[str, Any]:
    """The person signed in, if any, the desk's name, and the look the reader chose."""
    # Without a session (the database is gone, an error came first) there is nobody to name.
    user = getattr(request, "user", None)
    theme = request.COOKIES.get("theme", "")
    return {
        "desk_nav": SimpleLazyObject(lambda: desk_nav(request)),
        "desk_keys": SimpleLazyObject(lambda: help_for(cast(Person, request.user))),
        "portal_nav": SimpleLazyObject(lambda: portal_nav(request)),
        "person": user if user is not None and user.is_authenticated else None,
        "desk_name": settings.DESK_NAME,
        "theme": theme if theme in THEMES else "",
        "single_keys": request.COOKIES.get("keys") != "off",
    }


def portal_nav(request: HttpRequest) -> list[dict[str, Any]]:
    """The pages of the portal that this reader has."""
    pages = [
        ("portal-home", _("Inicio")),
        ("portal-tickets", _("Tickets")),
        ("portal-contract", _("Contrato")),
    ]
    roles = {each.role for each in memberships_of(cast(Person, request.user))}
    if Membership.CLIENT_ADMINISTRATOR in roles:
        pages += [("portal-people", _("Personas")), ("portal-compliance", _("Cumplimiento"))]
    return _items(request, pages)


def desk_nav(request: HttpRequest) -> list[dict[str, Any]]:
    """The pages of the desk that this reader has."""
    person = cast(Person, request.user)
    pages = [("desk-queue", _("Cola")), ("desk-call-in", _("Llamada"))]
    if person.is_lead:
        pages += [
            ("lead-radar", _("Radar")),
            ("desk-compliance", _("Cumplimiento")),
            ("desk-waivers", _("Exenciones")),
            ("desk-held", _("Retenidos")),
        ]
    if person.is_administrator:
        pages.append(("administration-organizations", _("Administración")))
    return _items(request, pages)


# All pages below these belong to them.
_SECTIONS = ("desk-compliance", "portal-compliance", "administration-organizations")


def _items(request: HttpRequest, pages: list[tuple[str, str]]) -> list[dict[str, Any]]:
    return [
        {"url": reverse(name), "title": title, "current": _is_current(request.path, name)}
        for name, title in pages
    ]


def _is_current(path: str, name: str) -> bool:
    return path.startswith(reverse(name)) if name in _SECTIONS else path == reverse(name)
