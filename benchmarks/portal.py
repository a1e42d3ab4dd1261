"""What it costs to open a ticket by the portal's form, against a page that inserts one row."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

from benchmarks.desk import Visitor, database, desk, found_desk, visitor
from benchmarks.figures import Figure

TITLE = "Opening a ticket by the portal"
HOW = (
    "CPU of a POST of the report form through the WSGI handler with all middleware (multipart, session and "
    "CSRF cookies, a fresh one-time key each), over that of a page that inserts one row behind the same "
    "middleware, sign-in and form. PostgreSQL; medians of interleaved rounds, without getting the form."
)
CONTACT = "contacto2@andes.example"
AT_MOST = 4.0
WARM_UP = 20


def figures(cluster: str, data: Path, *, quick: bool) -> Iterator[Figure]:
    """On PostgreSQL."""
    with desk(database(cluster, "portal"), data) as process:
        yield from process.run(measure, 5 if quick else 300)


def measure(rounds: int) -> list[Figure]:
    """Rounds of both, in turns."""
    from django.test import override_settings

    from benchmarks import one_row
    from benchmarks.cost import Cost, cost_of, typical
    from plazo.tickets.models import Ticket

    found_desk()
    one_row.create_table()
    addresses = ("/reportar/", f"/{one_row.ADDRESS}")
    costs: dict[str, list[Cost]] = {address: [] for address in addresses}
    with override_settings(ROOT_URLCONF=one_row.__name__):
        contact = visitor(CONTACT)
        for number in range(WARM_UP):
            for address in addresses:
                Post(contact, address, number).send()
        gc.collect()
        for number in range(rounds):
            for address in addresses:
                costs[address].append(cost_of(Post(contact, address, number).send))
    if (Ticket.objects.count(), one_row.Line.objects.count()) != (WARM_UP + rounds, WARM_UP + rounds):
        raise SystemExit("not every form made its row")
    ticket, line = (typical(costs[address]) for address in addresses)
    return [
        Figure(
            "CPU of the server",
            ticket.server / line.server,
            "×",
            AT_MOST,
            beside=f"{ticket.server / 1e6:.1f} ms over {line.server / 1e6:.1f} ms",
        ),
        Figure(
            "CPU of server and PostgreSQL",
            ticket.both / line.both,
            "×",
            AT_MOST,
            beside=f"{ticket.both / 1e6:.1f} ms over {line.both / 1e6:.1f} ms",
        ),
    ]


class Post:
    """The filled in form of a report, made before it is sent."""

    def __init__(self, contact: Visitor, address: str, number: int) -> None:
        from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

        filled = contact.get("/reportar/").hidden | {
            "service": "",
            "kind": "ALTO-01",
            "subject": f"No sale ninguna factura de la serie {number}",
            "body": "Desde las nueve de la mañana ninguna caja puede emitir. " * 5,
        }
        self.contact, self.address, self.content_type = contact, address, MULTIPART_CONTENT
        self.body = encode_multipart(BOUNDARY, filled)

    def send(self) -> None:
        answer = self.contact.post(self.address, self.body, self.content_type)
        if answer.status != 302:
            raise SystemExit(f"{self.address} answered {answer.status}: {answer.body.decode()[-3000:]}")
