"""One batch of what falls due."""

from __future__ import annotations

from datetime import timedelta

import pytest

from plazo.kit import clock
from plazo.sla import timeline as events
from plazo.tickets.models import Event, Ticket
from plazo.tickets.queries import timeline
from plazo.worker import sweep
from plazo.worker.models import Setback
from plazo.worker.sweep import fire_due_tickets
from tests.worker.conftest import opened
from tests.world import NOW, World


@pytest.fixture
def ticket(world: World) -> Ticket:
    with clock.at(NOW):
        return opened(world)


def breaches(ticket: Ticket) -> int:
    return Event.objects.filter(ticket=ticket, code=events.BREACHED).count()


def test_nothing_is_fired_before_its_time(ticket: Ticket) -> None:
    with clock.at(NOW):
        assert fire_due_tickets() == 0


def test_a_miss_found_late_is_recorded_with_its_true_instant(ticket: Ticket) -> None:
    due = ticket.clocks.get(metric="response").due_at
    with clock.at(due + timedelta(hours=8)):
        assert fire_due_tickets() == 1
    missed = next(each for each in timeline(ticket.pk) if each.code == events.BREACHED)
    assert missed.at == due


def test_a_second_look_finds_nothing_more(ticket: Ticket) -> None:
    with clock.at(NOW + timedelta(days=2)):
        fire_due_tickets()
        length = len(timeline(ticket.pk))
        assert fire_due_tickets() == 0
    assert len(timeline(ticket.pk)) == length


def test_a_batch_has_an_end(world: World, ticket: Ticket) -> None:
    with clock.at(NOW):
        opened(world)
    with clock.at(NOW + timedelta(days=2)):
        assert fire_due_tickets(limit=1) == 1
        assert fire_due_tickets(limit=1) == 1
        assert fire_due_tickets(limit=1) == 0


def test_a_worker_told_to_stop_leaves_the_rest(ticket: Ticket) -> None:
    with clock.at(NOW + timedelta(days=2)):
        fire_due_tickets(stopping=lambda: True)
    assert breaches(ticket) == 0


def broken(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    fire = sweep.fire_due_steps

    def fails(ticket_id: int) -> list[str]:
        if ticket_id == number:
            raise RuntimeError("unreadable")
        return fire(ticket_id)

    monkeypatch.setattr(sweep, "fire_due_steps", fails)


def test_a_ticket_that_fails_stops_no_other_and_is_shown(
    world: World, ticket: Ticket, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with clock.at(NOW):
        other = opened(world)
    broken(ticket.pk, monkeypatch)
    with clock.at(NOW + timedelta(days=2)):
        fire_due_tickets()
    assert breaches(other) > 0
    setback = Setback.objects.get()
    assert (setback.subject, setback.error) == (f"ticket:{ticket.pk}", "RuntimeError: unreadable")
    assert f"ticket:{ticket.pk}" in caplog.text


def test_a_ticket_that_failed_waits_longer_each_time(ticket: Ticket, monkeypatch: pytest.MonkeyPatch) -> None:
    broken(ticket.pk, monkeypatch)
    start = NOW + timedelta(days=2)
    with clock.at(start):
        assert fire_due_tickets() == 1
        assert fire_due_tickets() == 0
    with clock.at(start + timedelta(seconds=10)):
        assert fire_due_tickets() == 1
    assert Setback.objects.get().retry_at == start + timedelta(seconds=30)


def test_a_ticket_that_recovers_is_no_setback_any_more(
    ticket: Ticket, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch, clock.at(NOW + timedelta(days=2)):
        broken(ticket.pk, patch)
        fire_due_tickets()
    with clock.at(NOW + timedelta(days=2, minutes=1)):
        fire_due_tickets()
    assert not Setback.objects.exists()
    assert breaches(ticket) > 0
