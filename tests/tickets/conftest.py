"""A ticket of Andes, reported on a working morning at 10:00 in Santiago (13:00 UTC)."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any

import pytest

from plazo.kit import clock
from plazo.tickets import clocks
from plazo.tickets.actions import open_ticket
from plazo.tickets.clocks import Reading
from plazo.tickets.models import Ticket
from tests.world import NOW, World


def instant(text: str) -> datetime:
    """An instant in UTC; an hour alone is one of the day of the report."""
    return datetime.fromisoformat(text if "-" in text else f"{NOW.date()} {text}").replace(tzinfo=UTC)


def at(text: str) -> AbstractContextManager[None]:
    return clock.at(instant(text))


def opened(world: World, when: str = "13:00", **changes: Any) -> Ticket:
    """High priority unless told otherwise: 3 h to answer, 12 h to solve, in 8x5."""
    given: dict[str, Any] = {
        "requester": world.contact,
        "organization": world.andes,
        "contract_version": world.andes_contract,
        "channel": "portal",
        "subject": "No sale ninguna factura",
        "body": "Desde la mañana.",
        "kind": "ALTO-01",
    } | changes
    with at(when):
        return open_ticket(given.pop("requester"), **given)


def read(ticket: Ticket, when: str) -> Reading:
    """The stored ticket's clocks at an instant."""
    return clocks.read(Ticket.objects.get(pk=ticket.pk), now=instant(when))


def told(ticket: Ticket) -> list[str]:
    """The codes of the timeline, in order."""
    return list(ticket.events.order_by("seq").values_list("code", flat=True))


@pytest.fixture
def ticket(world: World) -> Ticket:
    return opened(world)
