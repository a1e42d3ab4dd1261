"""Periodic work that says by itself whether there is anything to do."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from plazo.contracts.actions import declare_day_off
from plazo.kit import clock
from plazo.kit.once import once
from plazo.people.actions import edit_organization
from plazo.people.details import OrganizationDetails
from plazo.sla import timeline as events
from plazo.tickets.models import Event, Seal
from plazo.tickets.queries import search
from plazo.worker.chores import (
    Chore,
    Rota,
    follow_calendar,
    follow_names,
    forget_old_forms,
    forget_old_heartbeats,
    seal_past_days,
)
from plazo.worker.models import Heartbeat, Setback
from tests.worker.conftest import opened
from tests.world import NOW, World


def test_each_day_that_is_over_is_sealed_once_and_in_order(world: World) -> None:
    with clock.at(NOW):
        opened(world)
    with clock.at(NOW + timedelta(days=3)):
        assert seal_past_days() == 3
        assert seal_past_days() == 0
    assert list(Seal.objects.values_list("day", flat=True)) == [date(2026, 11, 18 + n) for n in range(3)]


def test_the_present_day_is_not_sealed(world: World) -> None:
    with clock.at(NOW):
        opened(world)
        assert seal_past_days() == 0


def test_an_empty_desk_has_nothing_to_seal(db: None) -> None:
    with clock.at(NOW):
        assert seal_past_days() == 0


def test_a_day_off_moves_the_running_clocks_once(world: World) -> None:
    with clock.at(NOW):
        ticket = opened(world)
        follow_calendar()
    with clock.at(NOW + timedelta(minutes=5)):
        declare_day_off(
            date(2026, 11, 19), scope="provider", name="Día de la empresa", actor=world.administrator
        )
        assert follow_calendar() == 1
        assert follow_calendar() == 0
    assert Event.objects.filter(ticket=ticket, code=events.DUE_MOVED).exists()


def test_tickets_of_a_renamed_company_are_found_by_its_present_name(world: World) -> None:
    ticket = opened(world)
    with clock.at(NOW):
        assert follow_names() == 0
        edit_organization(world.andes, OrganizationDetails(name="Viñas del Maipo"), actor=world.administrator)
        assert follow_names() == 1
        assert follow_names() == 0
    assert search(world.lead, "viñas maipo") == [ticket]
    assert search(world.lead, "andes") == []


def test_looking_for_new_names_costs_the_same_however_many_tickets(
    world: World, django_assert_num_queries: Any
) -> None:
    with clock.at(NOW):
        follow_names()
        opened(world)
        with django_assert_num_queries(2):
            follow_names()


def test_a_change_far_into_a_long_name_is_followed_too(world: World) -> None:
    long_name = "Sociedad de servicios integrales y asesorías para la pequeña y mediana empresa del valle de"
    opened(world)
    with clock.at(NOW):
        follow_names()
        for last in ("Aconcagua", "Colchagua"):
            details = OrganizationDetails(name=f"{long_name} {last}")
            edit_organization(world.andes, details, actor=world.administrator)
            assert follow_names() == 1
            assert len(search(world.lead, last)) == 1
        assert follow_names() == 0


@pytest.mark.django_db
def test_old_forms_are_forgotten_once_nobody_sends_them_again() -> None:
    for days, key in ((31, "old"), (29, "new")):
        with clock.at(NOW - timedelta(days=days)):
            once(key, "lo que decía", lambda: 1)
    with clock.at(NOW):
        assert forget_old_forms() == 1
        assert forget_old_forms() == 0


def test_old_heartbeats_are_forgotten(db: None) -> None:
    for name, age in (("old", 8), ("new", 6)):
        at = NOW - timedelta(days=age)
        Heartbeat.objects.create(name=name, started_at=at, beat_at=at)
    with clock.at(NOW):
        forget_old_heartbeats()
    assert Heartbeat.objects.get().name == "new"


@pytest.mark.django_db
def test_a_chore_comes_round_after_its_time() -> None:
    ran: list[str] = []
    seconds = [0.0]
    rota = Rota((Chore("often", 10, lambda: ran.append("often")),), steady=lambda: seconds[0])
    for at in (0.0, 5.0, 10.0, 11.0, 25.0):
        seconds[0] = at
        rota.run_due()
    assert len(ran) == 3


@pytest.mark.django_db
def test_a_chore_that_fails_stops_no_other() -> None:
    ran: list[str] = []

    def fails() -> None:
        raise RuntimeError("full disk")

    rota = Rota((Chore("bad", 10, fails), Chore("good", 10, lambda: ran.append("good"))))
    rota.run_due()
    assert ran == ["good"]
    assert Setback.objects.get().subject == "bad"
