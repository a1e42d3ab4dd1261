"""A secret made once, in a file that only its owner reads."""

from __future__ import annotations

import errno
import fcntl
import os
import secrets
from pathlib import Path
from typing import Final

# What file systems without hard links answer: FAT, some network and container mounts.
_NO_LINKS: Final = frozenset({errno.EPERM, errno.ENOSYS, errno.EOPNOTSUPP, errno.EMLINK, errno.EXDEV})


def kept(path: Path, *, strength: int) -> str:
    """The secret in that file; one of so many random bytes is made where there is none.

    Of several processes that start together all get the same: the file appears whole or not at all.
    An empty file raises ValueError, since going on without a secret would fail at every page.
    """
    if not path.exists():
        _make(path, secrets.token_urlsafe(strength))
    secret = path.read_text(encoding="ascii").strip()
    if not secret:
        raise ValueError(f"{path} está vacío: bórrelo y parta de nuevo; se creará otro.")
    return secret


def _make(path: Path, secret: str) -> None:
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(f"{secret}\n")
            file.flush()
            os.fsync(file.fileno())
        _place(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def _place(draft: Path, path: Path) -> None:
    try:
        os.link(draft, path)  # refused, not replaced, where another process was first
    except FileExistsError:
        pass
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        _move_alone(draft, path)


def _move_alone(draft: Path, path: Path) -> None:
    """A move appears whole too, but would replace another's: one process at a time looks and moves."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        if not path.exists():
            draft.rename(path)
    finally:
        os.close(folder)
