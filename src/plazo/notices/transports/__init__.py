"""Ways out for a message; which one is taken is a setting."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from plazo.notices.transports.base import Accepted, Later, Letter, Outcome, Refused, Transport, Withheld
from plazo.notices.transports.console import ConsoleTransport
from plazo.notices.transports.folder import FolderTransport
from plazo.notices.transports.smtp import SmtpTransport

__all__ = [
    "Accepted",
    "ConsoleTransport",
    "FolderTransport",
    "Later",
    "Letter",
    "Outcome",
    "Refused",
    "SmtpTransport",
    "Transport",
    "Withheld",
    "configured",
]


def configured() -> Transport:
    """The transport that the settings name."""
    match settings.MAIL_TRANSPORT:
        case "smtp":
            return SmtpTransport(
                host=settings.EMAIL_HOST,
                port=settings.EMAIL_PORT,
                user=settings.EMAIL_HOST_USER,
                password=settings.EMAIL_HOST_PASSWORD,
                tls=settings.MAIL_TLS,
                answer_seconds=settings.MAIL_ANSWER_SECONDS,
            )
        case "console":
            return ConsoleTransport()
        case _:
            return FolderTransport(Path(settings.EMAIL_FILE_PATH))
