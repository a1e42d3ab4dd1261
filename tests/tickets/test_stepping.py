"""What falls due by itself, and clocks moved by days off declared late."""

from __future__ import annotations

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from plazo.contracts.actions import declare_day_off, withdraw_day_off
from plazo.tickets import actions, queries
from plazo.tickets.models import Ticket, TicketClock
from tests.tickets.conftest import at, instant, opened, read, told
from tests.world import World

THURSDAY = date(2026, 11, 19)


def test_the_worker_finds_tickets_in_the_order_in_which_something_falls_due(world: World) -> None:
    later, sooner = opened(world, "13:30"), opened(world, "13:00")
    assert queries.tickets_with_due_steps(instant("14:29")) == []
    assert queries.tickets_with_due_steps(instant("15:00")) == [sooner.pk, later.pk]


def test_after_a_late_start_everything_fires_once_in_order(world: World, ticket: Ticket) -> None:
    with at("2026-11-21 12:00"):
        fired = actions.fire_due_steps(ticket.pk)
    assert len(fired) == 9
    instants = list(ticket.events.order_by("seq").values_list("at", flat=True))
    assert instants == sorted(instants)
    assert ticket.events.filter(code="breached").count() == 2
    ticket.refresh_from_db()
    assert ticket.next_step_at is None


def test_a_missed_ticket_is_no_longer_at_risk(world: World, ticket: Ticket) -> None:
    with at("2026-11-21 12:00"):
        actions.fire_due_steps(ticket.pk)
    ticket.refresh_from_db()
    assert (ticket.at_risk_at, ticket.queue_at) == (None, instant("16:00"))


def test_nothing_due_is_nothing_written(world: World, ticket: Ticket) -> None:
    with at("13:30"), CaptureQueriesContext(connection) as captured:
        assert actions.fire_due_steps(ticket.pk) == []
    assert not [each for each in captured if each["sql"].startswith(("INSERT", "UPDATE"))]


def test_a_day_off_declared_late_moves_running_clocks_and_says_so(world: World, ticket: Ticket) -> None:
    with at("14:00"):
        declare_day_off(THURSDAY, scope="CL", name="Duelo nacional", actor=world.administrator)
    with at("14:05"):
        assert actions.recount() == 1
        assert actions.recount() == 0
    moved = ticket.events.get(code="due_moved")
    assert moved.at == instant("14:00")
    assert moved.data == {
        "metric": "resolution",
        "before": instant("2026-11-19 17:00").timestamp(),
        "after": instant("2026-11-20 17:00").timestamp(),
        "cause": "calendar",
    }
    clock = TicketClock.objects.get(ticket=ticket, metric="resolution")
    assert clock.due_at == instant("2026-11-20 17:00")


def test_a_day_off_withdrawn_moves_them_back(world: World, ticket: Ticket) -> None:
    with at("14:00"):
        row = declare_day_off(THURSDAY, scope="CL", name="Duelo nacional", actor=world.administrator)
        actions.recount()
    with at("14:20"):
        withdraw_day_off(row, actor=world.administrator)
        assert actions.recount() == 1
    assert told(ticket) == ["opened", "due_moved", "due_moved"]
    assert read(ticket, "14:20").assessment.clocks["resolution"].due_at == instant("2026-11-19 17:00")


def test_a_day_off_in_the_second_of_the_last_event_is_not_overlooked(world: World, ticket: Ticket) -> None:
    with at("13:00"):
        declare_day_off(THURSDAY, scope="CL", name="Duelo nacional", actor=world.administrator)
        assert actions.recount() == 1
    assert told(ticket) == ["opened", "due_moved"]


def test_whoever_writes_first_after_a_day_off_records_what_it_moved(world: World, ticket: Ticket) -> None:
    with at("14:00"):
        declare_day_off(THURSDAY, scope="CL", name="Duelo nacional", actor=world.administrator)
    with at("14:05"):
        actions.note(ticket.pk, actor=world.consultant, body="Mañana no hay nadie.")
        assert actions.recount() == 0
    assert told(ticket) == ["opened", "due_moved", "noted"]


def test_finished_clocks_stay_as_judged_and_other_windows_untouched(world: World, ticket: Ticket) -> None:
    around_the_clock = opened(
        world, requester=world.sur_contact, organization=world.sur, contract_version=world.sur_contract
    )
    with at("13:30"):
        actions.resolve(ticket.pk, actor=world.consultant, body="Listo.")
    with at("14:00"):
        declare_day_off(THURSDAY, scope="CL", name="Duelo nacional", actor=world.administrator)
        assert actions.recount() == 0
    assert told(ticket)[-1] == "resolved"
    assert told(around_the_clock) == ["opened"]
