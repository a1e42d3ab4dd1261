"""What it saves to compose a statement once, against Django composing it anew each time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.cost import Cost, cost_of, typical
from benchmarks.desk import database, desk
from benchmarks.figures import Figure
from benchmarks.verify import tell

TITLE = "Statements composed once"
HOW = (
    "CPU of server and database of what every act asks and writes, by `kit.selecting` and `kit.storing`, "
    "over that of the same by Django's query sets and `bulk_create`. Medians of rounds in turns, in one "
    "transaction."
)
TIMES = 20  # in each round: one alone takes less than reading the meters

Work = Callable[[], object]


def figures(cluster: str, data: Path, *, quick: bool) -> Iterator[Figure]:
    """On both databases."""
    urls = {"SQLite": f"sqlite:///{data}/statements.sqlite3", "PostgreSQL": database(cluster, "statements")}
    for name, url in urls.items():
        with desk(url, data) as process:
            process.run(tell, {"tickets": 20, "days": 60})
            costs = process.run(measure, 3 if quick else 100)
        for what, (composed, anew) in costs.items():
            yield Figure(
                f"{what}, {name}",
                composed.both / anew.both,
                "×",
                beside=f"{composed.both / TIMES / 1e3:,.0f} us over {anew.both / TIMES / 1e3:,.0f} us",
            )


# What follows runs in the process of a desk, where Django is set up.


def measure(rounds: int) -> dict[str, tuple[Cost, Cost]]:
    """Composed once and composed anew, by what is done."""
    from django.db import transaction

    with transaction.atomic():
        found = {
            what: tuple(typical(each) for each in zip(*(_round(pair) for _ in range(rounds)), strict=True))
            for what, pair in _pairs().items()
        }
        transaction.set_rollback(True)
    return {what: (composed, anew) for what, (composed, anew) in found.items()}


def _round(pair: tuple[Work, Work]) -> tuple[Cost, Cost]:
    composed, anew = pair
    return _repeated(composed), _repeated(anew)


def _repeated(work: Work) -> Cost:
    return cost_of(lambda: [work() for _ in range(TIMES)])


def _pairs() -> dict[str, tuple[Work, Work]]:
    """The same work in both ways."""
    from plazo.kit.selecting import composed
    from plazo.kit.storing import insert, insert_or_update, update
    from plazo.tickets.models import Event, Ticket, TicketClock

    ticket = Ticket.objects.latest("length")
    clocks = list(TicketClock.objects.filter(ticket=ticket).values())
    others = [field.attname for field in TicketClock._meta.concrete_fields]
    others = [name for name in others if name not in ("id", "ticket_id", "metric")]
    columns = {name: getattr(ticket, name) for name in ("head", "state", "queue_at", "changed_at", "length")}
    numbers = iter(range(1_000, 10**9))

    def event() -> Event:
        number = next(numbers)
        return Event(
            ticket=ticket,
            seq=number,
            code="noted",
            at=ticket.opened_at,
            recorded_at=ticket.opened_at,
            body="{}",
            digest=ticket.head,
        )

    def asked(ticket_id: int) -> Any:
        return Ticket.objects.filter(pk=ticket_id).select_related("requester").select_for_update(of=("self",))

    ask = composed(asked)
    return {
        "a ticket with its requester, for writing": (
            lambda: ask(ticket.pk),
            lambda: list(asked(ticket.pk)),
        ),
        "an event inserted": (
            lambda: insert([event()]),
            lambda: Event.objects.bulk_create([event()]),
        ),
        "both clocks stored": (
            lambda: insert_or_update(TicketClock, clocks, unique=("ticket_id", "metric")),
            lambda: TicketClock.objects.bulk_create(
                [TicketClock(**row) for row in clocks],
                update_conflicts=True,
                unique_fields=["ticket_id", "metric"],
                update_fields=others,
            ),
        ),
        "a ticket's row updated": (
            lambda: update(ticket, columns),
            lambda: Ticket.objects.filter(pk=ticket.pk).update(**columns),
        ),
    }
