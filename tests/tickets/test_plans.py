"""Every list, the sweep and the search reach their tickets by an index, on both databases."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.db import connection

from plazo.people.models import Person
from plazo.tickets import queries, search
from tests.tickets.conftest import at, instant, opened
from tests.world import World

INDEXES = {
    "all": "ticket_queue",
    "mine": "ticket_queue_of_assignee",
    "unassigned": "ticket_queue_of_assignee",
    "at_risk": "ticket_at_risk",
    "breached": "ticket_queue",
    "waiting_client": "ticket_waiting",
    "waiting_third_party": "ticket_waiting",
}
MARK = (instant("14:00"), 7)

# A table of a few rows is read whole, whatever its indexes: leave the planner the other ways only.
ONLY_INDEXES = ("enable_seqscan", "enable_sort", "enable_bitmapscan", "enable_hashjoin", "enable_mergejoin")


def plan_of(work: Callable[[], object]) -> str:
    """How the database runs the queries that ask for tickets."""
    asked: list[tuple[str, Sequence[Any]]] = []

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("SELECT") and 'FROM "tickets_ticket"' in sql:
            asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen), at("15:30"):
        work()
    assert asked
    return "\n".join(line for sql, params in asked for line in explained(sql, params))


def explained(sql: str, params: Sequence[Any]) -> list[str]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
            return [row[3] for row in cursor.fetchall()]
        for setting in ONLY_INDEXES:
            cursor.execute(f"SET LOCAL {setting} = off")
        cursor.execute(f"EXPLAIN (COSTS OFF) {sql}", params)
        return [row[0] for row in cursor.fetchall()]


def uses(plan: str, index: str) -> bool:
    return re.search(rf"\b({index})\b", plan) is not None


def sorts(plan: str) -> bool:
    return "TEMP B-TREE" in plan or re.search(r"\bSort\b", plan) is not None


def reads_all_tickets(plan: str) -> bool:
    return re.search(r"Seq Scan on tickets_ticket|SCAN tickets_ticket(?! USING)", plan) is not None


@pytest.mark.parametrize("view", queries.VIEWS)
@pytest.mark.parametrize("after", [None, MARK], ids=["first page", "later page"])
def test_a_page_of_a_view_is_a_range_of_its_index(
    world: World, view: str, after: queries.Place | None
) -> None:
    plan = plan_of(lambda: queries.queue(world.consultant, view=view, after=after))
    assert uses(plan, INDEXES[view])
    assert not sorts(plan)
    assert not reads_all_tickets(plan)


@pytest.mark.parametrize("view", queries.VIEWS)
def test_a_view_is_counted_on_an_index(world: World, view: str) -> None:
    plan = plan_of(lambda: queries.count_up_to(queries.in_view(world.consultant, view)))
    assert not reads_all_tickets(plan)


@pytest.mark.parametrize(
    ("who", "index"), [("contact", "ticket_of_requester"), ("colleague", "ticket_of_client")]
)
def test_the_tickets_of_a_client_are_listed_by_an_index(world: World, who: str, index: str) -> None:
    person: Person = getattr(world, who)
    plan = plan_of(lambda: list(queries.tickets_of(person)[:26]))
    assert uses(plan, index)
    assert not sorts(plan)


def test_the_first_page_of_a_client_is_a_range_of_the_clients_queue(world: World) -> None:
    plan = plan_of(lambda: list(queries.in_view(world.colleague, "all")[:40]))
    assert uses(plan, "ticket_queue_of_client")
    assert not sorts(plan)


def test_the_first_page_of_a_contact_reads_no_foreign_ticket(world: World) -> None:
    assert not reads_all_tickets(plan_of(lambda: list(queries.in_view(world.contact, "all")[:40])))


def test_the_sweep_reads_only_what_is_due(world: World) -> None:
    plan = plan_of(lambda: queries.tickets_with_due_steps(instant("15:30"), excluding=[1, 2]))
    assert uses(plan, "ticket_next_step")
    assert not sorts(plan)


def test_a_recount_walks_the_tickets_by_number(world: World) -> None:
    opened(world)
    plan = plan_of(lambda: next(queries.running_tickets()))
    assert not sorts(plan)
    assert not reads_all_tickets(plan)


@pytest.mark.parametrize("who", ["consultant", "contact", "colleague"])
def test_a_search_for_a_rare_word_reads_what_it_found(world: World, who: str) -> None:
    opened(world)
    plan = plan_of(lambda: queries.search(getattr(world, who), "facturas andes"))
    assert not reads_all_tickets(plan)


@pytest.mark.parametrize("who", ["consultant", "contact", "colleague"])
def test_a_search_for_a_common_word_reaches_it_by_an_index(
    world: World, who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "_FEW", 0)
    opened(world)
    plan = plan_of(lambda: queries.search(getattr(world, who), "facturas andes"))
    assert not reads_all_tickets(plan)
    # The other database weighs its two ways into the words by what is in them.
    assert uses(plan, "tickets_search_pkey|tickets_search_terms") or "VIRTUAL TABLE INDEX" in plan
