"""What work costs: CPU of this process and of the database's own, and the time on the wall."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from django.db import connection


@dataclass(frozen=True, slots=True)
class Cost:
    """Nanoseconds. `database` is 0 on SQLite, which works inside this process."""

    server: int
    database: int
    wall: int

    @property
    def both(self) -> int:
        return self.server + self.database


class Meter:
    """Measures work that goes to the database by connections which stand already."""

    def __init__(self) -> None:
        self.backends = [Path(f"/proc/{pid}/schedstat") for pid in _backends()]

    def cost(self, work: Callable[[], object]) -> Cost:
        """Run the work once."""
        database = self._database()
        wall, server = time.perf_counter_ns(), time.process_time_ns()
        work()
        server, wall = time.process_time_ns() - server, time.perf_counter_ns() - wall
        return Cost(server, self._database() - database, wall)

    def _database(self) -> int:
        # The first number is the time on the processor in nanoseconds, where `stat` counts in hundredths.
        return sum(int(path.read_text().split()[0]) for path in self.backends)


def _backends() -> list[int]:
    if connection.vendor == "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity "
            "WHERE datname = current_database() AND backend_type = 'client backend'"
        )
        return [pid for (pid,) in cursor.fetchall()]


def typical(costs: Iterable[Cost]) -> Cost:
    """The median of each part: a neighbour on the machine disturbs some rounds, not most."""
    found: Sequence[Cost] = list(costs)
    return Cost(
        *(int(median(getattr(cost, part) for cost in found)) for part in ("server", "database", "wall"))
    )
