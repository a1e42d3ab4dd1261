"""What each transport takes and answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Letter:
    """A finished message and its envelope."""

    message_id: str
    sender: str
    recipient: str
    raw: bytes


@dataclass(frozen=True)
class Accepted:
    """The other side has taken it over."""


@dataclass(frozen=True)
class Refused:
    """Refused for ever: trying again would change nothing."""

    reason: str


@dataclass(frozen=True)
class Later:
    """Not now: a busy, broken or unreachable host."""

    reason: str


@dataclass(frozen=True)
class Withheld:
    """The caller no longer wanted it sent; nothing was handed over."""


Outcome = Accepted | Refused | Later | Withheld


class Transport(Protocol):
    """A way out."""

    def send(self, letter: Letter, *, may_send: Callable[[], bool]) -> Outcome:
        """Hand over one letter. `may_send` is asked at the last moment at which nothing has left yet."""
