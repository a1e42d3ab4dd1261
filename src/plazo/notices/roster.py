"""Who holds a role on a ticket at the moment of the event."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import Q, QuerySet

from plazo.kit.selecting import composed
from plazo.notices.planning import Role, Telling
from plazo.people.models import Person
from plazo.tickets.models import Ticket


def recipients(ticket: Ticket, tellings: Sequence[Telling]) -> Iterator[tuple[Telling, Person]]:
    """The persons to be told, each once for each telling; never whoever did it, nor somebody disabled.

    At most one query, however many are told.
    """
    desk = _desk(ticket.assignee_id) if any(telling.roles != ("requester",) for telling in tellings) else []
    for telling in tellings:
        held = {person.pk: person for role in telling.roles for person in _holders(role, ticket, desk)}
        for person in held.values():
            if person.is_active and person.pk != telling.not_to:
                yield telling, person


def leads() -> list[Person]:
    """Who answers for the desk, by name: the leads, without one the administrators."""
    desk = _desk(None)
    return _with_role("lead", desk) or _with_role("administrator", desk)


@composed
def _desk(assignee_id: int | None) -> QuerySet[Person]:
    """The assignee and all who answer for the desk, by name."""
    answers = Q(is_active=True, desk_role__in=("lead", "administrator"))
    return Person.objects.filter(answers | Q(pk=assignee_id)).order_by("name", "id")


def _holders(role: Role, ticket: Ticket, desk: Sequence[Person]) -> list[Person]:
    """Without an assignee the lead is told, without a lead the administrator: somebody always is."""
    match role:
        case "requester":
            return [ticket.requester]
        case "assignee":
            assigned = [person for person in desk if person.pk == ticket.assignee_id and person.is_desk]
            return assigned or _holders("lead", ticket, desk)
        case "lead":
            return _with_role("lead", desk) or _holders("administrator", ticket, desk)
        case "administrator":
            return _with_role("administrator", desk)


def _with_role(desk_role: str, desk: Sequence[Person]) -> list[Person]:
    return [person for person in desk if person.is_active and person.desk_role == desk_role]
