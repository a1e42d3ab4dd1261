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


def cost_of(work: Callable[[], object]) -> Cost:
    """Run the work once, over the connections that stand already."""
    backends = _backends()
    database = _cpu(backends)
    wall, server = time.perf_counter_ns(), time.process_time_ns()
    work()
    server, wall = time.process_time_ns() - server, time.perf_counter_ns() - wall
    return Cost(server, _cpu(backends) - database, wall)


def _cpu(processes: Iterable[int]) -> int:
    # The first number is the time on the processor in nanoseconds, where `stat` counts in hundredths.
    return sum(int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) for pid in processes)


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
