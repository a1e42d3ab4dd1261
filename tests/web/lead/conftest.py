"""A desk on the day after its tickets were due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from plazo.kit import clock
from plazo.tickets import actions
from plazo.tickets.actions.waiving import request_waiver
from plazo.tickets.models import Ticket
from tests.web.conftest import Opened
from tests.world import World

LATER = datetime(2026, 11, 20, 14, tzinfo=UTC)  # both terms of a ticket of that Wednesday are missed


@pytest.fixture
def late(world: World, opened: Opened) -> Ticket:
    """A ticket of Andes whose answer came too late."""
    ticket = opened()
    with clock.at(LATER):
        actions.reply(ticket.pk, actor=world.consultant, body="Ya lo vemos.")
    return ticket


@pytest.fixture
def asked(world: World) -> Callable[..., int]:
    """Ask that the missed answer of a ticket be excused."""

    def ask(ticket: Ticket, cause: str = "Se cortó la luz en la sucursal.") -> int:
        with clock.at(LATER):
            return request_waiver(
                ticket.pk, actor=world.consultant, metric="response", cause=cause, holder="client"
            )

    return ask
