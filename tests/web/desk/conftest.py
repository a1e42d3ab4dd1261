"""A ticket on the desk, and its page read as people see it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from plazo.tickets.models import Ticket

Send = Callable[..., Any]


def address(ticket: Ticket, act: str = "") -> str:
    return f"/mesa/tickets/{ticket.pk}/{act}/" if act else f"/mesa/tickets/{ticket.pk}/"


def panel(text: str, name: str) -> str:
    """The part of a ticket's page that holds the form of an act; "" when it is not offered."""
    found = re.search(rf'<section class="panel[^>]*id="acto-{name}".*?</section>', text, re.S)
    return found[0] if found else ""


def is_open(text: str, name: str) -> bool:
    return panel(text, name).startswith('<section class="panel open"')


@pytest.fixture
def send() -> Send:
    """Send the form of an act as the page would, with what its writer had seen."""
    count = iter(range(1_000))

    def post(client: Client, ticket: Ticket, act: str, *, query: str = "", **given: Any) -> Any:
        form = {"token": f"token-{next(count)}", "seen": ticket.length} | given
        return client.post(address(ticket, act) + query, form)

    return post
