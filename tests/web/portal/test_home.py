"""The client's first page."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from plazo.intake.holding import admit_held, discard_held
from plazo.kit import clock
from plazo.tickets import actions
from tests.intake.test_holding import held
from tests.web.conftest import Browse, Opened
from tests.world import World


def test_nobody_signed_in_is_sent_to_the_sign_in(world: World):
    assert Client().get("/").headers["Location"] == "/cuenta/ingresar/?next=/"


def test_the_desk_is_sent_to_its_queue(browse: Browse, world: World):
    assert browse(world.consultant).get("/").headers["Location"] == "/mesa/"


def test_without_tickets_it_says_so_and_offers_to_report(browse: Browse, world: World):
    page = browse(world.contact).get("/").text
    assert "No hay nada pendiente." in page
    assert 'href="/reportar/"' in page


def test_a_promise_in_force_shows_both_terms(browse: Browse, world: World, opened: Opened):
    opened()
    page = browse(world.contact).get("/").text
    assert "Promesas vigentes" in page
    assert "vence hoy 13:00" in page
    assert "vence mañana 14:00" in page


def test_what_waits_for_the_reader_comes_first(browse: Browse, world: World, opened: Opened):
    waiting, running = opened(subject="Faltan los folios"), opened()
    actions.pause(waiting.pk, actor=world.consultant, reason="client", body="¿Nos envía el archivo?")
    page = browse(world.contact).get("/").text
    assert page.index("Le espera a usted") < page.index("Promesas vigentes")
    assert f'/tickets/{waiting.pk}/#responder"' in page
    assert page.count(f'href="/tickets/{running.pk}/"') == 1


def test_a_solution_waits_to_be_confirmed(browse: Browse, world: World, opened: Opened):
    ticket = opened()
    actions.resolve(ticket.pk, actor=world.consultant, body="Listo.")
    page = browse(world.contact).get("/").text
    assert "Resuelto, por confirmar" in page
    assert f'action="/tickets/{ticket.pk}/confirmar/"' in page


def test_the_hours_of_the_desk_are_said(browse: Browse, world: World):
    assert "Mesa abierta" in browse(world.contact).get("/").text
    with clock.at(datetime(2026, 11, 18, 23, tzinfo=UTC)):
        assert "Mesa cerrada" in browse(world.contact).get("/").text


def test_a_day_off_ahead_is_announced(browse: Browse, world: World):
    with clock.at(datetime(2026, 12, 4, 13, tzinfo=UTC)):
        page = browse(world.contact).get("/").text
    assert "El martes 8 de diciembre no es día hábil: Inmaculada Concepción." in page


def test_a_desk_that_never_closes_announces_no_day_off(browse: Browse, world: World):
    with clock.at(datetime(2026, 12, 4, 13, tzinfo=UTC)):
        page = browse(world.sur_contact).get("/").text
    assert "no es día hábil" not in page


def test_somebody_without_the_right_sees_whom_to_ask_and_the_button(browse: Browse, world: World):
    page = browse(world.unauthorised).get("/").text
    assert "Pídalo a Administración Andes" in page
    assert 'href="/reportar/"' in page


def test_somebody_of_no_company_is_told_what_to_do(browse: Browse, world: World):
    assert "no pertenece a ninguna empresa" in browse(world.stranger).get("/").text


def test_a_colleagues_ticket_is_not_shown_to_who_sees_only_their_own(
    browse: Browse, world: World, opened: Opened
):
    opened(world.colleague, subject="Secreto del colega")
    assert "Secreto del colega" not in browse(world.contact).get("/").text
    assert "Secreto del colega" in browse(world.client_administrator).get("/").text


def test_whoever_serves_two_companies_sees_which_ticket_is_whose(
    browse: Browse, world: World, opened: Opened
):
    opened(world.shared)
    opened(world.shared, organization_id=world.norte.pk)
    page = browse(world.shared).get("/").text
    assert "Andes Ltda" in page
    assert "Norte SpA" in page


@pytest.mark.parametrize("count", [1, 12])
def test_the_number_of_queries_does_not_depend_on_the_tickets(
    browse: Browse, world: World, opened: Opened, django_assert_max_num_queries, count: int
):
    for _ in range(count):
        opened()
    client = browse(world.contact)
    client.get("/")
    with django_assert_max_num_queries(18):
        client.get("/")


def test_a_report_without_a_contract_is_shown_to_its_sender_until_it_is_decided(browse: Browse, world: World):
    submission = held(world)
    subject, client = submission.content["subject"], browse(submission.sender)
    page = client.get("/").text
    assert subject in page
    assert "lo decide la jefatura de la mesa" in page
    assert subject not in browse(world.norte_contact).get("/").text
    discard_held(submission.pk, actor=world.lead)
    assert "La mesa no lo tomó como ticket" in client.get("/").text
    with clock.at(clock.now() + timedelta(days=31)):
        assert subject not in client.get("/").text


def test_a_report_that_was_admitted_is_a_ticket_and_no_longer_listed_apart(browse: Browse, world: World):
    submission = held(world)
    admit_held(submission.pk, actor=world.lead)
    assert "Enviados que no son tickets" not in browse(submission.sender).get("/").text


def test_who_belongs_to_two_companies_reads_whose_desk_is_open(browse: Browse, world: World):
    page = re.sub(r"<[^>]+>", "", browse(world.shared).get("/").text)
    assert "Andes Ltda:  Mesa abierta (Servicio 8x5)" in page
    assert "Norte SpA:  Mesa abierta (Servicio 12x5)" in page


def test_who_belongs_to_one_company_is_not_told_its_name_there(browse: Browse, world: World):
    assert "Andes Ltda:" not in browse(world.contact).get("/").text
