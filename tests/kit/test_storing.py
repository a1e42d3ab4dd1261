"""Rows written by statements composed once are the rows that Django would have written."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from plazo.kit.storing import insert, insert_or_update, update
from plazo.tickets.models import Event, Message, Ticket, TicketClock
from tests.tickets.conftest import opened
from tests.world import NOW, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticket(world: World) -> Ticket:
    return opened(world)


def note(ticket: Ticket, seq: int, body: str = "texto") -> Message:
    return Message(ticket=ticket, seq=seq, kind=Message.KINDS[0], body=body, salt="sal", created_at=NOW)


def test_each_row_learns_its_own_id(ticket: Ticket) -> None:
    rows = [note(ticket, seq, f"texto {seq}") for seq in (101, 102, 103)]
    insert(rows)
    for row in rows:
        assert Message.objects.get(pk=row.pk).body == row.body
    assert not any(row._state.adding for row in rows)


def test_values_are_stored_as_django_stores_them(ticket: Ticket) -> None:
    ours, djangos = note(ticket, 101, "comillas ' y % y ñ"), note(ticket, 102, "comillas ' y % y ñ")
    insert([ours])
    djangos.save()
    one, other = (Message.objects.filter(pk=row.pk).values().get() for row in (ours, djangos))
    differing = {name for name in one if one[name] != other[name]}
    assert differing == {"id", "seq"}


def test_a_row_that_stands_takes_the_new_values(ticket: Ticket) -> None:
    before = {row.metric: row.pk for row in TicketClock.objects.filter(ticket=ticket)}
    rows = [row | {"elapsed": 77} for row in TicketClock.objects.filter(ticket=ticket).values()]
    insert_or_update(TicketClock, rows, unique=("ticket_id", "metric"))
    after = TicketClock.objects.filter(ticket=ticket)
    assert {row.metric: row.pk for row in after} == before
    assert {row.elapsed for row in after} == {77}


def test_a_row_that_is_new_is_inserted_beside_one_that_stands(ticket: Ticket) -> None:
    before = list(TicketClock.objects.filter(ticket=ticket).values())
    new = before[0] | {"metric": "another", "due_at": None}
    insert_or_update(TicketClock, [*before, new], unique=("ticket_id", "metric"))
    after = {row["metric"]: row for row in TicketClock.objects.filter(ticket=ticket).values()}
    assert after == {row["metric"]: row for row in before} | {"another": new | {"id": after["another"]["id"]}}


def test_a_row_without_one_of_its_columns_is_refused(ticket: Ticket) -> None:
    row = TicketClock.objects.filter(ticket=ticket).values()[0]
    del row["elapsed"]
    with pytest.raises(KeyError, match="elapsed"):
        insert_or_update(TicketClock, [row], unique=("ticket_id", "metric"))


def test_an_update_changes_these_columns_of_this_row_alone(world: World, ticket: Ticket) -> None:
    other = opened(world)
    before = {row["id"]: row for row in Ticket.objects.values()}
    new = {"changed_at": NOW + timedelta(hours=1), "assignee_id": world.consultant.pk, "at_risk_at": None}
    update(ticket, new)
    after = {row["id"]: row for row in Ticket.objects.values()}
    assert after == before | {ticket.pk: before[ticket.pk] | new}
    assert before[other.pk] == after[other.pk]


def test_an_update_is_seen_on_the_row_in_memory(world: World, ticket: Ticket) -> None:
    update(ticket, {"assignee_id": world.consultant.pk, "subject": "Comillas ' y % y ñ"})
    assert (ticket.assignee, ticket.subject) == (world.consultant, "Comillas ' y % y ñ")
    assert Ticket.objects.get(pk=ticket.pk).subject == ticket.subject


def test_a_constraint_refuses_all_rows_of_the_statement(world: World, ticket: Ticket) -> None:
    taken = Event.objects.filter(ticket=ticket).latest("seq")
    rows = [
        Event(ticket=ticket, seq=seq, code="noted", at=NOW, recorded_at=NOW, body="{}", digest="0" * 64)
        for seq in (taken.seq + 1, taken.seq)
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(rows)
    assert Event.objects.filter(ticket=ticket).latest("seq").seq == taken.seq


def test_no_rows_are_no_statement(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        insert([])
        insert_or_update(TicketClock, [], unique=("ticket_id",))
