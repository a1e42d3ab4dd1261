"""Attachments behind the access rule."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from plazo.kit.files import remove, store
from plazo.tickets import actions
from plazo.tickets.models import Attachment
from tests.web.conftest import Browse, Opened
from tests.world import World

SCRIPT = b"<script>alert(1)</script>"


def attached(opened: Opened) -> Attachment:
    ticket = opened(files=(store(SimpleUploadedFile("página.html", SCRIPT)),))
    return Attachment.objects.get(message__ticket=ticket)


def test_a_file_is_downloaded_under_its_name_and_never_run(browse: Browse, world: World, opened: Opened):
    file = attached(opened)
    response = browse(world.contact).get(f"/archivos/{file.pk}/")
    assert response.headers["Content-Disposition"].startswith("attachment;")
    assert "p%C3%A1gina.html" in response.headers["Content-Disposition"]
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.getvalue() == SCRIPT


@pytest.mark.parametrize("who", ["consultant", "lead", "client_administrator", "colleague"])
def test_whoever_sees_the_ticket_has_its_files(browse: Browse, world: World, opened: Opened, who: str):
    file = attached(opened)
    assert browse(getattr(world, who)).get(f"/archivos/{file.pk}/").status_code == 200


@pytest.mark.parametrize("who", ["norte_contact", "unauthorised", "shared", "stranger"])
def test_nobody_else_has_them(browse: Browse, world: World, opened: Opened, who: str):
    file = attached(opened)
    assert browse(getattr(world, who)).get(f"/archivos/{file.pk}/").status_code == 404


def test_files_on_a_note_are_the_desks_alone(browse: Browse, world: World, opened: Opened):
    ticket = opened()
    stored = store(SimpleUploadedFile("interno.txt", b"x"))
    actions.note(ticket.pk, actor=world.consultant, body="Nota", files=[stored])
    file = Attachment.objects.get()
    assert browse(world.consultant).get(f"/archivos/{file.pk}/").status_code == 200
    assert browse(world.contact).get(f"/archivos/{file.pk}/").status_code == 404


def test_a_file_lost_from_the_store_is_not_found(browse: Browse, world: World, opened: Opened):
    file = attached(opened)
    remove(file.stored_name)
    assert browse(world.contact).get(f"/archivos/{file.pk}/").status_code == 404


def test_a_number_that_is_none_is_not_found(browse: Browse, world: World):
    assert browse(world.contact).get("/archivos/999999/").status_code == 404
