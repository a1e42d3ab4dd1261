"""The demo world once more: the same for the same instant, another for another day."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import transaction

from plazo.project.demo.build import build_world
from plazo.tickets.models import Event, Ticket
from tests.world import NOW


def told_by(until: datetime) -> list[tuple[int, int, str, str]]:
    """All that happens in a world built and taken back again: ticket in its order, seq, code, instant."""
    with transaction.atomic():
        build_world(until=until, password="una clave de prueba larga", tickets=15, days=30)
        first = Ticket.objects.earliest("id").pk
        rows = Event.objects.order_by("ticket_id", "seq")
        told = [(row.ticket_id - first, row.seq, row.code, row.at.isoformat()) for row in rows]
        transaction.set_rollback(True)
    return told


@pytest.mark.django_db
def test_a_world_is_the_same_for_the_same_instant_and_another_for_another_day() -> None:
    told = told_by(NOW)
    assert told_by(NOW) == told
    assert told_by(NOW - timedelta(days=1)) != told
