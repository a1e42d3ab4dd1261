"""A real SMTP host in this process that accepts, refuses, waits and hangs up on demand."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from pgcluster import reserved_port

OK = "250 taken over"
HANGING = 30.0


@dataclass(frozen=True)
class Received:
    """One message that the host took over, or was about to."""

    sender: str
    recipient: str
    raw: bytes


class Sink:
    """Answers may be set while it runs.

    hold_data        seconds that the answer to the text takes
    hold_recipient   seconds that the answer to a recipient takes
    accept_and_hang  take the text over, and keep the answer back
    in_data          set while a text waits for its answer
    """

    def __init__(self, port: int = 0) -> None:
        self.mail_answer = "250 OK"
        self.rcpt_answers: dict[str, str] = {}
        self.data_answer = OK
        self.hold_data: Callable[[], float] = lambda: 0.0
        self.hold_recipient = 0.0
        self.hang_up_in_data = False
        self.accept_and_hang = False
        self.received: list[Received] = []
        self.seen: list[Received] = []
        self.in_data = threading.Event()
        self.at_recipient = threading.Event()
        self.port = port or reserved_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop(no_assert=True)

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.mail_answer.startswith("250"):
            envelope.mail_from = address
        return self.mail_answer

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.at_recipient.set()
        await asyncio.sleep(self.hold_recipient)
        answer = self.rcpt_answers.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        raw: Any = envelope.original_content
        received = Received(str(envelope.mail_from), envelope.rcpt_tos[0], bytes(raw))
        self.seen.append(received)
        self.in_data.set()
        if self.accept_and_hang:
            self.received.append(received)
            await asyncio.sleep(HANGING)
            return self.data_answer
        await asyncio.sleep(self.hold_data())
        if self.hang_up_in_data:
            transport: Any = server.transport
            transport.abort()
            return self.data_answer
        if self.data_answer.startswith("250"):
            self.received.append(received)
        return self.data_answer
