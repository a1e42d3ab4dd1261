"""A world that is only made up writes its notices and sends none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_suppressed: ContextVar[bool] = ContextVar("plazo_notices_suppressed", default=False)


def is_suppressed() -> bool:
    """Whether notices written now are never to be sent."""
    return _suppressed.get()


@contextmanager
def suppress() -> Iterator[None]:
    """Within the block notices are written, marked not to be sent."""
    token = _suppressed.set(True)
    try:
        yield
    finally:
        _suppressed.reset(token)
