"""Messages on the terminal, for development."""

from __future__ import annotations

import sys
from collections.abc import Callable
from email import message_from_bytes, policy
from typing import TextIO

from plazo.notices.transports.base import Accepted, Letter, Outcome, Withheld


class ConsoleTransport:
    """Writes the plain text of each message to a stream."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self.stream = stream or sys.stdout

    def send(self, letter: Letter, *, may_send: Callable[[], bool]) -> Outcome:
        if not may_send():
            return Withheld()
        message = message_from_bytes(letter.raw, policy=policy.default)
        text = message.get_body(("plain",))
        content = text.get_content() if text is not None else ""
        self.stream.write(f"{'-' * 72}\nTo: {letter.recipient}\nSubject: {message['Subject']}\n\n{content}\n")
        self.stream.flush()
        return Accepted()
