"""What falls due on tickets, fired in the order of its due dates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from plazo.kit import clock
from plazo.tickets.actions import fire_due_steps
from plazo.tickets.queries import tickets_with_due_steps
from plazo.worker.setbacks import isolated, waiting_subjects

BATCH: Final = 100
_TICKET: Final = "ticket:"


def fire_due_tickets(*, stopping: Callable[[], bool] = lambda: False, limit: int = BATCH) -> int:
    """Fire one batch; how many tickets it held. Each is its own transaction, and any worker may be first."""
    set_back = {
        int(subject.removeprefix(_TICKET)) for subject in waiting_subjects() if subject.startswith(_TICKET)
    }
    due = tickets_with_due_steps(clock.now(), limit=limit, excluding=set_back)
    for ticket_id in due:
        if stopping():
            break
        with isolated(f"{_TICKET}{ticket_id}"):
            fire_due_steps(ticket_id)
    return len(due)
