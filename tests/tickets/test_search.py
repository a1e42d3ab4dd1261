"""Tickets are found by number, company and subject, whatever the accents and endings."""

from __future__ import annotations

import pytest

from plazo.tickets import queries, search
from plazo.tickets.models import Ticket
from tests.tickets.conftest import opened
from tests.world import World


@pytest.fixture
def invoice(world: World) -> Ticket:
    return opened(world, subject="La facturación electrónica está caída en la sucursal Ñuñoa")


@pytest.mark.parametrize(
    "text",
    [
        "facturación",
        "FACTURACION",
        "facturaciones",
        "factu",
        "electronicas",
        "nunoa",
        "Ñuñoa sucursales",
        "andes caida",
        "Andes Ltda",
    ],
)
def test_words_are_found_whatever_their_accents_and_endings(world: World, invoice: Ticket, text: str) -> None:
    assert queries.search(world.consultant, text) == [invoice]


@pytest.mark.parametrize("text", ["impresora", "factura norte", "acturación", "", "  ", '"*', "' | :*", "-"])
def test_what_is_not_there_is_not_found_and_no_sign_is_an_error(
    world: World, invoice: Ticket, text: str
) -> None:
    assert queries.search(world.consultant, text) == []


@pytest.mark.parametrize("shape", ["{}", "#{}", " #{} "])
def test_a_number_opens_its_ticket(world: World, invoice: Ticket, shape: str) -> None:
    opened(world, subject=f"Error {invoice.pk} al emitir")
    assert queries.search(world.consultant, shape.format(invoice.pk)) == [invoice]


def test_a_number_that_is_no_ticket_is_a_word(world: World) -> None:
    ticket = opened(world, subject="Error 40417 al emitir")
    assert queries.search(world.consultant, "40417") == [ticket]
    assert queries.search(world.consultant, "9" * 30) == []


def test_other_alphabets_and_signs_are_words_too(world: World) -> None:
    ticket = opened(world, subject="Ошибка en el módulo n° 5 (ª_b) 🙂")
    assert queries.search(world.consultant, "ошибка") == [ticket]
    assert queries.search(world.consultant, "модуль") == []


def test_nobody_finds_what_they_do_not_see(world: World, invoice: Ticket) -> None:
    assert queries.search(world.contact, "facturación") == [invoice]
    for person in (world.norte_contact, world.shared, world.stranger):
        assert queries.search(person, "facturación") == []
        assert queries.search(person, f"#{invoice.pk}") == []


def test_the_newest_come_first_and_no_more_than_asked_for(world: World) -> None:
    tickets = [opened(world, subject=f"Falla {number}") for number in "abc"]
    assert queries.search(world.consultant, "fallas", limit=2) == [tickets[2], tickets[1]]


def test_a_ticket_renamed_is_found_by_its_new_words_only(world: World, invoice: Ticket) -> None:
    search.replace(invoice.pk, "Otra empresa", "Pedidos")
    assert queries.search(world.consultant, "pedido empresas") == [invoice]
    assert queries.search(world.consultant, "facturación") == []


@pytest.mark.parametrize("few", [0, 1, 2, 3])
def test_rare_words_and_common_ones_are_found_alike(
    world: World, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "_FEW", few)
    first, second = opened(world), opened(world)
    foreign = opened(
        world,
        requester=world.norte_contact,
        organization=world.norte,
        contract_version=world.norte_contract,
    )
    assert queries.search(world.consultant, "factura") == [foreign, second, first]
    assert queries.search(world.consultant, "factura", limit=1) == [foreign]
    assert queries.search(world.contact, "factura") == [second, first]
