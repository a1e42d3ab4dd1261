"""Messages by SMTP (RFC 5321), encrypted unless the settings say otherwise."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from plazo.notices.transports.base import Accepted, Later, Letter, Outcome, Refused, Withheld

IMPLICIT_TLS_PORT = 465  # RFC 8314
PERMANENT = 500
GOODBYE_SECONDS = 2
MAX_REASON = 300


@dataclass(frozen=True)
class SmtpTransport:
    """One connection a letter, so that no host keeps another letter waiting.

    answer_seconds  how long the answer to the text may take; giving up sooner would send it twice
    """

    host: str
    port: int
    user: str = ""
    password: str = ""
    tls: bool = True
    connect_seconds: float = 20
    answer_seconds: float = 600

    def send(self, letter: Letter, *, may_send: Callable[[], bool]) -> Outcome:
        try:
            smtp = self._connect()
        except (smtplib.SMTPException, OSError) as error:
            return Later(_reason(error))
        try:
            return self._hand_over(smtp, letter, may_send)
        except (smtplib.SMTPException, OSError) as error:
            return Later(_reason(error))
        finally:
            _leave(smtp)

    def _connect(self) -> smtplib.SMTP:
        if self.tls and self.port == IMPLICIT_TLS_PORT:
            context = ssl.create_default_context()
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, timeout=self.connect_seconds, context=context
            )
        else:
            smtp = smtplib.SMTP(self.host, self.port, timeout=self.connect_seconds)
        try:
            if self.tls and self.port != IMPLICIT_TLS_PORT:
                smtp.starttls(context=ssl.create_default_context())
            if self.user:
                smtp.login(self.user, self.password)
            smtp.ehlo_or_helo_if_needed()
        except (smtplib.SMTPException, OSError):
            smtp.close()
            raise
        return smtp

    def _hand_over(self, smtp: smtplib.SMTP, letter: Letter, may_send: Callable[[], bool]) -> Outcome:
        # A refused sender is a fault of this installation, so it is worth another try once repaired.
        code, answer = smtp.mail(letter.sender)
        if code != 250:
            return Later(_said(code, answer))
        code, answer = smtp.rcpt(letter.recipient)
        if code not in (250, 251):
            return _verdict(code, answer)
        if not may_send():
            return Withheld()
        _wait_for(smtp, self.answer_seconds)
        try:
            code, answer = smtp.data(letter.raw)
        except smtplib.SMTPDataError as error:
            code, answer = error.smtp_code, _as_bytes(error.smtp_error)
        return Accepted() if code == 250 else _verdict(code, answer)


def _verdict(code: int, answer: bytes) -> Outcome:
    said = _said(code, answer)
    return Refused(said) if code >= PERMANENT else Later(said)


def _leave(smtp: smtplib.SMTP) -> None:
    """Say goodbye; whatever comes back changes nothing of the outcome."""
    with suppress(smtplib.SMTPException, OSError):
        _wait_for(smtp, GOODBYE_SECONDS)
        smtp.quit()
    smtp.close()


def _wait_for(smtp: smtplib.SMTP, seconds: float) -> None:
    if smtp.sock is not None:
        smtp.sock.settimeout(seconds)


def _as_bytes(answer: bytes | str) -> bytes:
    return answer if isinstance(answer, bytes) else answer.encode()


def _said(code: int, answer: bytes) -> str:
    return f"{code} {answer.decode('utf-8', 'replace')}"[:MAX_REASON]


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:MAX_REASON]
