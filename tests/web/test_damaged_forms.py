"""What no page of ours sends is refused on the page itself, which then can be sent."""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from plazo.intake.models import Submission
from plazo.people.models import Person
from plazo.tickets.models import Event, Message, Ticket
from plazo.web.tokens import MOST_FIELDS
from tests.web.conftest import Browse, Opened
from tests.world import World

TYPED = "Desde las 9:30 en la caja 3, sin «excepción»."
SURPLUS = {f"campo{number}": "x" for number in range(10_000)}
URLENCODED = "application/x-www-form-urlencoded"
# By who fills it in: the address, and what the form holds besides the text.
FORMS = [
    ("contact", "/reportar/", {"subject": "No imprime", "kind": "ALTO-01"}),
    ("contact", "/tickets/{}/responder/", {}),
    ("contact", "/tickets/{}/objetar/", {"what": "priority"}),
    ("consultant", "/mesa/tickets/{}/responder/", {"then": "open"}),
    ("consultant", "/mesa/tickets/{}/nota/", {}),
    ("consultant", "/mesa/tickets/{}/llamada/", {"spoke": "yes"}),
    ("consultant", "/mesa/tickets/{}/pausar/", {"reason": "client"}),
]
WITH_FILES = [each for each in FORMS if each[1].endswith(("reportar/", "responder/", "nota/"))]
every_form = pytest.mark.parametrize(
    ("who", "path", "more"), FORMS, ids=[f"{who}{path}" for who, path, _ in FORMS]
)


def rows() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Ticket, Event, Message, Submission))


def person(world: World, who: str) -> Person:
    found: Person = getattr(world, who)
    return found


def send(client: Client, path: str, form: dict[str, Any]) -> Any:
    return client.post(path, urlencode(form), content_type=URLENCODED)


def token_beside(text: str, path: str) -> str:
    """The token of the form that is sent to that address."""
    form = re.search(rf'<form[^>]*action="{re.escape(path)}.*?</form>', text, re.S)
    assert form is not None
    found = re.search(r'name="token" value="([^"]*)"', form[0])
    assert found is not None
    return found[1]


@every_form
def test_ten_thousand_fields_are_refused_where_they_were_typed(
    browse: Browse, world: World, opened: Opened, who: str, path: str, more: dict[str, str]
):
    path = path.format(opened().pk)
    before = rows()
    response = send(browse(person(world, who)), path, {"token": "uno", "body": TYPED} | more | SURPLUS)
    assert response.status_code == 422
    assert "El envío traía datos de más y no se guardó. Revíselo y envíe de nuevo." in response.text
    assert TYPED in html.unescape(response.text)
    assert "campo9" not in response.text
    assert rows() == before


@pytest.mark.parametrize(("surplus", "status"), [(0, 302), (1, 422)])
def test_fields_are_counted_by_their_values(
    browse: Browse, world: World, opened: Opened, surplus: int, status: int
):
    values = ["x"] * (MOST_FIELDS - 2 + surplus)
    response = browse(world.contact).post(
        f"/tickets/{opened().pk}/responder/", {"token": "uno", "body": TYPED, "otro": values}
    )
    assert response.status_code == status


@pytest.mark.parametrize(("who", "path", "more"), WITH_FILES)
def test_files_beyond_the_limit_are_refused_where_the_text_was_typed(
    browse: Browse, world: World, opened: Opened, who: str, path: str, more: dict[str, str]
):
    path = path.format(opened().pk)
    before = rows()
    files = [SimpleUploadedFile(f"{number}.txt", b"linea") for number in range(21)]
    form = {"token": "uno", "organization": world.andes.pk, "body": TYPED, "attachments": files}
    response = browse(person(world, who)).post(path, form | more)
    assert response.status_code == 422
    assert "Adjunte a lo más 20 archivos; envíe los demás en otro mensaje." in response.text
    assert TYPED in html.unescape(response.text)
    assert rows() == before


@every_form
def test_a_form_without_its_token_comes_back_with_another(
    browse: Browse, world: World, opened: Opened, who: str, path: str, more: dict[str, str]
):
    path = path.format(opened().pk)
    client, form = browse(person(world, who)), {"organization": world.andes.pk, "body": TYPED} | more
    before = rows()
    refused = send(client, path, form)
    assert refused.status_code == 422
    assert "El formulario llegó dañado y no se guardó. Revíselo y envíe de nuevo." in refused.text
    assert TYPED in html.unescape(refused.text)
    assert rows() == before
    assert send(client, path, form | {"token": token_beside(refused.text, path)}).status_code == 302
    assert rows() != before


@pytest.mark.parametrize("token", ["x" * 65, "con espacio", "nulo\0", "\u200b", "ñandú", "fin\n"])
def test_a_token_of_another_shape_is_replaced(browse: Browse, world: World, opened: Opened, token: str):
    path = f"/tickets/{opened().pk}/responder/"
    refused = send(browse(world.contact), path, {"token": token, "body": TYPED})
    assert refused.status_code == 422
    assert re.fullmatch(r"[\w-]{22}", token_beside(refused.text, path))


def test_a_damaged_form_names_no_field_that_nobody_sees(browse: Browse, world: World, opened: Opened):
    path = f"/mesa/tickets/{opened().pk}/responder/"
    refused = send(browse(world.consultant), path, {"token": "", "seen": "nada", "body": TYPED})
    assert "Token:" not in refused.text
    assert "Seen:" not in refused.text
    seen = re.search(r'name="seen" value="(\d+)"', refused.text)
    assert seen is not None
    mended = {"token": token_beside(refused.text, path), "seen": seen[1], "body": TYPED}
    assert send(browse(world.consultant), path, mended).status_code == 302


def test_what_else_is_wrong_is_said_beside(browse: Browse, world: World, opened: Opened):
    response = send(browse(world.contact), "/reportar/", {"body": TYPED, "subject": ""})
    assert "El formulario llegó dañado" in response.text
    assert "Escriba en pocas palabras qué falla" in response.text


def test_a_report_that_lost_its_company_comes_back_with_it(browse: Browse, world: World):
    form = {"token": "uno", "subject": "No imprime", "body": TYPED}
    refused = send(browse(world.contact), "/reportar/", form)
    assert refused.status_code == 422
    assert f'name="organization" value="{world.andes.pk}"' in refused.text
