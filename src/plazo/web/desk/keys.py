"""The single keys of the desk: one table for the help, the pages and their tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from plazo.people.access import allow
from plazo.people.models import Person

Where = Literal["list", "ticket", "everywhere"]


@dataclass(frozen=True, slots=True)
class Key:
    """A key and what it does. `shown` is how people read it, `codes` what the browser calls it."""

    shown: str
    does: Promise
    where: Where
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Jump:
    """The letter after `g`, and the page it leads to."""

    letter: str
    route: str
    title: Promise
    role: Literal["desk", "lead", "administrator"]


KEYS: Final = (
    Key("j", _("Bajar"), "list", ("j",)),
    Key("k", _("Subir"), "list", ("k",)),
    Key("Enter", _("Abrir"), "list", ("Enter",)),
    Key("x", _("Marcar (en el radar)"), "list", ("x",)),
    Key(".", _("Mostrar los cambios"), "list", (".",)),
    Key("s", _("Siguiente por atender"), "list", ("s",)),
    Key("j / k", _("Ticket vecino"), "ticket", ("j", "k")),
    Key("t", _("Tomar"), "ticket", ("t",)),
    Key("r", _("Responder al cliente"), "ticket", ("r",)),
    Key("p", _("Responder y esperar al cliente"), "ticket", ("p",)),
    Key("Shift+R", _("Responder y resolver"), "ticket", ("R",)),
    Key("n", _("Nota interna"), "ticket", ("n",)),
    Key("l", _("Registrar una llamada"), "ticket", ("l",)),
    Key("c", _("Clasificar"), "ticket", ("c",)),
    Key("a", _("Asignar"), "ticket", ("a",)),
    Key("h", _("Historial"), "ticket", ("h",)),
    Key("i", _("Panel de plazos y datos"), "ticket", ("i",)),
    Key("b, /", _("Buscar"), "everywhere", ("b", "/")),
    Key("Ctrl+Enter", _("Enviar lo que se escribe"), "everywhere", ()),
    Key("Esc", _("Un paso atrás; lo escrito no se pierde"), "everywhere", ()),
    Key("?", _("Esta ayuda"), "everywhere", ("?",)),
)
JUMPS: Final = (
    Jump("q", "desk-queue", _("Cola"), "desk"),
    Jump("r", "lead-radar", _("Radar"), "lead"),
    Jump("e", "desk-waivers", _("Exenciones"), "lead"),
    Jump("c", "administration-organizations", _("Clientes y contratos"), "administrator"),
    Jump("a", "administration-policies", _("Acuerdos"), "administrator"),
)
_TITLES: Final = (
    ("list", _("En la cola")),
    ("ticket", _("En un ticket, o en la fila marcada")),
    ("everywhere", _("En toda la mesa")),
)


@allow("desk")
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/keys_page.html")


def help_for(person: Person) -> dict[str, Any]:
    """The table as that person may use it."""
    groups = [
        {"title": title, "keys": [key for key in KEYS if key.where == where]} for where, title in _TITLES
    ]
    return {"groups": groups, "jumps": list(_jumps(person))}


def _jumps(person: Person) -> Iterator[dict[str, Any]]:
    held = {"desk": person.is_desk, "lead": person.is_lead, "administrator": person.is_administrator}
    for jump in JUMPS:
        if held[jump.role]:
            yield {"letter": jump.letter, "url": reverse(jump.route), "title": jump.title}
