"""What waits for a second person."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plazo.tickets import actions
from plazo.tickets.actions.waiving import decide_waiver, request_waiver
from plazo.tickets.models import Ticket, TicketClock
from plazo.tickets.waivers import WaiverRequest, waiver_requests
from tests.tickets.conftest import at, opened
from tests.world import World

MISSED = "2026-11-19 13:00"


def asked(world: World, ticket: Ticket, cause: str = "Se cayó el enlace del cliente.") -> int:
    with at(MISSED):
        return request_waiver(
            ticket.pk, actor=world.consultant, metric="response", cause=cause, holder="client"
        )


def waiting(world: World) -> list[WaiverRequest]:
    return waiver_requests(world.lead)


def test_nothing_waits_before_anybody_asks(world: World, ticket: Ticket) -> None:
    assert waiting(world) == []


def test_a_request_waits_with_all_that_a_second_person_needs_to_know(world: World, ticket: Ticket) -> None:
    seq = asked(world, ticket)
    (request,) = waiting(world)
    assert (request.ticket, request.request, request.asked_by) == (ticket, seq, world.consultant)
    assert (request.clock.metric, request.holder) == ("response", "client")
    assert request.cause == "Se cayó el enlace del cliente."


@pytest.mark.parametrize("approved", [True, False])
def test_a_decided_request_waits_no_longer(world: World, ticket: Ticket, approved: bool) -> None:
    seq = asked(world, ticket)
    with at(MISSED):
        decide_waiver(ticket.pk, actor=world.lead, request=seq, approved=approved)
    assert waiting(world) == []


def test_a_request_made_again_after_a_refusal_waits(world: World, ticket: Ticket) -> None:
    first = asked(world, ticket)
    with at(MISSED):
        decide_waiver(ticket.pk, actor=world.lead, request=first, approved=False)
    second = asked(world, ticket)
    assert [each.request for each in waiting(world)] == [second]


def test_the_request_outlives_later_acts_on_the_ticket(world: World, ticket: Ticket) -> None:
    seq = asked(world, ticket)
    with at("2026-11-19 14:00"):
        actions.reply(ticket.pk, actor=world.consultant, body="Ya lo vemos.")
    assert [each.request for each in waiting(world)] == [seq]


def test_a_contact_is_shown_none(world: World, ticket: Ticket) -> None:
    asked(world, ticket)
    assert waiver_requests(world.client_administrator) == []


def test_ten_requests_cost_as_many_queries_as_one(world: World, ticket: Ticket) -> None:
    asked(world, ticket)
    with CaptureQueriesContext(connection) as one:
        waiting(world)
    for _ in range(9):
        asked(world, opened(world))
    with CaptureQueriesContext(connection) as ten:
        assert len(waiting(world)) == 10
    assert len(ten) == len(one) == 3


def test_a_page_goes_on_where_the_last_one_ended(world: World, ticket: Ticket) -> None:
    asked(world, ticket)
    asked(world, opened(world))
    (first,) = waiver_requests(world.lead, limit=1)
    (second,) = waiver_requests(world.lead, after=first.clock.pk, limit=1)
    assert first.ticket == ticket
    assert second.ticket != ticket


def test_what_waits_is_found_by_its_own_index(world: World) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # a table of no size is read whole, whatever its indexes
            cursor.execute("SET LOCAL enable_seqscan = off")
    waiting = TicketClock.objects.filter(waiver_request__isnull=False, pk__gt=0).order_by("pk")[:50]
    assert "clock_waiver_waits" in waiting.explain()
