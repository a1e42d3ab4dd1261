"""A desk with as many open tickets as wanted: some made by the actions, the rest copies of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random
from typing import Final

from django.db import connection, models
from django.db.backends.utils import CursorWrapper

from benchmarks.desk import found_desk
from plazo.kit import clock
from plazo.project.demo.cast import Cast, Client
from plazo.tickets import actions
from plazo.tickets.models import FAR, Event, Ticket

NOW: Final = datetime(2026, 11, 18, 13, tzinfo=UTC)  # a Wednesday, 10:00 in Santiago
SUBJECTS: Final = (
    "No sale ninguna factura desde la caja",
    "La guía de despacho queda sin folio",
    "El informe mensual muestra dos veces la misma venta",
    "No llega el correo con la boleta al cliente",
    "La integración con el banco dejó de conciliar",
)
RARE: Final = "La sucursal nueva no puede emitir"


def seed(*, templates: int, groups: int, group: int) -> None:
    """Make tickets by the actions: some to be copied, then groups of which one falls due each minute."""
    cast = found_desk()
    for number, random in zip(range(templates), _dice(), strict=False):
        _template(cast, number, random)
    with clock.at(NOW):
        for ticket in Ticket.objects.filter(next_step_at__lte=NOW).values_list("pk", flat=True):
            actions.fire_due_steps(ticket)
    _groups_that_fall_due(cast, groups, group)


def _dice() -> Iterator[Random]:
    return (Random(number) for number in count())  # noqa: S311 - a made-up world, not a secret


def _template(cast: Cast, number: int, random: Random) -> None:
    """An open ticket of the last days: new, taken, answered, or paused for one side or the other."""
    client, consultant = random.choice(cast.clients), cast.consultants[number % 3]
    kind = random.choice(("ALTO-01", "MEDIO-01", "BAJO-01", "BAJO-02", None))
    begin = NOW - timedelta(seconds=random.randrange(7_200, 2 * 86_400))
    ticket = _opened(client, begin, kind=kind, subject=f"{random.choice(SUBJECTS)} {number}")
    fate = number % 6
    with clock.at(begin + timedelta(seconds=random.randrange(60, 3_600))):
        if fate >= 2:
            actions.take(ticket.pk, actor=consultant)
        if fate == 3:
            actions.reply(ticket.pk, actor=consultant, body="Lo estamos revisando.")
        if fate == 4:
            actions.pause(ticket.pk, actor=consultant, reason="client", body="¿Con qué folio ocurre?")
        if fate == 5:
            actions.pause(ticket.pk, actor=consultant, reason="bank")


def _groups_that_fall_due(cast: Cast, groups: int, size: int) -> None:
    """In each minute from `NOW` on, the first step of one group; none has two in that time."""
    around_the_clock = next(client for client in cast.clients if client.company.key == "plaza")
    sample = _opened(around_the_clock, NOW, kind="ALTO-01", subject="Muestra")
    assert sample.next_step_at is not None
    lead_time = sample.next_step_at - NOW
    for number in range(1, groups + 1):
        begin = due_minute(number) - lead_time
        for _ in range(size):
            _opened(around_the_clock, begin, kind="ALTO-01", subject=RARE if number == 1 else SUBJECTS[0])


def due_minute(group: int) -> datetime:
    """When the steps of a group fall due, counted from 1."""
    return NOW + timedelta(minutes=group)


def _opened(client: Client, begin: datetime, *, kind: str | None, subject: str) -> Ticket:
    with clock.at(begin):
        return actions.open_ticket(
            client.contacts[0] if kind else client.contacts[-1],
            organization=client.organization,
            contract_version=client.contract,
            channel="portal",
            subject=subject,
            body="Desde la mañana, en todas las cajas.",
            kind=kind,
        )


# A copy has the rows that lists, pages and the sweep read: ticket, events, search. It is older than its
# model by up to a day, so that no two fall due together, and has no step before the measurement is over.
_COPIES: Final = """
    JOIN generate_series(1, %(rounds)s) AS k
    ON {ticket} <= %(templates)s AND (k - 1) * %(templates)s + {ticket} <= %(missing)s
