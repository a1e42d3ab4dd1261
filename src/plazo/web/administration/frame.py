"""What the administration's pages share: their tabs, and how a row is found by its number."""

from __future__ import annotations

from typing import Any, Final, TypeVar, cast

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from plazo.people.models import Person

TABS: Final[tuple[tuple[str, str, Promise], ...]] = (
    ("organizations", "administration-organizations", _("Clientes")),
    ("people", "administration-people", _("Personas de la mesa")),
    ("policies", "administration-policies", _("Acuerdos")),
    ("days", "administration-days", _("Días no hábiles")),
)

Row = TypeVar("Row", bound=Model)


def page(
    request: HttpRequest, template: str, tab: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page under one of the tabs."""
    tabs = [{"url": url, "title": title, "current": name == tab} for name, url, title in TABS]
    return render(request, f"administration/{template}", {"tabs": tabs, **context}, status=status)


def one(rows: QuerySet[Row], number: int) -> Row:
    """The row of that number, else Http404."""
    row = rows.filter(pk=number).first()
    if row is None:
        raise Http404
    return row


def actor(request: HttpRequest) -> Person:
    """Whoever asks."""
    return cast(Person, request.user)
