"""Lists in the order in which things fall due, each one range of one index."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plazo.tickets import actions, queries
from plazo.tickets.models import Ticket
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


@pytest.fixture
def tickets(world: World) -> dict[str, Ticket]:
    """One of each: late, about to be late, fresh, mine, waiting, resolved."""
    found = {
        "late": opened(world, "2026-11-17 12:00"),
        "risky": opened(world, "13:00"),
        "fresh": opened(world, "15:00", kind="BAJO-01"),
        "mine": opened(world, "14:00", kind="MEDIO-01"),
        "client": opened(world, "14:00"),
        "bank": opened(world, "14:00"),
        "done": opened(world, "14:00"),
    }
    with at("15:00"):
        actions.take(found["mine"].pk, actor=world.consultant)
        actions.pause(found["client"].pk, actor=world.consultant, reason="client", body="¿Qué folio?")
        actions.pause(found["bank"].pk, actor=world.consultant, reason="bank", body="Esperamos al banco.")
        actions.resolve(found["done"].pk, actor=world.consultant, body="Listo.")
    return found


@pytest.mark.parametrize(
    ("view", "names"),
    [
        ("all", ["late", "risky", "mine", "fresh", "client", "bank"]),
        ("mine", ["mine"]),
        ("unassigned", ["late", "risky", "fresh", "client", "bank"]),
        ("at_risk", ["late", "risky"]),
        ("breached", ["late"]),
        ("waiting_client", ["client"]),
        ("waiting_third_party", ["bank"]),
    ],
)
def test_each_view_shows_its_tickets_in_order_of_what_falls_due(
    world: World, tickets: dict[str, Ticket], view: str, names: list[str]
) -> None:
    with at("15:30"):
        shown = queries.queue(world.consultant, view=view)
    assert [ticket.pk for ticket in shown] == [tickets[name].pk for name in names]


@pytest.mark.parametrize("view", queries.VIEWS)
def test_pages_follow_each_other_without_gap_or_repetition(
    world: World, tickets: dict[str, Ticket], view: str
) -> None:
    with at("15:30"):
        whole = queries.queue(world.consultant, view=view)
        paged: list[Ticket] = []
        while page := queries.queue(
            world.consultant,
            view=view,
            after=queries.place(paged[-1], view) if paged else None,
            limit=2,
        ):
            paged += page
    assert paged == whole


@pytest.mark.parametrize("view", queries.VIEWS)
def test_a_page_is_one_query_on_the_index_of_its_view(world: World, view: str) -> None:
    if connection.vendor != "sqlite":
        return  # the planner of the other database reads a table this small whole
    with at("15:30"), CaptureQueriesContext(connection) as captured:
        queries.queue(world.consultant, view=view)
    assert len(captured) == 1
    with connection.cursor() as cursor, at("15:30"):
        sql, params = queries.in_view(world.consultant, view)[:50].query.sql_with_params()
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
        plan = " | ".join(row[3] for row in cursor.fetchall())
    assert f"USING INDEX {INDEXES[view]} " in f"{plan} "
    assert "TEMP B-TREE" not in plan


def test_a_contact_is_shown_their_own_in_the_same_order(world: World, tickets: dict[str, Ticket]) -> None:
    foreign = opened(
        world,
        "14:30",
        requester=world.norte_contact,
        organization=world.norte,
        contract_version=world.norte_contract,
    )
    assert foreign not in queries.queue(world.contact)
    assert queries.queue(world.norte_contact) == [foreign]
    assert next(iter(queries.tickets_of(world.contact))) == tickets["done"]
    assert list(queries.tickets_of(world.colleague, organization_id=world.norte.pk)) == []


def test_a_view_that_is_none_is_an_error(world: World) -> None:
    with pytest.raises(KeyError):
        queries.in_view(world.consultant, "todo")


def test_counting_stops(world: World, tickets: dict[str, Ticket]) -> None:
    everything = queries.in_view(world.consultant, "all")
    assert queries.count_up_to(everything) == 6
    assert queries.count_up_to(everything, stop=4) == 4


def test_what_falls_due_between_two_instants_leaves_out_what_is_missed_or_waits_for_review(
    world: World,
) -> None:
    missed = opened(world, "13:00")
    soon = opened(world, "15:00")
    reviewed = opened(world, "15:10")
    with at("15:20"):
        actions.resolve(reviewed.pk, actor=world.consultant, body="Listo.")
        actions.client_reply(reviewed.pk, actor=world.contact, body="Gracias.")
    with at("17:30"):
        found = queries.falling_due(world.consultant, instant("17:30"), instant("21:00"))
        assert found == [soon]
        assert missed not in found
        assert queries.falling_due(world.contact, instant("13:00"), instant("21:00"), limit=1) == [missed]


def test_others_of_the_client_are_active_ones_but_this(world: World) -> None:
    one, two = opened(world, "13:00"), opened(world, "13:10")
    foreign = opened(
        world,
        "13:05",
        requester=world.norte_contact,
        organization=world.norte,
        contract_version=world.norte_contract,
    )
    done = opened(world, "13:20")
    with at("13:30"):
        actions.resolve(done.pk, actor=world.consultant, body="Listo.")
    with at("14:00"):
        assert queries.others_of_client(world.consultant, one, limit=5) == [two]
        assert queries.others_of_client(world.consultant, foreign, limit=5) == []


def test_tickets_opened_under_a_contract_are_counted_from_an_instant_on(world: World) -> None:
    opened(world, "12:00")
    opened(world, "13:00")
    opened(
        world,
        "14:00",
        requester=world.sur_contact,
        organization=world.sur,
        contract_version=world.sur_contract,
    )
    contract = world.andes_contract.contract_id
    assert queries.opened_under(contract, instant("12:00")) == 2
    assert queries.opened_under(contract, instant("12:01")) == 1
    assert queries.opened_under(contract, instant("13:01")) == 0
