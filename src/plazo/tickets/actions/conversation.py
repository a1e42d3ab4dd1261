"""What people say to each other on a ticket, and what the desk notes for itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from plazo.kit.files import StoredFile
from plazo.people.models import Person
from plazo.sla import State
from plazo.sla import timeline as codes
from plazo.tickets import refusals
from plazo.tickets.actions.journal import Journal, require, writing
from plazo.tickets.actions.texts import written


def reply(
    ticket_id: int,
    *,
    actor: Person,
    body: str,
    files: Sequence[StoredFile] = (),
    canned: bool = False,
    seen: int | None = None,
    key: str | None = None,
) -> int:
    """The desk writes to the client, which meets the response. Returns the seq of the answer."""
    text = written("reply", body, files)
    with writing(ticket_id, actor=actor, seen=seen, key=key, text=text) as journal:
        require(journal, "desk")
        if journal.done:
            return journal.done
        _refuse_closed(journal)
        return journal.record(codes.REPLIED, {"canned": canned}, text=text)


def log_call(
    ticket_id: int,
    *,
    actor: Person,
    body: str,
    spoke: bool,
    at: datetime | None = None,
    seen: int | None = None,
    key: str | None = None,
) -> int:
    """A telephone call; when they spoke with the client it meets the response, from when it is logged."""
    text = written("call", body)
    with writing(ticket_id, actor=actor, seen=seen, key=key, text=text) as journal:
        require(journal, "desk")
        if journal.done:
            return journal.done
        _refuse_closed(journal)
        stated = None if at is None else min(at, journal.now)
        return journal.record(codes.CALLED, {"spoke": spoke}, at=stated, text=text)


def note(
    ticket_id: int, *, actor: Person, body: str, files: Sequence[StoredFile] = (), key: str | None = None
) -> int:
    """The desk writes for itself: no clock and no client hears of it."""
    text = written("note", body, files)
    with writing(ticket_id, actor=actor, key=key, text=text) as journal:
        require(journal, "desk")
        return journal.done or journal.record(codes.NOTED, text=text)


def client_reply(
    ticket_id: int, *, actor: Person, body: str, files: Sequence[StoredFile] = (), key: str | None = None
) -> int:
    """A contact writes: it ends a pause that waits for them; on a resolved ticket it waits for review."""
    text = written("client_reply", body, files)
    with writing(ticket_id, actor=actor, key=key, text=text) as journal:
        require(journal, "contact")
        if journal.done:
            return journal.done
        _refuse_closed(journal)
        seq = journal.record(codes.CLIENT_REPLIED, text=text)
        pause = journal.reading.assessment.pause
        reasons = journal.reading.assessment.commitment.pause_reasons
        if pause is not None and reasons[pause.reason].ends_with == "client":
            journal.record(codes.RESUMED, {"cause": "client", "pause": pause.seq})
        return seq


def review(ticket_id: int, *, actor: Person, seen: int | None = None) -> int:
    """The desk read the client's word on a resolved ticket, and the solution stands."""
    with writing(ticket_id, actor=actor, seen=seen) as journal:
        require(journal, "desk")
        assessment = journal.reading.assessment
        if assessment.state is not State.RESOLVED or not assessment.needs_review:
            raise refusals.NothingToReview
        return journal.record(codes.REVIEWED)


def mark_undelivered(ticket_id: int, *, reply_seq: int) -> int | None:
    """Every recipient of an answer was refused and nobody saw it: it no longer meets the response.

    Returns None when that is on record already.
    """
    with writing(ticket_id, actor=None) as journal:
        replies = [each.seq for each in journal.events if each.code == codes.REPLIED]
        if reply_seq not in replies:
            raise refusals.NotAReply(seq=reply_seq)
        step_key = f"{codes.UNDELIVERED}:{reply_seq}"
        if any(each.step_key == step_key for each in journal.events):
            return None
        return journal.record(codes.UNDELIVERED, {"reply": reply_seq}, step_key=step_key)


def _refuse_closed(journal: Journal) -> None:
    if journal.reading.assessment.state is State.CLOSED:
        raise refusals.Closed
