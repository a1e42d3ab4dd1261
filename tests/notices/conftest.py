"""A ticket of Andes on the first minute of a working morning, and a mail host in this process."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest

from plazo.kit import clock
from plazo.notices.models import Notice
from plazo.notices.transports import Accepted, Letter, Outcome, Withheld
from plazo.tickets.actions import open_ticket
from plazo.tickets.models import Ticket
from tests.notices.sink import Sink
from tests.world import NOW, World


@pytest.fixture(autouse=True)
def morning() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def ticket(world: World) -> Ticket:
    return opened(world)


def opened(world: World, **changes: Any) -> Ticket:
    given = {"subject": "No sale ninguna factura", "body": "Desde la mañana.", "kind": "ALTO-01"} | changes
    return open_ticket(
        world.contact,
        organization=world.andes,
        contract_version=world.andes_contract,
        channel="portal",
        **given,
    )


def told(ticket: Ticket, code: str) -> list[str]:
    """The addresses that are told of a code, in order."""
    rows = Notice.objects.filter(ticket=ticket, code=code).order_by("address")
    return list(rows.values_list("address", flat=True))


def read(raw: bytes) -> EmailMessage:
    return message_from_bytes(bytes(raw), policy=policy.default)


def text_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def html_of(message: EmailMessage) -> str:
    body = message.get_body(("html",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


@contextmanager
def later(**span: float) -> Iterator[None]:
    with clock.at(clock.now() + timedelta(**span)):
        yield


class Postman:
    """A transport that answers as it is told and keeps what it accepted."""

    def __init__(self, *outcomes: Outcome) -> None:
        self.outcomes = list(outcomes)
        self.accepted: list[Letter] = []
        self.before_data: Callable[[], None] = lambda: None

    def send(self, letter: Letter, *, may_send: Callable[[], bool]) -> Outcome:
        self.before_data()
        if not may_send():
            return Withheld()
        outcome = self.outcomes.pop(0) if self.outcomes else Accepted()
        if isinstance(outcome, Accepted):
            self.accepted.append(letter)
        return outcome


@pytest.fixture
def sink() -> Iterator[Sink]:
    with Sink() as host:
        yield host


@pytest.fixture
def closed_port() -> Iterator[int]:
    """A port that is taken, and on which nobody listens."""
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        yield holder.getsockname()[1]
