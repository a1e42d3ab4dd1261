"""The solution: estimated, given, confirmed, or found to be none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from plazo.kit.files import StoredFile
from plazo.people.models import Person
from plazo.sla import State
from plazo.sla import timeline as codes
from plazo.sla.timeline import epoch
from plazo.tickets import refusals
from plazo.tickets.actions.journal import Journal, require, writing
from plazo.tickets.actions.texts import optional, written


def promise(ticket_id: int, *, actor: Person, due: datetime, body: str = "", seen: int | None = None) -> int:
    """State when the solution is expected: ahead, and never past the term."""
    text = optional("reply", body)
    with writing(ticket_id, actor=actor, seen=seen) as journal:
        require(journal, "desk")
        _require_unresolved(journal)
        if due <= journal.now:
            raise refusals.PromiseInThePast(due=due)
        resolution = journal.reading.assessment.clocks["resolution"]
        if resolution.term.seconds is not None:
            if resolution.due_at is None:
                raise refusals.PromiseWhilePaused
            if due > resolution.due_at:
                raise refusals.PromisePastTerm(due_at=resolution.due_at)
        if text is not None:
            journal.record(codes.REPLIED, {"canned": False}, text=text)
        return journal.record(codes.PROMISED, {"due": epoch(due)})


def resolve(
    ticket_id: int,
    *,
    actor: Person,
    body: str,
    files: Sequence[StoredFile] = (),
    seen: int | None = None,
    key: str | None = None,
) -> int:
    """Tell the client what the solution is. It ends a pause, and meets a response still owed."""
    text = written("reply", body, files)
    with writing(ticket_id, actor=actor, seen=seen, key=key, text=text) as journal:
        require(journal, "desk")
        if journal.done:
            return journal.done
        _require_unresolved(journal)
        seq = journal.record(codes.REPLIED, {"canned": False}, text=text)
        journal.record(codes.RESOLVED, {"reply": seq})
        return seq


def confirm(ticket_id: int, *, actor: Person) -> int:
    """The client says that it is solved, which closes the ticket."""
    with writing(ticket_id, actor=actor) as journal:
        require(journal, "contact")
        _require_resolved(journal)
        seq = journal.record(codes.CONFIRMED)
        journal.record(codes.CLOSED, {"cause": "client"})
        return seq


def reopen(
    ticket_id: int,
    *,
    actor: Person,
    body: str = "",
    files: Sequence[StoredFile] = (),
    seen: int | None = None,
    key: str | None = None,
) -> int:
    """It was not solved: the same clock goes on from the client's word.

    A contact's word is this act itself. A consultant reopens from the contact's first word since the
    solution, or from now when there is none.
    """
    text = optional("note" if actor.is_desk else "client_reply", body, files)
    with writing(ticket_id, actor=actor, seen=seen, key=key, text=text) as journal:
        if journal.done:
            return journal.done
        assessment = journal.reading.assessment
        if assessment.resolved_seq is None or assessment.reopens_until is None:
            raise refusals.AlreadyOpen(state=str(assessment.state))
        word = _word_since(journal, assessment.resolved_seq) if actor.is_desk else journal.now
        if word > assessment.reopens_until:
            raise refusals.ReopeningPeriodOver(until=assessment.reopens_until)
        return journal.record(codes.REOPENED, at=word, text=text)


def _word_since(journal: Journal, resolved_seq: int) -> datetime:
    words = [each for each in journal.events if each.code == codes.CLIENT_REPLIED and each.seq > resolved_seq]
    return words[0].recorded_at if words else journal.now


def _require_unresolved(journal: Journal) -> None:
    state = journal.reading.assessment.state
    if state not in (State.OPEN, State.PAUSED):
        raise refusals.NotOpen(state=str(state))


def _require_resolved(journal: Journal) -> None:
    state = journal.reading.assessment.state
    if state is not State.RESOLVED:
        raise refusals.NotResolved(state=str(state))
