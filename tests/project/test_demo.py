"""The demo world: made through the actions, whole, never sent by mail."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from plazo.notices.models import Notice
from plazo.people.models import Organization, Person
from plazo.project.demo.build import build_world
from plazo.tickets.models import Event, Ticket
from plazo.tickets.verify import Verification
from tests.world import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """One world for all that only look at it, taken back after the last of them."""
    with django_db_blocker.unblock(), transaction.atomic():
        build_world(until=NOW, password="una clave de prueba larga", tickets=40, days=60)
        yield
        transaction.set_rollback(True)


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
