"""What falls due by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plazo.kit import clock
from plazo.sla import timeline as codes
from plazo.sla.policy import Calendar
from plazo.sla.timeline import epoch
from plazo.tickets import queries
from plazo.tickets.actions.journal import writing
from plazo.tickets.clocks import basis_of, calendars_named_in
from plazo.tickets.queries import Recorded


def fire_due_steps(ticket_id: int) -> list[str]:
    """Record what fell due on a ticket up to now. Returns the codes, none when another worker was first."""
    with writing(ticket_id, actor=None) as journal:
        return [row.code for row in journal.rows]


def recount(*, batch: int = 500) -> int:
    """After days off were declared or withdrawn: move the clocks that still run, and say so on each ticket.

    Every ticket is written under its own lock. Returns how many were moved.
    """
    return sum(_recount([ticket.pk for ticket in tickets]) for tickets in queries.running_tickets(batch))


def _recount(ticket_ids: list[int]) -> int:
    timelines = queries.timelines(ticket_ids)
    calendars = calendars_named_in(timelines.values())
    return sum(
        codes.DUE_MOVED in fire_due_steps(ticket_id)
        for ticket_id, events in timelines.items()
        if _has_changed(events, calendars)
    )


def _has_changed(events: Sequence[Recorded], calendars: Mapping[str, Calendar]) -> bool:
    terms = basis_of(events, calendars).terms
    if terms is None:
        return False
    # From a second before: what was declared in the very second of the last event may have come after it.
    since = epoch(events[-1].recorded_at) - 1
    return bool(calendars[terms.calendar_key].changes_between(since, epoch(clock.now())))
