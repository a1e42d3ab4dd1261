"""Who has a ticket."""

from __future__ import annotations

from plazo.people.models import Person
from plazo.sla import State
from plazo.sla import timeline as codes
from plazo.tickets import refusals
from plazo.tickets.actions.journal import Journal, require, writing


def take(ticket_id: int, *, actor: Person, seen: int | None = None) -> int:
    """The actor takes a ticket that nobody has. `release` undoes it."""
    with writing(ticket_id, actor=actor, seen=seen) as journal:
        require(journal, "desk")
        if journal.ticket.assignee_id not in (None, actor.pk):
            raise refusals.AlreadyTaken(assignee=journal.ticket.assignee_id)
        return _hand_over(journal, actor.pk)


def assign(ticket_id: int, *, actor: Person, to: Person, seen: int | None = None) -> int:
    """Somebody of the desk gets the ticket, whoever had it."""
    if not to.is_desk:
        raise refusals.NotAtDesk(person=to.pk)
    with writing(ticket_id, actor=actor, seen=seen) as journal:
        require(journal, "desk")
        return _hand_over(journal, to.pk)


def release(ticket_id: int, *, actor: Person, seen: int | None = None) -> int:
    """Nobody has the ticket any more."""
    with writing(ticket_id, actor=actor, seen=seen) as journal:
        require(journal, "desk")
        return _hand_over(journal, None)


def _hand_over(journal: Journal, to: int | None) -> int:
    if journal.reading.assessment.state is State.CLOSED:
        raise refusals.Closed
    before = journal.ticket.assignee_id
    if before == to:
        raise refusals.NothingChanges
    return journal.record(codes.ASSIGNED, {"to": to, "before": before})
