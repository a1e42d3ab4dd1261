"""Whether the queue and the sweep cost the same however many tickets are open."""

from __future__ import annotations

import gc
import html
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from benchmarks.cost import Cost, cost_of, typical
from benchmarks.desk import Answer, Desk, Visitor, database, desk, visitor
from benchmarks.figures import Figure

TITLE = "Lists and the sweep, by the number of open tickets"
HOW = (
    "CPU of server and PostgreSQL at so many open tickets, over that at the fewest, with 50 rows to show or "
    "to fire each time. The queue is asked for through the WSGI handler with all middleware; the sweep "
    "claims and fires due tickets, each in its transaction. Medians of rounds that go from database to "
    "database."
)
CONSULTANT = "consultora.uno@mesa.example"
QUEUE = "/mesa/"
ROWS = 50  # on a page, and due in each minute of the sweep
REPEATS = 2
PAGES: Final = {
    "queue": "",
    "queue, mine": "vista=mios",
    "queue, unassigned": "vista=sin-asignar",
    "queue, missed": "vista=incumplidos",
    "search, a word of 50 tickets": "buscar=sucursal",
    "search, a word of every fifth ticket": "buscar=factura",
}
NEXT_PAGE, SWEEP = "queue, second page", "sweep"


@dataclass(frozen=True, slots=True)
class Size:
    """How many tickets are open, and what a page may cost over the smallest."""

    tickets: int
    at_most: float | None = None


SIZES = (Size(1_000), Size(100_000, 1.3), Size(1_000_000, 1.5))
QUICK = (Size(150), Size(300))


def figures(cluster: str, data: Path, *, quick: bool) -> Iterator[Figure]:
    """On PostgreSQL: a database for each size, all of them grown from one."""
    sizes, templates, minutes = (QUICK, 30, 1) if quick else (SIZES, 380, 12)
    with desk(database(cluster, "seed"), data) as founder:
        founder.run(seed, templates=templates, minutes=minutes)
    with ExitStack() as stack:
        desks: dict[Size, Desk] = {}
        for size in sizes:
            url = database(cluster, f"open_{size.tickets}", template="seed")
            desks[size] = stack.enter_context(desk(url, data))
            desks[size].run(grow, templates=templates, until=size.tickets)
        costs = _costs(desks, minutes, rows=1 if quick else ROWS)
    yield from _compared(costs)


def _costs(desks: dict[Size, Desk], minutes: int, *, rows: int) -> dict[str, dict[Size, Cost]]:
    """What each page and the sweep cost at each size."""
    things: list[tuple[str, Callable[[str, int, int], Cost], int]] = [
        *((name, show, REPEATS) for name in (*PAGES, NEXT_PAGE)),
        (SWEEP, sweep, 1),
    ]
    found: dict[str, dict[Size, list[Cost]]] = {name: {size: [] for size in desks} for name, *_ in things}
    for minute in range(1, minutes + 1):
        for name, work, repeats in things:
            for _ in range(repeats):
                for size, process in desks.items():
                    found[name][size].append(process.run(work, name, minute, rows))
    return {name: {size: typical(each) for size, each in sizes.items()} for name, sizes in found.items()}


def _compared(costs: dict[str, dict[Size, Cost]]) -> Iterator[Figure]:
    for name, sizes in costs.items():
        (smallest, least), *larger = sizes.items()
        for size, cost in larger:
            yield Figure(
                f"{name}: {size.tickets:,} over {smallest.tickets:,}",
                cost.both / least.both,
                "×",
                size.at_most,
                beside=f"{cost.both / 1e6:.1f} ms over {least.both / 1e6:.1f} ms; "
                f"on the wall {cost.wall / 1e6:.1f} ms over {least.wall / 1e6:.1f} ms",
            )


# What follows runs in the process of a desk, where Django is set up.


def seed(*, templates: int, minutes: int) -> None:
    from benchmarks import filling

    filling.seed(templates=templates, groups=minutes, group=ROWS)


def grow(*, templates: int, until: int) -> None:
    """Copy, and fill every cache."""
    from benchmarks import filling

    filling.multiply(templates=templates, until=until)
    for name in (*PAGES, NEXT_PAGE) * 3:
        show(name, 0, 1)
    gc.collect()
    gc.freeze()


def show(name: str, minute: int, rows: int) -> Cost:
    """A page of the queue in that minute, and that it shows so many rows at least."""
    from benchmarks.filling import due_minute
    from plazo.kit import clock

    with clock.at(due_minute(minute)):
        query = _query(name)
        answers: list[Answer] = []
        cost = cost_of(lambda: answers.append(_consultant().get(QUEUE, query)))
    shown = len(set(re.findall(rb'href="/mesa/tickets/(\d+)/', answers[0].body)))
    if answers[0].status != 200 or shown < rows:
        raise SystemExit(f"{name} answered {answers[0].status} with {shown} rows")
    return cost


def sweep(name: str, minute: int, rows: int) -> Cost:
    """One look of the worker in that minute, and that it fires so many tickets at least."""
    from benchmarks.filling import due_minute
    from plazo.kit import clock
    from plazo.worker.sweep import fire_due_tickets

    fired: list[int] = []
    with clock.at(due_minute(minute)):
        cost = cost_of(lambda: fired.append(fire_due_tickets()))
    if not rows <= fired[0] < 2 * ROWS:
        raise SystemExit(f"{name}: {fired[0]} tickets were due")
    return cost


@cache
def _consultant() -> Visitor:
    return visitor(CONSULTANT)


def _query(name: str) -> str:
    if name != NEXT_PAGE:
        return PAGES[name]
    found = re.search(r'href="\?([^"]*desde=[^"]+)"', _consultant().get(QUEUE).body.decode())
    if found is None:
        raise SystemExit("the queue has no second page")
    return html.unescape(found[1])
