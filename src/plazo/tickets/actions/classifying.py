"""What a ticket is, and therefore how urgent."""

from __future__ import annotations

from typing import Any

from plazo.people.models import Person
from plazo.sla import Assessment, Policy, State
from plazo.sla import timeline as codes
from plazo.sla.timeline import epoch
from plazo.tickets import refusals
from plazo.tickets.actions.journal import Journal, require, writing
from plazo.tickets.actions.texts import optional


def classify(
    ticket_id: int,
    *,
    actor: Person,
    kind: str | None,
    priority: str | None = None,
    reason: str = "",
    seen: int | None = None,
) -> int:
    """A kind decides its priority. For what is not in the catalogue the desk states one, with a reason."""
    note = optional("note", reason)
    with writing(ticket_id, actor=actor, seen=seen) as journal:
        require(journal, "desk")
        reading = journal.reading
        if reading.assessment.state is State.CLOSED:
            raise refusals.Closed
        if reading.terms is None:
            raise refusals.WithoutContract
        if kind is None and note is None:
            raise refusals.ReasonNeeded
        chosen = {"kind": kind, "priority": decided_priority(reading.terms.policy, kind, priority)}
        before = reading.assessment
        if before.classified and (before.kind, before.priority) == (kind, chosen["priority"]):
            raise refusals.NothingChanges
        return journal.record(codes.CLASSIFIED, with_dues(journal, codes.CLASSIFIED, chosen), text=note)


def decided_priority(policy: Policy, kind: str | None, stated: str | None) -> str:
    """The priority of a kind, or the one stated for no kind; refused where the agreement knows neither."""
    if kind is not None:
        try:
            follows = policy.kind(kind).priority
        except KeyError:
            raise refusals.UnknownKind(kind=kind) from None
        if stated not in (None, follows):
            raise refusals.PriorityFollowsKind(kind=kind, priority=follows)
        return follows
    if stated not in policy.priorities:
        raise refusals.UnknownPriority(priority=stated, known=list(policy.priorities))
    return stated


def with_dues(journal: Journal, code: str, data: dict[str, Any]) -> dict[str, Any]:
    """The event's data, with what it makes of the terms, so that a notice can name both."""
    before = journal.reading.assessment
    after = journal.foresee(code, data).assessment
    return {**data, "before": _standing(before), "after": _standing(after)}


def _standing(assessment: Assessment) -> dict[str, Any]:
    """What the ticket counts as, and its due dates as epoch seconds."""
    dues = {
        str(metric): None if clock.due_at is None else epoch(clock.due_at)
        for metric, clock in assessment.clocks.items()
    }
    return {"kind": assessment.kind, "priority": assessment.priority, **dues}
