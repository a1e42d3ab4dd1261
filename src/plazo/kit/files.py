"""Files from outside, stored as bytes under random names: never run, never unpacked, never opened."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, Protocol

import magic
from django.conf import settings

from plazo.kit.refusals import Refused
from plazo.kit.text import clean_line

MAX_FILES = 20
MAX_NAME_LENGTH = 120
NAMELESS = "archivo"  # what a file is called whose own name is none
_HEAD = 8_192  # bytes that the type is told from
_STORED_NAME = re.compile(r"[0-9a-f]{32}(\.part)?")
_PARTIAL = ".part"
# What a click would run on the computer of whoever downloads it.
_PROGRAM_ENDINGS = frozenset(
    {
        "apk",
        "bat",
        "cmd",
        "com",
        "cpl",
        "dll",
        "exe",
        "hta",
        "jar",
        "jse",
        "lnk",
        "msi",
        "msp",
        "pif",
        "ps1",
        "reg",
        "scr",
        "sys",
        "vb",
        "vbe",
        "vbs",
        "wsf",
    }
)
_PROGRAM_TYPES = frozenset(
    {
        "application/vnd.microsoft.portable-executable",
        "application/x-dosexec",
        "application/x-executable",
        "application/x-mach-binary",
        "application/x-pie-executable",
        "application/x-sharedlib",
    }
)


class FileTooLarge(Refused):
    """A file above the limit. details: file_name, limit (bytes)."""


class FileEmpty(Refused):
    """A file without a byte. details: file_name."""


class FileIsProgram(Refused):
    """A file that would run where it is opened. details: file_name."""


class TooManyFiles(Refused):
    """More files at once than are taken. details: limit."""


class Upload(Protocol):
    """What a channel hands over: the sender's name for it, and its bytes piece by piece."""

    @property
    def name(self) -> str | None: ...

    def chunks(self) -> Iterable[bytes]: ...


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file in the store, not yet part of anything: `stored_name` is random, `file_name` the sender's."""

    stored_name: str
    file_name: str
    content_type: str
    size: int
    sha256: str

    def as_data(self) -> dict[str, Any]:
        """The file as JSON takes it; `StoredFile(**data)` reads it back."""
        return asdict(self)


def store_all(uploads: Sequence[Upload]) -> tuple[StoredFile, ...]:
    """Store all or none."""
    if len(uploads) > MAX_FILES:
        raise TooManyFiles(limit=MAX_FILES)
    stored: list[StoredFile] = []
    try:
        for upload in uploads:
            stored.append(store(upload))
    except BaseException:
        discard(stored)
        raise
    return tuple(stored)


def refused_unread(name: str | None, size: int) -> Refused | None:
    """Why a file of that name and size is not taken, as far as that tells."""
    file_name = safe_name(name or "")
    if _ending(file_name) in _PROGRAM_ENDINGS:
        return FileIsProgram(file_name=file_name)
    if not size:
        return FileEmpty(file_name=file_name)
    if size > settings.MAX_UPLOAD_BYTES:
        return FileTooLarge(file_name=file_name, limit=settings.MAX_UPLOAD_BYTES)
    return None


def store(upload: Upload) -> StoredFile:
    """Write an upload to the store; whole and on the disk when this returns, else not there at all."""
    file_name = safe_name(upload.name or "")
    if _ending(file_name) in _PROGRAM_ENDINGS:
        raise FileIsProgram(file_name=file_name)
    stored_name = secrets.token_hex(16)
    partial = _folder() / f"{stored_name}{_PARTIAL}"
    try:
        content_type, size, digest = _write(partial, upload.chunks(), file_name)
        os.rename(partial, _folder() / stored_name)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    _sync_folder()
    return StoredFile(stored_name, file_name, content_type, size, digest)


def discard(files: Iterable[StoredFile]) -> None:
    """Take back files that nothing refers to."""
    for file in files:
        remove(file.stored_name)


def remove(stored_name: str) -> None:
    """Delete a file of the store, if it is there."""
    _path(stored_name).unlink(missing_ok=True)


def open_stored(stored_name: str) -> BinaryIO:
    """A stored file for reading; FileNotFoundError when it is not there."""
    return _path(stored_name).open("rb")


def stored_before(instant: datetime) -> Iterator[str]:
    """Names in the store, half-written ones too, last written before the instant."""
    for path in _folder().iterdir():
        if _STORED_NAME.fullmatch(path.name) and _written_at(path) < instant:
            yield path.name


def safe_name(name: str) -> str:
    """The sender's name for a file, without folders, hidden characters and leading dots, not too long."""
    plain = unicodedata.normalize("NFKC", clean_line(name))
    plain = "".join(char for char in plain if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co"))
    last = re.split(r"[/\\:]", plain)[-1]
    last = re.sub(r'[<>"|?*]', "_", last).strip(" .")
    stem, dot, ending = last.rpartition(".")
    if not dot:
        return last[:MAX_NAME_LENGTH] or NAMELESS
    return f"{stem[: MAX_NAME_LENGTH - 12].rstrip(' .')}.{ending[:11]}"


def _write(path: Path, chunks: Iterable[bytes], file_name: str) -> tuple[str, int, str]:
    head, size, digest = b"", 0, hashlib.sha256()
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > settings.MAX_UPLOAD_BYTES:
                raise FileTooLarge(file_name=file_name, limit=settings.MAX_UPLOAD_BYTES)
            head = head if len(head) >= _HEAD else (head + chunk)[:_HEAD]
            digest.update(chunk)
            file.write(chunk)
        if not size:
            raise FileEmpty(file_name=file_name)
        content_type = magic.from_buffer(head, mime=True)
        if content_type in _PROGRAM_TYPES:
            raise FileIsProgram(file_name=file_name)
        file.flush()
        os.fsync(file.fileno())
    return content_type, size, digest.hexdigest()


def _ending(file_name: str) -> str:
    return file_name.rpartition(".")[2].casefold()


def _folder() -> Path:
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _path(stored_name: str) -> Path:
    if not _STORED_NAME.fullmatch(stored_name):
        raise FileNotFoundError(stored_name)
    return _folder() / stored_name


def _written_at(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _sync_folder() -> None:
    # The rename is on the disk only once its folder is.
    descriptor = os.open(_folder(), os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
