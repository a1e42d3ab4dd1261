"""Which events are told to whom: a pure function from what was recorded together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, Protocol

from plazo.sla import timeline as events

Role = Literal["requester", "assignee", "lead", "administrator"]
Tell = Mapping[str, Sequence[Role]]

# To the client.
RECEIVED: Final = "received"
ANSWERED: Final = "answered"
CLASSIFIED: Final = "classified"
REBOUND: Final = "rebound"
PAUSED: Final = "paused"
RESUMED: Final = "resumed"
DUE_MOVED: Final = "due_moved"
RESOLVED: Final = "resolved"
REOPENED: Final = "reopened"
MISSED: Final = "missed"
CLOSING_SOON: Final = "closing_soon"
CLOSED: Final = "closed"
# To the desk.
ASSIGNED: Final = "assigned"
ESCALATED: Final = "escalated"
PAUSE_ENDING: Final = "pause_ending"
CLIENT_WORD: Final = "client_word"
DISPUTED: Final = "disputed"
WAIVER_REQUESTED: Final = "waiver_requested"
UNDELIVERED: Final = "undelivered"
ESTIMATE_PASSED: Final = "estimate_passed"

# They say what the client's own word did to the terms, so the client is told of them all the same.
CONFIRMATIONS: Final = frozenset({RECEIVED, RESUMED, REOPENED, CLOSED})

# Recorded together, the second already says what the first would.
SAID_BY: Final[Mapping[str, frozenset[str]]] = {
    ANSWERED: frozenset({PAUSED, RESOLVED}),
    CLASSIFIED: frozenset({RECEIVED, REBOUND}),
    DUE_MOVED: frozenset({CLASSIFIED, REBOUND}),
    RESUMED: frozenset({RESOLVED, REOPENED, CLOSED}),
    CLOSING_SOON: frozenset({REOPENED, CLOSED}),
    RESOLVED: frozenset({CLOSED}),
    PAUSE_ENDING: frozenset({CLIENT_WORD}),
}


class Recorded(Protocol):
    """An event as it was just written."""

    @property
    def code(self) -> str: ...
    @property
    def seq(self) -> int: ...
    @property
    def actor_id(self) -> int | None: ...
    @property
    def data(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True)
class Telling:
    """Something to be told to those who hold one of the roles.

    not_to     who did it, and needs no telling
    reply_seq  the answer it carries to the client
    """

    code: str
    seq: int
    roles: tuple[Role, ...]
    not_to: int | None = None
    reply_seq: int | None = None


def plan(recorded: Sequence[Recorded], *, tell: Tell) -> list[Telling]:
    """What is to be told of events recorded together. `tell`: the roles of each escalation step.

    Of several events with one meaning the last is told, to all that any of them concerns.
    """
    chosen: dict[str, Telling] = {}
    for event in recorded:
        for telling in _RULES[event.code](event, tell) if event.code in _RULES else ():
            earlier = chosen.pop(telling.code, None)
            chosen[telling.code] = _joined(earlier, telling) if earlier else telling
    reply = next((event.seq for event in reversed(recorded) if event.code == events.REPLIED), None)
    return [
        _carrying(telling, reply)
        for telling in chosen.values()
        if not SAID_BY.get(telling.code, frozenset()) & chosen.keys()
    ]


def _joined(earlier: Telling, later: Telling) -> Telling:
    roles = tuple(dict.fromkeys(earlier.roles + later.roles))
    return Telling(later.code, later.seq, roles, later.not_to)


def _carrying(telling: Telling, reply: int | None) -> Telling:
    if reply is None or telling.code not in (ANSWERED, PAUSED, RESOLVED):
        return telling
    return Telling(telling.code, telling.seq, telling.roles, telling.not_to, reply)


_Rule = Callable[[Recorded, Tell], Iterator[Telling]]


def _always(code: str, *roles: Role) -> _Rule:
    def rule(event: Recorded, tell: Tell) -> Iterator[Telling]:
        yield Telling(code, event.seq, roles, None if code in CONFIRMATIONS else event.actor_id)

    return rule


def _escalated(event: Recorded, tell: Tell) -> Iterator[Telling]:
    yield Telling(ESCALATED, event.seq, tuple(tell[event.data["step"]]), event.actor_id)


def _reopened(event: Recorded, tell: Tell) -> Iterator[Telling]:
    yield Telling(REOPENED, event.seq, ("requester",))
    yield Telling(CLIENT_WORD, event.seq, ("assignee",), event.actor_id)


def _assigned(event: Recorded, tell: Tell) -> Iterator[Telling]:
    if event.data["to"] is not None:
        yield Telling(ASSIGNED, event.seq, ("assignee",), event.actor_id)


_RULES: Final[Mapping[str, _Rule]] = {
    events.OPENED: _always(RECEIVED, "requester"),
    events.REPLIED: _always(ANSWERED, "requester"),
    events.CLASSIFIED: _always(CLASSIFIED, "requester"),
    events.REBOUND: _always(REBOUND, "requester"),
    events.PAUSED: _always(PAUSED, "requester"),
    events.RESUMED: _always(RESUMED, "requester"),
    events.DUE_MOVED: _always(DUE_MOVED, "requester"),
    events.RESOLVED: _always(RESOLVED, "requester"),
    events.REOPENED: _reopened,
    events.BREACHED: _always(MISSED, "requester"),
    events.CLOSING_WARNED: _always(CLOSING_SOON, "requester"),
    events.CLOSED: _always(CLOSED, "requester"),
    events.ASSIGNED: _assigned,
    events.ESCALATED: _escalated,
    events.PAUSE_WARNED: _always(PAUSE_ENDING, "assignee"),
    events.CLIENT_REPLIED: _always(CLIENT_WORD, "assignee"),
    events.CONFIRMED: _always(CLIENT_WORD, "assignee"),
    events.DISPUTED: _always(DISPUTED, "assignee", "lead"),
    events.WAIVER_REQUESTED: _always(WAIVER_REQUESTED, "lead", "administrator"),
    events.UNDELIVERED: _always(UNDELIVERED, "assignee", "lead"),
    events.ESTIMATE_PASSED: _always(ESTIMATE_PASSED, "assignee"),
}
