"""Where a ticket stands in the queue that its reader came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from plazo.people.models import Person
from plazo.tickets import queries
from plazo.tickets.models import Ticket
from plazo.web.desk.queue import VIEWS

SHOWN = 14


@dataclass(frozen=True, slots=True)
class View:
    """The view of the queue that a page belongs to. `query` carries it from page to page."""

    name: str
    query: str

    @property
    def code(self) -> str:
        """What the queue's queries call it."""
        return VIEWS[self.name][0]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """A stretch of a view around a ticket, in its order."""

    tickets: Sequence[Ticket]
    before: Ticket | None
    after: Ticket | None


def view_of(request: HttpRequest) -> View:
    """The view named in the address; all tickets when none is, or none that there is."""
    name = request.GET.get("vista", "")
    return View(name, f"?vista={name}") if name in VIEWS else View("todos", "")


def neighbours(person: Person, ticket: Ticket, view: View) -> Neighbours:
    """The head of the view when the ticket is in it, else what follows the ticket; one or two queries."""
    tickets = queries.queue(person, view=view.code, limit=SHOWN)
    if ticket not in tickets and _stands_in(ticket, view):
        after = queries.place(ticket, view.code)
        tickets = [ticket, *queries.queue(person, view=view.code, after=after, limit=SHOWN - 1)]
    if ticket not in tickets:
        return Neighbours(tickets, None, tickets[0] if tickets else None)
    at = tickets.index(ticket)
    before, after_it = tickets[at - 1] if at else None, tickets[at + 1 : at + 2]
    return Neighbours(tickets, before, after_it[0] if after_it else None)


def _stands_in(ticket: Ticket, view: View) -> bool:
    """Whether the ticket has a place in the view's order: others of the view come after it."""
    return ticket.active and (view.code != "at_risk" or ticket.at_risk_at is not None)
