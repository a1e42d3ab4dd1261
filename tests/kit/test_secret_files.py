"""A secret is the same for all who start at once, and never empty."""

from __future__ import annotations

import errno
import os
import stat
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from plazo.kit import secret_files

TOGETHER = 8


def no_links(code: int) -> Callable[..., None]:
    """A file system that answers so when it is asked for a hard link."""

    def refuse(*names: object) -> None:
        raise OSError(code, os.strerror(code))

    return refuse


@pytest.fixture(params=["with hard links", "without hard links"])
def file_system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "without hard links":
        monkeypatch.setattr(os, "link", no_links(errno.EPERM))


@pytest.mark.usefixtures("file_system")
def test_programs_that_start_at_once_get_one_secret(tmp_path: Path) -> None:
    for turn in range(50):
        path, gate = tmp_path / f"secret_{turn}", threading.Barrier(TOGETHER)

        def start(path: Path = path, gate: threading.Barrier = gate) -> str:
            gate.wait()
            return secret_files.kept(path, strength=50)

        with ThreadPoolExecutor(TOGETHER) as pool:
            got = {each.result() for each in [pool.submit(start) for _ in range(TOGETHER)]}
        assert got == {path.read_text().strip()}
        assert len(got.pop()) > 60
    assert len(list(tmp_path.iterdir())) == 50  # no draft is left


@pytest.mark.usefixtures("file_system")
def test_the_secret_stays_and_is_read_by_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    assert secret_files.kept(path, strength=12) == secret_files.kept(path, strength=12)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_empty_file_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.touch()
    with pytest.raises(ValueError, match=f"{path} está vacío: bórrelo"):
        secret_files.kept(path, strength=12)


def test_a_disk_without_room_is_no_disk_without_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", no_links(errno.ENOSPC))
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        secret_files.kept(tmp_path / "secret", strength=12)
    assert list(tmp_path.iterdir()) == []
