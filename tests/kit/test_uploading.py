"""What is called like a folder is kept all the same, under a name of ours."""

from __future__ import annotations

import pytest
from django.core.exceptions import TooManyFilesSent
from django.http import HttpRequest
from django.test import RequestFactory, override_settings

BOUNDARY = "frontera"


def sent(*names: str, text: str = "hola") -> HttpRequest:
    """A form with one text and files of these names, as a browser sends it."""
    parts = [f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="body"\r\n\r\n{text}\r\n']
    parts += [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n'
        f"Content-Type: text/plain\r\n\r\ncontenido de {name}\r\n"
        for name in names
    ]
    body = "".join([*parts, f"--{BOUNDARY}--\r\n"]).encode()
    return RequestFactory().post("/", body, content_type=f"multipart/form-data; boundary={BOUNDARY}")


@pytest.mark.parametrize("name", ["..", ".", "/", "../..", "\\\\", "\x07"])
def test_a_file_without_a_name_of_its_own_is_kept(name: str) -> None:
    (file,) = sent(name).FILES.getlist("files")
    assert file.name == "archivo"
    assert file.read().startswith(b"contenido de")


def test_other_names_and_the_text_stay_as_they_were() -> None:
    request = sent("uno.txt", "carpeta/dos.txt")
    assert [file.name for file in request.FILES.getlist("files")] == ["uno.txt", "dos.txt"]
    assert request.POST["body"] == "hola"


def test_a_field_in_which_no_file_was_chosen_holds_none() -> None:
    assert sent("").FILES.getlist("files") == []


def test_a_large_file_still_goes_to_disk_while_it_comes_in() -> None:
    with override_settings(FILE_UPLOAD_MAX_MEMORY_SIZE=4):
        (file,) = sent("..").FILES.getlist("files")
    assert file.temporary_file_path()
    assert file.name == "archivo"


def test_the_bounds_of_the_parser_hold() -> None:
    with override_settings(DATA_UPLOAD_MAX_NUMBER_FILES=1), pytest.raises(TooManyFilesSent):
        _ = sent("uno.txt", "..").FILES
