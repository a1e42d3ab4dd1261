"""Messages as files in a local folder: the default of a new installation."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from plazo.notices.transports.base import Accepted, Later, Letter, Outcome, Withheld


class FolderTransport:
    """Writes each message whole, named by its Message-ID, so that a second try makes no second file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, letter: Letter, *, may_send: Callable[[], bool]) -> Outcome:
        if not may_send():
            return Withheld()
        try:
            self._write(letter)
        except OSError as error:
            return Later(f"{type(error).__name__}: {error}")
        return Accepted()

    def _write(self, letter: Letter) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = hashlib.sha256(letter.message_id.encode()).hexdigest()[:32]
        with tempfile.NamedTemporaryFile(dir=self.folder, suffix=".part", delete=False) as part:
            part.write(letter.raw)
            part.flush()
            os.fsync(part.fileno())
        Path(part.name).rename(self.folder / f"{name}.eml")
