"""The events of a ticket as the engine reads them, and the vocabulary of their codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

# Inputs: they change the state or a clock.
OPENED: Final = "opened"  # kind | None, priority | None
CLASSIFIED: Final = "classified"  # kind | None, priority
REBOUND: Final = "rebound"  # commitment: key in `rebound_to`; kind, priority if the new one names others
REPLIED: Final = "replied"  # canned: bool; by a person with a desk role
CALLED: Final = "called"  # spoke: bool
UNDELIVERED: Final = "undelivered"  # reply: seq of the answer nobody received
PAUSED: Final = "paused"  # reason
RESUMED: Final = "resumed"  # cause: client | consultant | limit, pause: seq of the pause
PROMISED: Final = "promised"  # due: epoch seconds of the estimated solution
RESOLVED: Final = "resolved"
REOPENED: Final = "reopened"  # `at` is the client's word, `recorded_at` the act
CLOSED: Final = "closed"  # cause: period | client | lead; by the period also resolved: seq
CLIENT_REPLIED: Final = "client_replied"
REVIEWED: Final = "reviewed"  # a consultant read the client's word and lets the solution stand

# Records: they say that something was done about a clock and never change it.
BREACHED: Final = "breached"  # metric, commitment
ESCALATED: Final = "escalated"  # metric, step, commitment
PAUSE_WARNED: Final = "pause_warned"  # pause
CLOSING_WARNED: Final = "closing_warned"  # resolved: seq
ESTIMATE_PASSED: Final = "estimate_passed"  # promised: seq of the estimate that went by
DUE_MOVED: Final = "due_moved"  # metric, before, after: epoch seconds | None; cause
NOTED: Final = "noted"
ASSIGNED: Final = "assigned"  # to: person id | None
DISPUTED: Final = "disputed"  # what: priority | pause
WAIVER_REQUESTED: Final = "waiver_requested"  # metric, cause, holder
WAIVED: Final = "waived"  # metric, request: seq, approved: bool
CONFIRMED: Final = "confirmed"  # the client confirms the solution


_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(slots=True)  # not frozen: read by the thousand, and freezing trebles what making one costs
class Event:
    """Something that happened to a ticket.

    at           when it happened, as stated; only starts and reopenings count from it
    recorded_at  when the desk wrote it down; stops and pauses count from it
    seq          place in the timeline, breaking ties of `recorded_at`
    Both are aware datetimes in whole seconds.
    """

    code: str
    at: datetime
    recorded_at: datetime
    seq: int
    data: Mapping[str, Any] = field(default_factory=dict)


def epoch(value: datetime) -> int:
    """Whole seconds since 1970 of an aware datetime."""
    # Half of what timestamp() takes, as no float is made.
    since = value - _EPOCH
    return since.days * 86_400 + since.seconds
