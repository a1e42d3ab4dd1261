"""What people write with an act, made safe at the door."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from plazo.kit.files import StoredFile
from plazo.kit.text import clean
from plazo.tickets import refusals
from plazo.tickets.chain import salted

LONGEST_TEXT: Final = 100_000


@dataclass(frozen=True, slots=True)
class Text:
    """What a person writes with an act: kept apart from the event, which holds its salted digest.

    kind     see `Message.KINDS`
    subject  of a report; its ticket keeps it
    """

    kind: str
    body: str
    files: Sequence[StoredFile] = ()
    salt: str = field(default_factory=lambda: secrets.token_hex(16))
    subject: str = ""

    def data(self) -> dict[str, Any]:
        """What the event holds of it."""
        data: dict[str, Any] = {"message": salted(self.salt, self.body)}
        if self.subject:
            data["subject"] = salted(self.salt, self.subject)
        if self.files:
            data["files"] = [salted(self.salt, file.sha256) for file in self.files]
        return data


def written(kind: str, body: str, files: Sequence[StoredFile] = ()) -> Text:
    """A text from outside, made safe; refused when there is nothing in it or too much."""
    text = optional(kind, body, files)
    if text is None:
        raise refusals.EmptyText
    return text


def optional(kind: str, body: str, files: Sequence[StoredFile] = ()) -> Text | None:
    """As `written`; None when there is nothing in it. A file alone is something."""
    cleaned = clean(body)
    if len(cleaned) > LONGEST_TEXT:
        raise refusals.TextTooLong(limit=LONGEST_TEXT)
    return Text(kind, cleaned, tuple(files)) if cleaned or files else None
