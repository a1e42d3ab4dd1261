"""The calculator of a contract's page: the engine's answer for a priority and an hour."""

import pytest
from django.test import Client

from plazo.kit import clock
from plazo.tickets.models import Ticket
from tests.web.conftest import Browse
from tests.world import World


@pytest.fixture
def client(browse: Browse, world: World) -> Client:
    return browse(world.contact)


def calculated(client: Client, contract_id: int, **given: str) -> str:
    asked = {"contract": str(contract_id), "priority": "high", "at": "2026-09-17T17:30"} | given
    return client.get("/contrato/", asked).text


def test_nothing_is_calculated_until_it_is_asked_for(client: Client):
    page = client.get("/contrato/").text
    assert "¿Cuánto demoraría?" in page
    assert "¿Por qué este plazo?" not in page


def test_the_answer_is_that_of_the_engine_over_the_holidays(client: Client, world: World):
    page = calculated(client, world.andes_contract.contract_id)
    assert "lunes 21 de septiembre, 11:30" in page
    assert "martes 22 de septiembre, 12:30" in page


def test_another_priority_has_another_term(client: Client, world: World):
    page = calculated(client, world.andes_contract.contract_id, priority="low")
    assert "lunes 21 de septiembre, 11:30" not in page
    assert "martes 22 de septiembre, 14:30" not in page
    assert "¿Por qué este plazo?" in page


def test_calculating_writes_no_ticket(client: Client, world: World):
    calculated(client, world.andes_contract.contract_id)
    assert not Ticket.objects.exists()


@pytest.mark.parametrize(
    "given",
    [
        {"at": "mañana"},
        {"at": "2026-02-31T10:00"},
        {"at": "1970-01-01T00:00"},
        {"at": "9999-12-31T23:59"},
        {"at": ""},
        {"priority": "urgente"},
    ],
)
def test_what_cannot_be_calculated_is_said_beside_the_form(
    client: Client, world: World, given: dict[str, str]
):
    page = calculated(client, world.andes_contract.contract_id, **given)
    assert "Hay algo que corregir" in page
    assert "¿Por qué este plazo?" not in page


def test_a_year_ahead_is_the_farthest(client: Client, world: World):
    next_year = clock.now().replace(year=clock.now().year + 1).strftime("%Y-%m-%dT10:00")
    assert "¿Por qué este plazo?" in calculated(client, world.andes_contract.contract_id, at=next_year)


def test_another_companys_contract_is_not_calculated(client: Client, world: World):
    page = calculated(client, world.norte_contract.contract_id)
    assert "¿Por qué este plazo?" not in page


def test_an_ended_contract_promises_nothing(browse: Browse, world: World):
    assert "¿Cuánto demoraría?" not in browse(world.ocaso_contact).get("/contrato/").text
