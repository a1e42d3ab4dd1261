"""Pages for what went wrong."""

from unittest.mock import patch

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InterfaceError, OperationalError
from django.test import Client, override_settings

from tests.web.conftest import Browse, Opened
from tests.world import World


def test_a_page_that_is_none_says_so_in_spanish(browse: Browse, world: World):
    response = browse(world.contact).get("/no/existe/")
    assert response.status_code == 404
    assert "no existe o no es suya" in response.text


@pytest.mark.parametrize("error", [OperationalError("database is locked"), InterfaceError("closed")])
def test_a_database_away_is_a_503_to_be_tried_again(browse: Browse, world: World, error: Exception):
    client = browse(world.contact)
    with patch("plazo.web.portal.home.memberships_of", side_effect=error):
        response = client.get("/")
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "30"
    assert "su texto sigue ahí" in response.text


def test_a_database_gone_before_any_view_is_a_503_too(world: World, browse: Browse):
    client = browse(world.contact)
    client.raise_request_exception = False
    error = OperationalError("gone")
    with patch("django.contrib.sessions.backends.db.SessionStore.load", side_effect=error):
        response = client.get("/")
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "30"


def test_a_fault_of_ours_is_a_500_in_spanish(browse: Browse, world: World):
    client = browse(world.contact)
    client.raise_request_exception = False
    with patch("plazo.web.portal.home.memberships_of", side_effect=RuntimeError("secreto")):
        response = client.get("/")
    assert response.status_code == 500
    assert "Algo falló de nuestro lado" in response.text
    assert "secreto" not in response.text


@override_settings(DATA_UPLOAD_MAX_NUMBER_FIELDS=600)
def test_fields_beyond_what_is_read_at_all_are_refused_in_words(browse: Browse, world: World):
    fields = {f"campo{number}": "x" for number in range(601)}
    response = browse(world.contact).post("/reportar/", fields)
    assert response.status_code == 400
    assert "más campos" in response.text


@override_settings(DATA_UPLOAD_MAX_NUMBER_FILES=30)
def test_files_beyond_what_is_read_at_all_are_refused_with_the_number_taken(browse: Browse, world: World):
    files = [SimpleUploadedFile(f"{number}.txt", b"x") for number in range(31)]
    response = browse(world.contact).post("/reportar/", {"attachments": files})
    assert response.status_code == 400
    assert "a lo más 20 archivos" in response.text


@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=1_000)
def test_a_text_beyond_memory_is_refused_in_words(browse: Browse, world: World):
    response = browse(world.contact).post("/reportar/", {"body": "x" * 2_000})
    assert response.status_code == 400
    assert "demasiado largo" in response.text


def test_a_body_no_form_can_need_is_not_read(world: World, browse: Browse):
    size = settings.MAX_REQUEST_BYTES + 1
    response = browse(world.contact).post("/reportar/", CONTENT_LENGTH=str(size))
    assert response.status_code == 413
    assert "25 MB" in response.text


def test_a_stale_form_says_what_to_do(world: World):
    client = Client(enforce_csrf_checks=True)
    response = client.post("/cuenta/ingresar/", {"login": "x", "password": "y"})
    assert response.status_code == 403
    assert "recargue la página" in response.text


def test_an_error_page_carries_the_content_policy(browse: Browse, world: World):
    response = browse(world.contact).get("/no/existe/")
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("path", "page"),
    [("/tickets/{}/responder/", "/tickets/{}/"), ("/personas/{}/autorizacion/", "/personas/")],
)
def test_the_address_of_a_form_opened_by_itself_leads_to_its_page(
    browse: Browse, world: World, opened: Opened, path: str, page: str
):
    number = opened().pk
    response = browse(world.client_administrator).get(path.format(number))
    assert response.status_code == 405
    assert response.headers["Allow"] == "POST"
    assert f'href="{page.format(number)}"' in response.text
    assert "Esta dirección solo recibe formularios" in response.text


def test_a_form_sent_to_a_page_that_takes_none_is_refused_without_a_page(browse: Browse, world: World):
    response = browse(world.contact).post("/contrato/")
    assert response.status_code == 405
    assert response.text == ""
