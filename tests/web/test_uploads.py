"""What becomes of stored uploads when the act they belong to fails."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InterfaceError, OperationalError
from django.test import override_settings

from plazo.kit.refusals import Refused
from plazo.web.uploads import stored


def files_after(error: Exception, folder: Path) -> int:
    """How many files are left of one upload when the block fails so."""
    upload = SimpleUploadedFile("registro.txt", b"linea 1")
    with override_settings(MEDIA_ROOT=folder), pytest.raises(type(error)), stored([upload]):
        raise error
    return len(list(folder.iterdir()))


@pytest.mark.parametrize("error", [OperationalError("lost"), InterfaceError("closed")])
def test_files_stay_when_nobody_knows_whether_the_database_committed(
    error: Exception, tmp_path: Path
) -> None:
    assert files_after(error, tmp_path) == 1


@pytest.mark.parametrize("error", [Refused(), ValueError("wrong")])
def test_files_are_taken_back_when_nothing_was_written(error: Exception, tmp_path: Path) -> None:
    assert files_after(error, tmp_path) == 0


def test_files_stay_when_the_act_succeeds(tmp_path: Path) -> None:
    with override_settings(MEDIA_ROOT=tmp_path), stored([SimpleUploadedFile("a.txt", b"a")]) as (file,):
        assert file.size == 1
    assert [path.name for path in tmp_path.iterdir()] == [file.stored_name]