"""
_INDEXES: Final = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
    WHERE indrelid = ANY (%s::regclass[])
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
"""
_NUMBER: Final = "{ticket} + k * %(stride)s"
_AGE: Final = "((k * 7919 + {ticket} * 104729) %% 86400) * interval '1 second'"


def multiply(*, templates: int, until: int) -> None:
    """Copy the first `templates` tickets until there are `until` in all."""
    missing = until - Ticket.objects.count()
    params: dict[str, int | datetime] = {
        "stride": Ticket.objects.order_by("-pk").values_list("pk", flat=True)[0],
        "templates": templates,
        "missing": missing,
        "rounds": -(-missing // templates),
        "far": FAR,
        "later": NOW + timedelta(days=1),
    }
    with connection.cursor() as cursor:
        cursor.execute("ALTER SYSTEM SET max_wal_size = '256MB'")
        cursor.execute("SELECT pg_reload_conf()")
        # What a copy refers to is there: to look for each would take longer than to write it.
        cursor.execute("SET session_replication_role = replica")
        with _indexes_afterwards(cursor):
            for statement in (_tickets(), _events(), _words()):
                cursor.execute(statement, params)
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence('tickets_ticket', 'id'), max(id)) FROM tickets_ticket"
        )
        cursor.execute("RESET session_replication_role")
        cursor.execute("VACUUM ANALYZE")
    if Ticket.objects.count() != until:
        raise SystemExit("there are not as many tickets as wanted")


@contextmanager
def _indexes_afterwards(cursor: CursorWrapper) -> Iterator[None]:
    """An index is built in a fraction of the time that it takes to grow."""
    cursor.execute(_INDEXES, [["tickets_ticket", "tickets_event", "tickets_search"]])
    indexes = cursor.fetchall()
    for name, _ in indexes:
        cursor.execute(f"DROP INDEX {name}")
    yield
    cursor.execute("SET maintenance_work_mem = '256MB'")
    for _, definition in indexes:
        cursor.execute(definition)


def _tickets() -> str:
    number, age = _NUMBER.format(ticket="t.id"), _AGE.format(ticket="t.id")
    changed = {
        "id": number,
        "uid": "gen_random_uuid()",
        "subject": "t.subject || ' ' || k",
        "queue_at": f"CASE WHEN t.queue_at = %(far)s THEN t.queue_at ELSE t.queue_at - {age} END",
        "next_step_at": f"greatest(t.next_step_at - {age}, %(later)s)",
        "opened_at": f"t.opened_at - {age}",
        "at_risk_at": f"t.at_risk_at - {age}",
        "changed_at": f"t.changed_at - {age}",
    }
    return _insert(Ticket, changed, f"tickets_ticket AS t {_COPIES.format(ticket='t.id')}")


def _events() -> str:
    number, age = _NUMBER.format(ticket="t.ticket_id"), _AGE.format(ticket="t.ticket_id")
    changed = {
        "id": "nextval(pg_get_serial_sequence('tickets_event', 'id'))",
        "ticket_id": number,
        "at": f"t.at - {age}",
        "recorded_at": f"t.recorded_at - {age}",
    }
    return _insert(Event, changed, f"tickets_event AS t {_COPIES.format(ticket='t.ticket_id')}")


def _words() -> str:
    ticket = "t.ticket_id"
    return (
        f"INSERT INTO tickets_search (ticket_id, terms) SELECT {_NUMBER.format(ticket=ticket)}, "  # noqa: S608 - ours
        "array_to_tsvector(tsvector_to_array(t.terms) || k::text) "
        f"FROM tickets_search AS t {_COPIES.format(ticket=ticket)}"
    )


def _insert(model: type[models.Model], changed: dict[str, str], source: str) -> str:
    """All columns of the model, as they are unless changed."""
    columns = [str(field.column) for field in model._meta.concrete_fields]
    values = ", ".join(changed.get(column, f"t.{column}") for column in columns)
    return f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) SELECT {values} FROM {source}"  # noqa: S608 - ours
