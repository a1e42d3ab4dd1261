"""Pages as each of the known cast sees them, at one instant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from plazo.intake.accept import Accepted, accept
from plazo.intake.report import Report
from plazo.kit import clock
from plazo.people.models import Person
from plazo.tickets.models import Ticket
from tests.world import NOW, World, sign_in

Browse = Callable[[Person], Client]
Opened = Callable[..., Ticket]


@pytest.fixture(autouse=True)
def a_wednesday_morning() -> Iterator[None]:
    """10:00 in Santiago on 18 November 2026; no attempt counted by an earlier test."""
    cache.clear()
    with clock.at(NOW):
        yield


@pytest.fixture
def browse(world: World) -> Browse:
    """A browser in which that person is signed in."""
    return lambda person: sign_in(Client(), person)


@pytest.fixture
def opened(world: World) -> Opened:
    """A ticket that came in through the portal."""
    count = iter(range(1_000))

    def make(sender: Person | None = None, **changes: Any) -> Ticket:
        given: dict[str, Any] = {
            "organization_id": world.andes.pk,
            "subject": "No sale ninguna factura",
            "body": "Desde las 9:30 en la caja 3.",
            "service": "erp",
            "kind": "ALTO-01",
        } | changes
        key = given.pop("key", f"prueba-{next(count)}")
        accepted = accept(Report(**given), key=key, sender=sender or world.contact, channel="portal")
        assert isinstance(accepted, Accepted)
        return accepted.ticket

    return make
