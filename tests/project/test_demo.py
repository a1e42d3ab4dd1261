"""The demo world: made through the actions, the same for the same instant, never sent by mail."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import transaction

from plazo.notices.models import Notice
from plazo.people.models import Organization, Person
from plazo.project.demo.build import build_world
from plazo.tickets.models import Event, Ticket
from plazo.tickets.verify import Verification
from tests.world import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def built() -> None:
    build_world(until=NOW, password="una clave de prueba larga", tickets=40, days=60)


def told_by(until: datetime) -> list[tuple[int, int, str, str]]:
    """All that happens in a world built and taken back again: ticket in its order, seq, code, instant."""
    with transaction.atomic():
        build_world(until=until, password="una clave de prueba larga", tickets=15, days=30)
        first = Ticket.objects.earliest("id").pk
        rows = Event.objects.order_by("ticket_id", "seq")
        told = [(row.ticket_id - first, row.seq, row.code, row.at.isoformat()) for row in rows]
        transaction.set_rollback(True)
    return told


def test_two_worlds_up_to_the_same_instant_are_the_same() -> None:
    assert told_by(NOW) == told_by(NOW)


def test_another_day_tells_another_story() -> None:
    assert told_by(NOW) != told_by(NOW - timedelta(days=1))


def test_nothing_of_it_is_ever_sent(built: None) -> None:
    assert Notice.objects.exists()
    assert set(Notice.objects.values_list("state", flat=True)) == {Notice.SUPPRESSED}


def test_six_companies_on_different_windows_and_levels(built: None) -> None:
    sold = set(Ticket.objects.values_list("contract_version__window", "contract_version__level"))
    assert Organization.objects.count() == 6
    assert len(sold) >= 4


def test_people_live_in_three_zones(built: None) -> None:
    zones = set(Person.objects.values_list("zone", flat=True))
    assert {"America/Santiago", "America/Punta_Arenas", "Pacific/Easter"} <= zones


def test_a_recount_from_the_timelines_finds_no_difference(built: None) -> None:
    assert list(Verification()) == []


def test_every_timeline_ends_by_now(built: None) -> None:
    assert not Event.objects.filter(recorded_at__gt=NOW).exists()
