"""Pauses of the resolution clock: one at a time, with a reason from the agreement."""

from __future__ import annotations

from collections.abc import Sequence

from plazo.kit.files import StoredFile
from plazo.people.models import Person
from plazo.sla import State
from plazo.sla import timeline as codes
from plazo.sla.policy import PauseReason
from plazo.tickets import refusals
from plazo.tickets.actions.journal import Journal, require, writing
from plazo.tickets.actions.texts import optional


def pause(
    ticket_id: int,
    *,
    actor: Person,
    reason: str,
    body: str = "",
    files: Sequence[StoredFile] = (),
    seen: int | None = None,
    key: str | None = None,
) -> int:
    """Stop the resolution clock. A text goes to the client first; waiting for the client needs one."""
    text = optional("reply", body, files)
    with writing(ticket_id, actor=actor, seen=seen, key=key, text=text) as journal:
        require(journal, "desk")
        if journal.done:
            return journal.done
        rule = _pause_rule(journal, reason)
        if text is None and rule.needs_message:
            raise refusals.EmptyText
        first = None if text is None else journal.record(codes.REPLIED, {"canned": False}, text=text)
        seq = journal.record(codes.PAUSED, {"reason": reason})
        return first or seq


def resume(ticket_id: int, *, actor: Person, seen: int | None = None) -> int:
    """The desk lets the resolution clock run again."""
    with writing(ticket_id, actor=actor, seen=seen) as journal:
        require(journal, "desk")
        lasting = journal.reading.assessment.pause
        if lasting is None:
            raise refusals.NotPaused
        return journal.record(codes.RESUMED, {"cause": "consultant", "pause": lasting.seq})


def _pause_rule(journal: Journal, reason: str) -> PauseReason:
    """The agreement's rule for a pause that may begin now."""
    assessment = journal.reading.assessment
    if assessment.pause is not None:
        raise refusals.AlreadyPaused(reason=assessment.pause.reason)
    if assessment.state is not State.OPEN:
        raise refusals.NotOpen(state=str(assessment.state))
    commitment = assessment.commitment
    if reason not in commitment.pause_reasons:
        raise refusals.UnknownPauseReason(reason=reason, known=list(commitment.pause_reasons))
    used = sum(
        int((each.ended_at - each.started_at).total_seconds()) for each in assessment.pauses if each.ended_at
    )
    if commitment.pause_total is not None and used >= commitment.pause_total:
        raise refusals.NoPauseLeft(total=commitment.pause_total)
    return commitment.pause_reasons[reason]
