"""A contact objects to what the desk decided."""

from __future__ import annotations

from plazo.people.models import Person
from plazo.sla import State
from plazo.sla import timeline as codes
from plazo.tickets import refusals
from plazo.tickets.actions.journal import require, writing
from plazo.tickets.actions.texts import written


def dispute(ticket_id: int, *, actor: Person, what: str, body: str, key: str | None = None) -> int:
    """Object to the priority or to the pause that lasts. The desk is told; no clock changes by it."""
    text = written("client_reply", body)
    if what not in ("priority", "pause"):
        raise refusals.NothingToDispute(what=what)
    with writing(ticket_id, actor=actor, key=key, text=text) as journal:
        require(journal, "contact")
        if journal.done:
            return journal.done
        assessment = journal.reading.assessment
        if assessment.state is State.CLOSED:
            raise refusals.Closed
        if what == "pause" and assessment.pause is None:
            raise refusals.NotPaused
        return journal.record(codes.DISPUTED, {"what": what}, text=text)
