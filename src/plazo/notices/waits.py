"""How long to wait between tries, and when to give up."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import SystemRandom

FIRST = timedelta(minutes=1)
LONGEST = timedelta(hours=4)
GIVE_UP_AFTER = timedelta(days=5)  # RFC 5321 4.5.4.1: at least four to five days

_random = SystemRandom()


def wait_after(attempts: int) -> timedelta:
    """Twice as long after each attempt, up to four hours, a fifth more or less so that none keep step."""
    doubled = FIRST * (1 << min(max(attempts, 1) - 1, 10))
    return min(doubled, LONGEST) * _random.uniform(0.8, 1.2)


def next_try(*, created_at: datetime, attempts: int, now: datetime) -> datetime | None:
    """When to try again; None once the message is too old."""
    chosen = (now + wait_after(attempts)).replace(microsecond=0)
    return chosen if chosen <= created_at + GIVE_UP_AFTER else None
