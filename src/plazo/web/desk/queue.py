"""The consultants' queue: what falls due first on top, each view one range of an index."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from plazo.people.access import allow
from plazo.people.models import Person
from plazo.tickets import queries
from plazo.tickets.models import Ticket
from plazo.web.rows import rows_of
from plazo.web.tokens import OnceForm

PAGE = 50
# In the order of the tabs: what one's own work is, what nobody does, what burns, what waits.
VIEWS: dict[str, tuple[str, str | Promise]] = {
    "todos": ("all", pgettext_lazy("queue", "Todos")),
    "mios": ("mine", pgettext_lazy("queue", "Míos")),
    "sin-asignar": ("unassigned", pgettext_lazy("queue", "Sin asignar")),
    "por-vencer": ("at_risk", pgettext_lazy("queue", "Por vencer")),
    "incumplidos": ("breached", pgettext_lazy("queue", "Incumplidos")),
    "cliente": ("waiting_client", pgettext_lazy("queue", "Esperan al cliente")),
    "terceros": ("waiting_third_party", pgettext_lazy("queue", "Esperan a terceros")),
}
EMPTY: dict[str, Promise] = {
    "mine": _("No tiene tickets abiertos. Tome uno de los que nadie tiene."),
    "unassigned": _("Todos los tickets tienen quien los atienda."),
    "at_risk": _("Nada por vencer."),
    "breached": _("Ningún plazo incumplido espera su respuesta o solución."),
}


@allow("desk")
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    person = _person(request)
    text = request.GET.get("buscar", "").strip()[:200]
    if text:
        return _found(request, person, text)
    name = _view_name(request)
    view = VIEWS[name][0]
    after = _place(request.GET.get("desde", ""))
    tickets = queries.queue(person, view=view, after=after, limit=PAGE + 1)
    shown = tickets[:PAGE]
    older = (
        urlencode({"vista": name, "desde": _mark(queries.place(shown[-1], view))})
        if len(tickets) > PAGE
        else ""
    )
    return _page(
        request,
        rows=rows_of(shown),
        view=name,
        tabs=_tabs(person, name),
        marks="" if after else marks(shown),
        empty=EMPTY.get(view, _("No hay tickets abiertos.")),
        pages={"newer": f"?vista={name}" if after else "", "older": f"?{older}" if older else ""},
    )


@allow("desk")
@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """How many rows of the first page of a view are new to its reader: a line to ask for them, or nothing.

    The order on the screen never moves by itself.
    """
    name = _view_name(request)
    now = marks(queries.queue(_person(request), view=VIEWS[name][0], limit=PAGE))
    known = request.GET.get("como", "")
    if now == known:
        return HttpResponse(status=204)
    differing = set(now.split("-")).symmetric_difference(known.split("-"))
    number = len({mark.partition(".")[0] for mark in differing if mark})
    return render(request, "desk/changes.html", {"view": name, "number": number})


@allow("desk")
@require_safe
def following(request: HttpRequest) -> HttpResponse:
    """On to what should be done next: one's own first, then what nobody has."""
    person = _person(request)
    for name in ("mios", "sin-asignar"):
        if first := queries.queue(person, view=VIEWS[name][0], limit=1):
            return redirect(f"{resolve_url('desk-ticket', number=first[0].pk)}?vista={name}")
    return redirect("desk-queue")


def marks(tickets: Sequence[Ticket]) -> str:
    """Stands for a list as it is shown: another ticket, order or event makes another one."""
    return "-".join(f"{ticket.pk}.{ticket.length}" for ticket in tickets)


def _found(request: HttpRequest, person: Person, text: str) -> HttpResponse:
    found = queries.search(person, text, limit=PAGE)
    if len(found) == 1 and text.removeprefix("#") == str(found[0].pk):
        return redirect("desk-ticket", number=found[0].pk)
    return _page(
        request,
        rows=rows_of(found),
        text=text,
        tabs=_tabs(person, ""),
        empty=_("Ningún ticket coincide. Quite un filtro o busque con menos palabras."),
    )


def _tabs(person: Person, current: str) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "title": title,
            "count": queries.count_up_to(queries.in_view(person, view)),
            "current": name == current,
        }
        for name, (view, title) in VIEWS.items()
    ]


def _view_name(request: HttpRequest) -> str:
    name = request.GET.get("vista", "todos")
    if name not in VIEWS:
        raise Http404
    return name


def _mark(place: queries.Place) -> str:
    return f"{place[0].isoformat()}~{place[1]}"


def _place(mark: str) -> queries.Place | None:
    if not mark:
        return None
    at, _, number = mark.partition("~")
    try:
        instant = datetime.fromisoformat(at)
    except ValueError:
        raise Http404 from None
    if instant.tzinfo is None or not number.isdecimal() or len(number) > 18:
        raise Http404
    return instant, int(number)


def _page(request: HttpRequest, **context: Any) -> HttpResponse:
    return render(request, "desk/queue.html", {"stop": queries.COUNT_STOPS_AT, "take": OnceForm()} | context)


def _person(request: HttpRequest) -> Person:
    return cast(Person, request.user)
