"""What becomes of stored uploads when the act they belong to fails."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InterfaceError, OperationalError
from django.test import override_settings

from plazo.kit.files import refused_unread
from plazo.kit.refusals import Refused
from plazo.web.uploads import stored
from tests.web.conftest import Browse
from tests.world import World


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


def test_each_file_that_cannot_be_taken_is_named_at_once(
    browse: Browse, world: World, settings: Any, tmp_path: Path
) -> None:
    settings.MAX_UPLOAD_BYTES = 1024 * 1024
    settings.MEDIA_ROOT = tmp_path
    files = [
        SimpleUploadedFile("vacio.txt", b""),
        SimpleUploadedFile("grande.bin", b"x" * (1024 * 1024 + 1)),
        SimpleUploadedFile("instalar.exe", b"MZ"),
        SimpleUploadedFile("registro.txt", b"linea 1"),
    ]
    form = {"token": "uno", "subject": "No imprime", "body": "En la caja 3.", "attachments": files}
    response = browse(world.contact).post("/reportar/", form | {"organization": world.andes.pk})
    assert response.status_code == 422
    assert response.text.count("El archivo vacio.txt está vacío.") == 2  # on top and under the field
    assert "El archivo grande.bin pesa más que el máximo de 1 MB." in response.text
    assert "El archivo instalar.exe es un programa" in response.text
    assert "registro.txt" not in response.text
    assert "En la caja 3." in response.text
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "size", "code"),
    [
        ("a.txt", 0, "file_empty"),
        ("a.txt", 26 * 1024 * 1024, "file_too_large"),
        ("a.exe", 5, "file_is_program"),
        ("a.txt", 5, None),
    ],
)
def test_a_name_and_a_size_tell_what_is_not_taken(name: str, size: int, code: str | None) -> None:
    refusal = refused_unread(name, size)
    assert (refusal.code if refusal else None) == code
