"""Every write to a ticket."""

from plazo.tickets.actions.assigning import assign, release, take
from plazo.tickets.actions.classifying import classify
from plazo.tickets.actions.conversation import (
    client_reply,
    log_call,
    mark_undelivered,
    note,
    reply,
    review,
)
from plazo.tickets.actions.disputing import dispute
from plazo.tickets.actions.opening import open_ticket
from plazo.tickets.actions.rebinding import rebind
from plazo.tickets.actions.renaming import index_anew
from plazo.tickets.actions.sealing import seal_day
from plazo.tickets.actions.solving import confirm, promise, reopen, resolve
from plazo.tickets.actions.stepping import fire_due_steps, recount
from plazo.tickets.actions.waiting import pause, resume
from plazo.tickets.actions.waiving import decide_waiver, request_waiver

__all__ = [
    "assign",
    "classify",
    "client_reply",
    "confirm",
    "decide_waiver",
    "dispute",
    "fire_due_steps",
    "index_anew",
    "log_call",
    "mark_undelivered",
    "note",
    "open_ticket",
    "pause",
    "promise",
    "rebind",
    "recount",
    "release",
    "reopen",
    "reply",
    "request_waiver",
    "resolve",
    "resume",
    "review",
    "seal_day",
    "take",
]
