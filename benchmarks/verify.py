"""How many tickets a second `plazo verify` recomputes on one core."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.cost import Cost, cost_of, typical
from benchmarks.desk import PASSWORD, database, desk, migrate
from benchmarks.figures import Figure

TITLE = "Recomputing every ticket"
HOW = (
    "Tickets of the demo world that `plazo verify` recomputes (chain, texts, columns and clocks), over the "
    "CPU seconds that it and the database take. Median of several runs."
)
UNTIL = datetime(2026, 11, 18, 13, tzinfo=UTC)
AT_LEAST = 5_000.0


def figures(cluster: str, data: Path, *, quick: bool) -> Iterator[Figure]:
    """On both databases."""
    size, runs = ({"tickets": 40, "days": 60}, 2) if quick else ({}, 9)
    urls = {"SQLite": f"sqlite:///{data}/verify.sqlite3", "PostgreSQL": database(cluster, "verify")}
    for name, url in urls.items():
        with desk(url, data) as process:
            tickets, events = process.run(tell, size)
            cost = process.run(measure, runs)
        on_the_wall = tickets / (cost.wall / 1e9)
        yield Figure(
            f"tickets a second and core, {name}",
            tickets / (cost.both / 1e9),
            "/s",
            None if quick else AT_LEAST,
            at_least=True,
            beside=f"{tickets:,} tickets, {events:,} events; on the wall {on_the_wall:,.0f} /s",
        )


# What follows runs in the process of a desk, where Django is set up.


def tell(size: dict[str, int]) -> tuple[int, int]:
    """Build the demo world; how many tickets and events it has."""
    from plazo.project.demo.build import build_world

    migrate()
    built = build_world(until=UNTIL, password=PASSWORD, **size)
    return built.tickets, built.events


def measure(runs: int) -> Cost:
    """Verify it again and again."""
    _verify()
    gc.collect()
    return typical(cost_of(_verify) for _ in range(runs))


def _verify() -> None:
    from plazo.tickets.verify import Verification

    if differences := list(Verification()):
        raise SystemExit(f"verify finds {len(differences)} differences: {differences[0]}")
