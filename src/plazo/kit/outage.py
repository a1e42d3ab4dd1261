"""What a lost database looks like, and how to begin anew after it."""

from __future__ import annotations

from typing import Final

from django.db import InterfaceError, OperationalError, connections

# A fault of the connection and never of the work at hand: the same work is right a moment later.
OUTAGES: Final = (OperationalError, InterfaceError)


def forget_connections() -> None:
    """Give up this thread's connections; the next query opens new ones."""
    connections.close_all()
