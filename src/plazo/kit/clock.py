"""The only source of time: whole UTC seconds, movable by tests and by the demo world."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_set: ContextVar[datetime | None] = ContextVar("plazo_clock", default=None)


def now() -> datetime:
    """The present instant, aware, UTC, whole seconds."""
    return _set.get() or datetime.now(UTC).replace(microsecond=0)


@contextmanager
def at(instant: datetime) -> Iterator[None]:
    """Within the block, `now()` answers `instant`."""
    token = _set.set(instant.astimezone(UTC).replace(microsecond=0))
    try:
        yield
    finally:
        _set.reset(token)
