"""`plazo verify` in words."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from plazo.tickets.models import Event, Ticket
from tests.notices.conftest import opened
from tests.world import World

pytestmark = pytest.mark.django_db


def test_it_says_how_much_it_looked_at(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    opened(world)
    call_command("verify")
    assert capsys.readouterr().out.startswith("Sin diferencias: 1 tickets, ")


def test_a_row_that_says_something_else_is_named(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    ticket = opened(world)
    Ticket.objects.filter(pk=ticket.pk).update(state="closed")
    with pytest.raises(CommandError, match=r"^\d+ diferencias en 1 tickets"):
        call_command("verify")
    told = capsys.readouterr().out
    assert f"ticket {ticket.pk}: ticket state: guardado 'closed', corresponde 'open'" in told


def test_a_changed_event_breaks_its_chain(world: World) -> None:
    ticket = opened(world)
    Event.objects.filter(ticket=ticket, seq=1).update(digest="0" * 64)
    with pytest.raises(CommandError):
        call_command("verify")
