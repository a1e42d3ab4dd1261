"""A missed term is excused: asked for by one person, decided by another. The miss itself stands."""

from __future__ import annotations

from plazo.people.models import Person
from plazo.sla import ClockState
from plazo.sla import timeline as codes
from plazo.sla.policy import Metric
from plazo.tickets import refusals
from plazo.tickets.actions.journal import Journal, require, writing
from plazo.tickets.actions.texts import optional, written
from plazo.tickets.queries import Recorded
from plazo.tickets.waivers import waiting_requests

HOLDERS = ("client", "third_party", "provider", "force_majeure")


def request_waiver(ticket_id: int, *, actor: Person, metric: Metric, cause: str, holder: str) -> int:
    """Ask that a missed term be excused; `holder` says who caused it, `cause` how."""
    text = written("note", cause)
    if holder not in HOLDERS:
        raise refusals.UnknownHolder(holder=holder, known=list(HOLDERS))
    with writing(ticket_id, actor=actor) as journal:
        require(journal, "desk")
        clocks = journal.reading.assessment.clocks
        if metric not in clocks or clocks[metric].state is not ClockState.MISSED:
            raise refusals.NotMissed(metric=metric)
        if any(each.data["metric"] == metric for each in waiting_requests(journal.events)) or any(
            each.code == codes.WAIVED and each.data["metric"] == metric and each.data["approved"]
            for each in journal.events
        ):
            raise refusals.AlreadyWaived(metric=metric)
        return journal.record(codes.WAIVER_REQUESTED, {"metric": metric, "holder": holder}, text=text)


def decide_waiver(ticket_id: int, *, actor: Person, request: int, approved: bool, reason: str = "") -> int:
    """A lead other than who asked excuses the miss, or does not."""
    text = optional("note", reason)
    with writing(ticket_id, actor=actor) as journal:
        require(journal, "lead")
        asked = _waiting_request(journal, request)
        if asked.actor_id == actor.pk:
            raise refusals.SecondPersonNeeded
        decision = {"metric": asked.data["metric"], "request": request, "approved": approved}
        return journal.record(codes.WAIVED, decision, text=text)


def _waiting_request(journal: Journal, seq: int) -> Recorded:
    for each in waiting_requests(journal.events):
        if each.seq == seq:
            return each
    raise refusals.NoSuchRequest(request=seq)
