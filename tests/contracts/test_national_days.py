"""The national list becomes rows: known from ever at first, from now on when a law is added."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from plazo.contracts.actions import declare_day_off, sync_national_days, withdraw_day_off
from plazo.contracts.calendars import BEGINNING, revision
from plazo.contracts.models import DayOff
from plazo.kit import clock
from plazo.sla import national
from tests.world import NOW, World

NEW_LAW = national.DayOff(date(2027, 3, 5), "Feriado de prueba", "Ley de prueba", "CL-MA")


def add_a_law(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = national.chile
    monkeypatch.setattr(national, "chile", lambda year: [*listed(year), *([NEW_LAW] if year == 2027 else [])])


def test_the_first_list_was_known_from_ever(db: None) -> None:
    assert sync_national_days() > 300
    assert set(DayOff.objects.values_list("declared_at", flat=True)) == {BEGINNING}
    assert DayOff.objects.filter(scope="CL", date=date(2026, 9, 18)).exists()


def test_a_second_sync_adds_nothing_and_disturbs_no_calendar(db: None) -> None:
    sync_national_days()
    before = revision()
    assert (sync_national_days(), revision()) == (0, before)


def test_a_law_added_later_is_known_from_then_on(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    sync_national_days()
    add_a_law(monkeypatch)
    with clock.at(NOW):
        assert sync_national_days() == 1
    assert DayOff.objects.get(name=NEW_LAW.name).declared_at == NOW


def test_a_national_day_withdrawn_here_does_not_come_back(world: World) -> None:
    sync_national_days()
    row = DayOff.objects.get(scope="CL", date=date(2026, 11, 1))
    withdraw_day_off(row, actor=world.administrator)
    assert sync_national_days() == 0


def test_a_day_declared_by_hand_before_the_list_had_it_stands(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_a_law(monkeypatch)
    more: dict[str, Any] = {"scope": NEW_LAW.scope, "name": NEW_LAW.name, "actor": world.administrator}
    declared = declare_day_off(NEW_LAW.date, **more)
    sync_national_days()
    assert list(DayOff.objects.filter(name=NEW_LAW.name)) == [declared]
