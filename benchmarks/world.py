"""How long the demo world takes to build."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.cost import Cost, cost_of
from benchmarks.desk import PASSWORD, desk, migrate
from benchmarks.figures import Figure
from benchmarks.verify import UNTIL

TITLE = "The demo world"
HOW = (
    "A year of six clients told through the actions, each with its own clock, chain, index and notices, as "
    "`make run` builds it the first time: into a new SQLite database."
)
AT_MOST = 30.0


def figures(cluster: str, data: Path, *, quick: bool) -> Iterator[Figure]:
    """On SQLite."""
    size = {"tickets": 40, "days": 60} if quick else {}
    with desk(f"sqlite:///{data}/world.sqlite3", data) as process:
        tickets, events, cost = process.run(build, size)
    yield Figure(
        "on the wall",
        cost.wall / 1e9,
        "s",
        AT_MOST,
        beside=f"{tickets:,} tickets, {events:,} events",
    )
    yield Figure("CPU", cost.server / 1e9, "s", beside=f"{cost.server / events / 1e6:.2f} ms an event")


def build(size: dict[str, int]) -> tuple[int, int, Cost]:
    """Runs in the process of a desk, where Django is set up: tickets, events, and what they cost."""
    from plazo.project.demo.build import Built, build_world

    migrate()
    built: list[Built] = []
    cost = cost_of(lambda: built.append(build_world(until=UNTIL, password=PASSWORD, **size)))
    return built[0].tickets, built[0].events, cost
