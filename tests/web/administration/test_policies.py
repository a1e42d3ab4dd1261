"""Policy versions: checked, kept, compared, seen as published, published."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plazo.contracts.actions import upload_policy
from plazo.contracts.models import PolicyVersion
from tests.web.conftest import Browse
from tests.world import POLICY, World

HOME = "/administracion/acuerdos/"
SOURCE = POLICY.read_text(encoding="utf-8")
SECOND = SOURCE.replace("\nversion: 1\n", "\nversion: 2\n").replace("factor: 4", "factor: 5")
BROKEN = SECOND.replace("\nversion: 2\n", "\nversion: dos\n")


def draft(world: World, source: str = SECOND) -> PolicyVersion:
    return upload_policy(source, actor=world.administrator)


def of(version: PolicyVersion) -> str:
    return f"{HOME}{version.pk}/"


def file(content: bytes, name: str = "acuerdo.yaml") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize("who", ["lead", "consultant", "client_administrator"])
def test_policies_are_for_administrators(browse: Browse, world: World, who: str):
    version = draft(world)
    client = browse(getattr(world, who))
    for path in (HOME, f"{HOME}nueva/", of(version), f"{of(version)}vista/"):
        assert client.get(path).status_code == 404
    assert client.post(f"{HOME}nueva/", {"source": SECOND, "act": "keep"}).status_code == 404
    assert client.post(f"{of(version)}publicar/", {"number": "2"}).status_code == 404
    version.refresh_from_db()
    assert version.published_at is None


def test_versions_are_listed_with_their_state(browse: Browse, world: World):
    draft(world)
    text = browse(world.administrator).get(HOME).content.decode()
    assert "coacher, versión 2" in text
    assert "borrador" in text
    assert "publicada" in text


def test_more_versions_cost_no_more_queries(browse: Browse, world: World):
    client = browse(world.administrator)
    with CaptureQueriesContext(connection) as one:
        client.get(HOME)
    for number in (2, 3, 4):
        draft(world, SOURCE.replace("\nversion: 1\n", f"\nversion: {number}\n"))
    with CaptureQueriesContext(connection) as four:
        client.get(HOME)
    assert len(four) <= len(one)


def test_a_check_says_what_would_change_and_keeps_nothing(browse: Browse, world: World):
    response = browse(world.administrator).post(f"{HOME}nueva/", {"source": SECOND, "act": "check"})
    text = response.content.decode()
    assert response.status_code == 200
    assert "La versión 2 no tiene errores." in text
    assert "de «4» a «5»" in text
    assert PolicyVersion.objects.count() == 1


def test_a_check_of_what_is_published_says_that_it_is_the_same(browse: Browse, world: World):
    text = browse(world.administrator).post(f"{HOME}nueva/", {"source": SOURCE, "act": "check"}).text
    assert "Ya está publicada la versión 1." in text
    assert "No cambia nada respecto de la última publicada." in text
    assert "Es la primera versión" not in text


def test_a_check_under_a_published_number_says_what_differs(browse: Browse, world: World):
    source = SECOND.replace("\nversion: 2\n", "\nversion: 1\n")
    text = browse(world.administrator).post(f"{HOME}nueva/", {"source": source, "act": "check"}).text
    assert "Ya está publicada la versión 1." in text
    assert "de «4» a «5»" in text
    assert "Es la primera versión" not in text


@pytest.mark.parametrize("act", ["check", "keep"])
def test_a_fault_names_the_file_it_was_found_in(browse: Browse, world: World, act: str):
    given = {"file": file(BROKEN.encode(), name="version-2.yaml"), "act": act}
    response = browse(world.administrator).post(f"{HOME}nueva/", given)
    assert response.status_code == 422
    assert "version-2.yaml, línea" in response.text


@pytest.mark.parametrize("act", ["check", "keep"])
def test_a_fault_is_told_with_its_place_and_the_text_is_kept(browse: Browse, world: World, act: str):
    response = browse(world.administrator).post(f"{HOME}nueva/", {"source": BROKEN, "act": act})
    text = response.content.decode()
    line = BROKEN.splitlines().index("version: dos") + 1
    assert response.status_code == 422
    assert f"acuerdo.yaml, línea {line}, columna" in text
    assert "<code>version</code>" in text
    assert "<code>version: dos</code>" in text
    assert "\nversion: dos\n" in text
    assert PolicyVersion.objects.count() == 1


def test_a_sound_text_is_kept_as_the_bytes_it_had_in_its_file(browse: Browse, world: World):
    as_browsers_send_it = SECOND.replace("\n", "\r\n")
    client = browse(world.administrator)
    response = client.post(f"{HOME}nueva/", {"source": as_browsers_send_it, "act": "keep"})
    version = PolicyVersion.objects.get(version=2)
    assert response.headers["Location"] == of(version)
    assert version.sha256 == hashlib.sha256(SECOND.encode()).hexdigest()


def test_a_file_is_taken_before_the_text(browse: Browse, world: World):
    given = {"source": "nada", "file": file(SECOND.encode()), "act": "keep"}
    browse(world.administrator).post(f"{HOME}nueva/", given)
    assert PolicyVersion.objects.get(version=2).source == SECOND


def test_a_faulty_file_becomes_the_text_to_mend(browse: Browse, world: World):
    given = {"source": "", "file": file(BROKEN.encode()), "act": "keep"}
    response = browse(world.administrator).post(f"{HOME}nueva/", given)
    assert response.status_code == 422
    assert "\nversion: dos\n" in response.content.decode()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"source": "  "}, "Suba un archivo o pegue el texto"),
        ({"source": "mi texto", "file": file(b"\xff\xfe\x00")}, "no es texto en UTF-8"),
        ({"source": "mi texto", "file": file(b"a" * 2_000_000)}, "pesa demasiado"),
    ],
)
def test_what_is_no_policy_at_all_is_refused(browse: Browse, world: World, given: dict[str, Any], words: str):
    response = browse(world.administrator).post(f"{HOME}nueva/", {**given, "act": "keep"})
    text = response.content.decode()
    assert response.status_code == 422
    assert words in text
    assert given["source"].strip() in text


def test_a_published_version_is_not_loaded_again(browse: Browse, world: World):
    response = browse(world.administrator).post(f"{HOME}nueva/", {"source": SOURCE, "act": "keep"})
    assert response.status_code == 422
    assert "ya está publicada y no se edita" in response.content.decode()


def test_a_new_version_can_start_from_an_old_one(browse: Browse, world: World):
    text = browse(world.administrator).get(f"{HOME}nueva/?desde={world.policy.pk}").content.decode()
    assert "code: coacher" in text


def test_a_draft_says_in_words_what_changes(browse: Browse, world: World):
    version = draft(world)
    text = browse(world.administrator).get(of(version)).content.decode()
    assert "de «4» a «5»" in text
    assert "Publicar la versión 2" in text


def test_the_first_version_has_nothing_to_compare_with(browse: Browse, world: World):
    text = browse(world.administrator).get(of(world.policy)).content.decode()
    assert "Es la primera versión" in text
    assert "Publicar la versión" not in text


def test_the_preview_is_what_the_client_will_read(browse: Browse, world: World):
    text = browse(world.administrator).get(f"{of(draft(world))}vista/").content.decode()
    assert "ALTO-01" in text
    assert "<table>" in text


@pytest.mark.parametrize("number", ["", "1", "20", "dos"])
def test_publishing_wants_the_number_typed(browse: Browse, world: World, number: str):
    version = draft(world)
    response = browse(world.administrator).post(f"{of(version)}publicar/", {"number": number})
    version.refresh_from_db()
    assert response.status_code == 422
    assert version.published_at is None


def test_a_version_is_published_once(browse: Browse, world: World):
    version = draft(world)
    client = browse(world.administrator)
    response = client.post(f"{of(version)}publicar/", {"number": "2"}, follow=True)
    version.refresh_from_db()
    assert version.published_by == world.administrator
    assert "Versión 2 publicada." in response.content.decode()
    again = client.post(f"{of(version)}publicar/", {"number": "2"})
    assert again.status_code == 422
    assert "ya está publicada" in again.content.decode()


def test_a_draft_that_no_longer_reads_shows_its_faults_and_is_not_published(browse: Browse, world: World):
    version = draft(world)
    PolicyVersion.objects.filter(pk=version.pk).update(source=BROKEN)
    client = browse(world.administrator)
    assert "línea" in client.get(of(version)).content.decode()
    assert client.get(f"{of(version)}vista/").status_code == 200
    assert client.post(f"{of(version)}publicar/", {"number": "2"}).status_code == 422


def test_the_signed_document_is_the_one_the_policy_names(browse: Browse, world: World):
    signed = b"%PDF-1.4 documento firmado"
    source = SECOND.replace(
        "3f76dd7f2db1a47ddc1c1f28d4ec9b816e1b00d489ac81d388231b5fc5d1c9c7", hashlib.sha256(signed).hexdigest()
    )
    version = draft(world, source)
    client = browse(world.administrator)
    assert client.get(f"{of(version)}documento/archivo/").status_code == 404
    client.post(f"{of(version)}documento/", {"document": file(signed, "firmado.pdf")})
    response = client.get(f"{of(version)}documento/archivo/")
    assert b"".join(response.streaming_content) == signed
    assert 'attachment; filename="firmado.pdf"' in response.headers["Content-Disposition"]


def test_another_document_is_refused_and_not_kept(browse: Browse, world: World):
    before = len(list(Path(settings.MEDIA_ROOT).iterdir()))
    path = f"{of(world.policy)}documento/"
    response = browse(world.administrator).post(path, {"document": file(b"otro", "otro.pdf")})
    assert response.status_code == 422
    assert "cargue una versión del acuerdo que nombre la de este" in response.content.decode()
    assert len(list(Path(settings.MEDIA_ROOT).iterdir())) == before


def test_a_document_is_not_forgotten(browse: Browse, world: World):
    assert browse(world.administrator).post(f"{of(world.policy)}documento/").status_code == 422


def test_a_version_that_is_none_is_not_found(browse: Browse, world: World):
    client = browse(world.administrator)
    for path in (
        f"{HOME}99999/",
        f"{HOME}99999/vista/",
        f"{HOME}nueva/?desde=99999",
        f"{HOME}nueva/?desde=x",
    ):
        assert client.get(path).status_code == 404
