"""Every write to a ticket."""

from plazo.tickets.actions.conversation import (
    client_reply,
    log_call,
    mark_undelivered,
    note,
    reply,
    review,
)
from plazo.tickets.actions.opening import open_ticket
from plazo.tickets.actions.stepping import fire_due_steps, recount

__all__ = [
    "client_reply",
    "fire_due_steps",
    "log_call",
    "mark_undelivered",
    "note",
    "open_ticket",
    "recount",
    "reply",
    "review",
]
