"""Tickets that came in before a test begins."""

from __future__ import annotations

from datetime import datetime
from itertools import count
from typing import Any

from plazo.intake.accept import Accepted, accept
from plazo.intake.report import Report
from plazo.kit import clock
from plazo.people.models import Person
from plazo.tickets.models import Ticket
from tests.world import World

_keys = count()


def arrived(world: World, subject: str, *, at: datetime | None = None, **changes: Any) -> Ticket:
    """A report of Andes through the portal, at an instant (default: now)."""
    given: dict[str, Any] = {
        "organization_id": world.andes.pk,
        "subject": subject,
        "body": "Desde la mañana, en la caja 3.",
        "service": "erp",
        "kind": "ALTO-01",
    } | changes
    sender: Person = given.pop("sender", world.contact)
    with clock.at(at or clock.now()):
        accepted = accept(
            Report(**given), key=f"prueba-del-navegador-{next(_keys)}", sender=sender, channel="portal"
        )
    assert isinstance(accepted, Accepted)
    return accepted.ticket
