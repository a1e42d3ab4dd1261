"""Who holds a role on a ticket at the moment of the event."""

from __future__ import annotations

from plazo.notices.planning import Role, Telling
from plazo.people.models import Person
from plazo.people.queries import desk_people
from plazo.tickets.models import Ticket


def recipients(ticket: Ticket, telling: Telling) -> list[Person]:
    """The persons to be told, each once; never whoever did it, nor somebody disabled."""
    held = {person.pk: person for role in telling.roles for person in _holders(ticket, role)}
    return [person for person in held.values() if person.is_active and person.pk != telling.not_to]


def _holders(ticket: Ticket, role: Role) -> list[Person]:
    """Without an assignee the lead is told, without a lead the administrator: somebody always is."""
    match role:
        case "requester":
            return [ticket.requester]
        case "assignee":
            assignee = ticket.assignee
            return [assignee] if assignee and assignee.is_desk else _holders(ticket, "lead")
        case "lead":
            return list(desk_people().filter(desk_role="lead")) or _holders(ticket, "administrator")
        case "administrator":
            return list(desk_people().filter(desk_role="administrator"))
