"""Whether the host's clock can be believed before anything is done by it.

A clock set forward would make every term look missed, and tell everybody. Time that passed in sleep
is no jump, so the wall clock is compared with the one that counts from the start of the machine.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from django.db import connection

from plazo.kit import clock
from plazo.worker.holds import hold, lift, standing_hold, stands
from plazo.worker.models import Hold

logger = logging.getLogger(__name__)

LARGEST_JUMP: Final = timedelta(minutes=10)
LARGEST_DRIFT: Final = timedelta(seconds=60)
HELD, DATABASE_CLOCK = "hold", "database_clock"


def since_boot() -> float:
    """Seconds that no setting of the clock changes, sleep included."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


class ClockWatch:
    """One worker's eye on the clock."""

    def __init__(self, steady: Callable[[], float] = since_boot) -> None:
        self.steady = steady
        self.expected = self._offset()
        self.own: Hold | None = None

    def objection(self) -> str:
        """Why no automatic work may be done now; "" when all is well."""
        self._look_for_jump()
        if standing_hold() is not None:
            return HELD
        drift = database_drift()
        if drift > LARGEST_DRIFT:
            logger.error("the clocks of host and database are %s apart: nothing is fired", drift)
            return DATABASE_CLOCK
        return ""

    def _look_for_jump(self) -> None:
        jump = self._offset() - self.expected
        if jump <= LARGEST_JUMP:
            if self.own is not None:
                logger.warning("the clock is right again: its hold is lifted")
                lift(self.own)
                self.own = None
        elif self.own is None:
            logger.error("the clock jumped forward by %s: automatic work is held", jump)
            self.own = hold(f"clock_jump: {jump}")
        elif not stands(self.own):  # a person looked at it and lets the work go on
            self.expected = self._offset()
            self.own = None

    def _offset(self) -> timedelta:
        return timedelta(seconds=clock.now().timestamp() - self.steady())


def database_drift() -> timedelta:
    """How far the database's clock is from this host's; SQLite has none of its own."""
    if connection.vendor != "postgresql":
        return timedelta()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        there: datetime = cursor.fetchone()[0]
    return abs(there - clock.now())
