"""What the rules on tickets refuse, and why."""

from __future__ import annotations

from collections.abc import Sequence

from plazo.kit.refusals import Refused
from plazo.tickets.queries import Recorded


class NotAllowed(Refused):
    """The act belongs to another role. details: role (desk, lead, contact)."""


class Changed(Refused):
    """Somebody else wrote since the person looked. `since` holds those events that matter, in order."""

    def __init__(self, since: Sequence[Recorded]) -> None:
        super().__init__(since=[event.code for event in since])
        self.since = tuple(since)


class AlreadySent(Refused):
    """The same form was sent before, with another text, which stands."""


class EmptyText(Refused):
    """The act needs a text."""


class TextTooLong(Refused):
    """details: limit, in characters."""


class Closed(Refused):
    """The ticket is closed: a new one may follow it."""


class NotOpen(Refused):
    """The ticket is resolved or closed. details: state."""


class AlreadyOpen(Refused):
    """Only a solution can be taken back: the ticket is open. details: state."""


class NotResolved(Refused):
    """The ticket has no solution to confirm, reopen or review. details: state."""


class ReopeningPeriodOver(Refused):
    """The client's word came too late: a new ticket may follow. details: until."""


class NothingToReview(Refused):
    """No client's word waits for review."""


class AlreadyPaused(Refused):
    """One pause at a time. details: reason."""


class NotPaused(Refused):
    """There is no pause to end."""


class UnknownPauseReason(Refused):
    """The agreement has no such reason. details: reason, known."""


class NoPauseLeft(Refused):
    """The ticket's time for pauses is used up. details: total, in seconds."""


class UnknownKind(Refused):
    """The catalogue has no such kind. details: kind."""


class UnknownPriority(Refused):
    """The agreement has no such priority. details: priority, known."""


class PriorityFollowsKind(Refused):
    """The kind decides the priority. details: kind, priority."""


class ReasonNeeded(Refused):
    """The act needs a reason in words."""


class NothingChanges(Refused):
    """The ticket says so already."""


class WithoutContract(Refused):
    """The ticket stands under no contract: it has to be bound to one first."""


class AlreadyTaken(Refused):
    """Somebody else has the ticket. details: assignee (id)."""


class NotAtDesk(Refused):
    """Tickets are assigned to people of the desk. details: person (id)."""


class PromiseInThePast(Refused):
    """An estimate lies ahead."""


class PromiseWhilePaused(Refused):
    """While the term stands still nobody knows when it ends, and no estimate can be held against it."""


class PromisePastTerm(Refused):
    """An estimate never lies beyond the term. details: due_at."""


class NotMember(Refused):
    """The requester does not belong to the organization. details: organization (id), requester (id)."""


class StartInTheFuture(Refused):
    """A report does not start after it is written down."""


class NotMissed(Refused):
    """Only a missed term is waived. details: metric."""


class AlreadyWaived(Refused):
    """The term is waived, or a request for it waits already. details: metric."""


class UnknownHolder(Refused):
    """Whoever caused a miss is one of a few. details: holder, known."""


class NoSuchRequest(Refused):
    """No request for a waiver waits under that number. details: request."""


class SecondPersonNeeded(Refused):
    """Whoever asks for a waiver does not decide it."""


class NothingToDispute(Refused):
    """A contact objects to the priority or to a pause. details: what."""


class NotAReply(Refused):
    """Only an answer of the desk can be undelivered. details: seq."""
