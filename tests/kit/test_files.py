"""Files from outside end as bytes under random names, whole or not at all."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.test import override_settings

from plazo.kit.files import (
    MAX_FILES,
    FileEmpty,
    FileIsProgram,
    FileTooLarge,
    StoredFile,
    TooManyFiles,
    discard,
    open_stored,
    remove,
    safe_name,
    store,
    store_all,
)
from plazo.kit.refusals import Refused

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n"
WINDOWS_PROGRAM = b"MZ" + b"\0" * 58 + b"\x80\0\0\0" + b"\0" * 64 + b"PE\0\0\x64\x86" + b"\0" * 200


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "files"
    with override_settings(MEDIA_ROOT=place, MAX_UPLOAD_BYTES=1_000):
        yield place


class Broken:
    """An upload whose connection breaks off."""

    name = "roto.pdf"

    def chunks(self) -> Iterator[bytes]:
        yield PDF
        raise ConnectionError


def upload(name: str | None = "informe.pdf", content: bytes = PDF) -> ContentFile[bytes]:
    return ContentFile(content, name=name)


def test_a_file_is_stored_under_a_random_name(folder: Path) -> None:
    first, second = store(upload()), store(upload())
    assert first.stored_name != second.stored_name
    assert first == StoredFile(
        first.stored_name, "informe.pdf", "application/pdf", len(PDF), hashlib.sha256(PDF).hexdigest()
    )
    assert open_stored(first.stored_name).read() == PDF


def test_only_the_desk_itself_may_read_the_store(folder: Path) -> None:
    before = os.umask(0)
    try:
        stored = store(upload())
    finally:
        os.umask(before)
    assert stat.S_IMODE((folder / stored.stored_name).stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_stored_file_survives_as_data() -> None:
    stored = store(upload())
    assert StoredFile(**stored.as_data()) == stored


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("informe.pdf", "informe.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\system.ini", "system.ini"),
        ("C:\\tmp\\factura.pdf", "factura.pdf"),
        ("C:factura.pdf", "factura.pdf"),
        (".htaccess", "htaccess"),
        ("\u200b.htaccess", "htaccess"),
        ("\u2060.\u200dhtaccess", "htaccess"),
        ("...", "archivo"),
        ("", "archivo"),
        ("\x00\x07", "archivo"),
        ("a\x00b.pdf", "ab.pdf"),
        ("fac\u202efdp.txt", "facfdp.txt"),
        ("a\uff0fb.pdf", "b.pdf"),
        ("uno\ndos.pdf", "uno dos.pdf"),
        ('rar<o>"?.pdf', "rar_o___.pdf"),
        ("datos.php.", "datos.php"),
        ("datos.tar.gz", "datos.tar.gz"),
        ("Año ñandú.xlsx", "Año ñandú.xlsx"),
        ("A\u0303o.pdf", "Ão.pdf"),
        ("roto\ud800.pdf", "roto\ufffd.pdf"),
    ],
)
def test_a_name_is_made_safe_before_anything_is_checked(given: str, kept: str) -> None:
    assert safe_name(given) == kept


@pytest.mark.parametrize("name", ["x" * 300, "x" * 300 + ".pdf", "x." + "y" * 300, "ñ" * 500 + ".docx"])
def test_a_long_name_is_cut_and_keeps_its_ending(name: str) -> None:
    kept = safe_name(name)
    assert len(kept) <= 120
    assert kept.rpartition(".")[2] == name.rpartition(".")[2][:11] or "." not in name


def test_a_name_of_dots_and_slashes_stays_in_the_store(folder: Path) -> None:
    store(upload(name="../../../fuera.txt", content=b"hola"))
    assert [path.parent for path in folder.parent.rglob("*") if path.is_file()] == [folder]


@pytest.mark.parametrize(
    "name", ["a.exe", "a.pdf.EXE", "a.exe.", "a.e\u200bxe", "a.\uff45xe", "a.scr ", "x/a.bat", "a.ps1"]
)
def test_a_name_that_a_click_would_run_is_refused(folder: Path, name: str) -> None:
    with pytest.raises(FileIsProgram):
        store(upload(name=name))
    assert not folder.exists() or not list(folder.iterdir())


@pytest.mark.parametrize("content", [WINDOWS_PROGRAM, Path("/bin/true").read_bytes()[:900]])
def test_a_program_under_another_name_is_refused(folder: Path, content: bytes) -> None:
    with pytest.raises(FileIsProgram):
        store(upload(name="foto.png", content=content))
    assert list(folder.iterdir()) == []


def test_a_page_or_a_script_is_stored_as_bytes_and_cannot_run(folder: Path) -> None:
    stored = store(upload(name="index.php", content=b"<?php echo 1;"))
    assert not os.access(folder / stored.stored_name, os.X_OK)


def test_the_largest_file_is_taken_and_one_byte_more_is_not(folder: Path) -> None:
    assert store(upload(content=b"a" * 1_000)).size == 1_000
    with pytest.raises(FileTooLarge) as refusal:
        store(upload(name="grande.txt", content=b"a" * 1_001))
    assert refusal.value.details == {"file_name": "grande.txt", "limit": 1_000}
    assert len(list(folder.iterdir())) == 1


def test_an_empty_file_is_refused(folder: Path) -> None:
    with pytest.raises(FileEmpty):
        store(upload(content=b""))
    assert list(folder.iterdir()) == []


def test_a_broken_upload_leaves_nothing(folder: Path) -> None:
    with pytest.raises(ConnectionError):
        store(Broken())
    assert list(folder.iterdir()) == []


def test_files_are_stored_all_or_none(folder: Path) -> None:
    with pytest.raises(Refused):
        store_all([upload(), upload(name="a.exe")])
    assert list(folder.iterdir()) == []
    assert len(store_all([upload(), upload()])) == 2


def test_too_many_files_are_refused_before_one_is_written(folder: Path) -> None:
    with pytest.raises(TooManyFiles):
        store_all([upload()] * (MAX_FILES + 1))
    assert not folder.exists()


def test_a_zip_is_never_unpacked(folder: Path) -> None:
    store(upload(name="bomba.zip", content=b"PK\x03\x04" + b"\0" * 100))
    assert len(list(folder.iterdir())) == 1


def test_discarding_twice_is_harmless(folder: Path) -> None:
    stored = store(upload())
    discard([stored])
    discard([stored])
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("name", ["../secret_key", "", "a" * 32 + "/..", "G" * 32, "a" * 31])
def test_only_names_of_the_store_open_anything(name: str) -> None:
    with pytest.raises(FileNotFoundError):
        open_stored(name)
    with pytest.raises(FileNotFoundError):
        remove(name)
