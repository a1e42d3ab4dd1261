"""A consultant opens a ticket for somebody who called."""

from __future__ import annotations

from typing import Any

import pytest

from plazo.intake.models import Submission
from plazo.people.models import Organization
from plazo.tickets.models import Ticket
from tests.web.conftest import Browse
from tests.world import NOW, World

PATH = "/mesa/llamada/"


def filled(company: Organization, **changes: Any) -> dict[str, Any]:
    return {
        "token": "uno",
        "cliente": company.pk,
        "at": "2026-11-18T09:30",
        "kind": "ALTO-01",
        "subject": "El ERP no abre",
        "body": "Desde las nueve, en toda la oficina.",
    } | changes


def test_first_the_company_is_chosen(browse: Browse, world: World):
    text = browse(world.consultant).get(PATH).content.decode()
    assert "Andes Ltda" in text
    assert "Quién llamó" not in text


def test_the_form_knows_the_people_and_the_contract_of_the_company(browse: Browse, world: World):
    text = browse(world.consultant).get(PATH, {"cliente": world.andes.pk}).content.decode()
    assert "Contacto Registrado (no autorizado a reportar)" in text
    assert f"C-{world.andes.pk}: Servicio 8x5, Premium" in text
    assert "Contacto Norte" not in text
    assert 'value="2026-11-18T10:00"' in text


def test_a_ticket_counts_from_the_hour_of_the_call(browse: Browse, world: World):
    given = filled(world.andes, requester=world.contact.pk, contract=world.andes_contract.pk)
    response = browse(world.consultant).post(PATH, given)
    ticket = Ticket.objects.get()
    assert response.headers["Location"] == f"/mesa/tickets/{ticket.pk}/"
    assert (ticket.channel, ticket.requester) == ("phone", world.contact)
    assert (NOW - ticket.opened_at).total_seconds() == 30 * 60


def test_an_hour_to_come_is_refused_and_the_text_kept(browse: Browse, world: World):
    given = filled(
        world.andes, requester=world.contact.pk, contract=world.andes_contract.pk, at="2026-11-18T23:00"
    )
    response = browse(world.consultant).post(PATH, given)
    assert response.status_code == 422
    assert "La hora de la llamada no puede quedar en el futuro." in response.content.decode()
    assert given["body"] in response.content.decode()
    assert not Ticket.objects.exists()


def test_a_minute_ahead_is_taken_as_now(browse: Browse, world: World):
    given = filled(
        world.andes, requester=world.contact.pk, contract=world.andes_contract.pk, at="2026-11-18T10:01"
    )
    browse(world.consultant).post(PATH, given)
    assert Ticket.objects.get().opened_at == NOW


def test_a_company_without_contract_is_held(browse: Browse, world: World):
    given = filled(world.ocaso, requester=world.ocaso_contact.pk, kind="")
    response = browse(world.consultant).post(PATH, given, follow=True)
    assert "Quedó retenido" in response.content.decode()
    assert not Ticket.objects.exists()
    assert Submission.objects.filter(state=Submission.HELD).count() == 1


@pytest.mark.parametrize(
    ("who", "changes", "said"),
    [
        ("unauthorised", {}, "no está autorizada a reportar. La autoriza Administración Andes."),
        ("revoked", {}, "no está autorizada a reportar. La autoriza Administración Andes."),
        ("contact", {"body": " "}, "Escriba un texto: está vacío."),
    ],
)
def test_a_refused_report_keeps_what_was_typed(
    browse: Browse, world: World, who: str, changes: dict[str, str], said: str
):
    given = filled(world.andes, requester=getattr(world, who).pk, contract=world.andes_contract.pk, **changes)
    response = browse(world.consultant).post(PATH, given)
    text = response.content.decode()
    assert response.status_code == 422
    assert said in text
    assert 'value="El ERP no abre"' in text
    assert not Ticket.objects.exists()


@pytest.mark.parametrize("company", ["999", "x", "9" * 30, "-1"])
def test_a_company_that_is_none_is_not_found(browse: Browse, world: World, company: str):
    assert browse(world.consultant).get(PATH, {"cliente": company}).status_code == 404


def test_calls_are_for_the_desk(browse: Browse, world: World):
    assert browse(world.contact).get(PATH).status_code == 404
    assert browse(world.contact).post(PATH, filled(world.andes)).status_code == 404
