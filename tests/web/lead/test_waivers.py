"""A missed term is excused by a second person, on one page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plazo.kit import clock
from plazo.tickets import actions
from plazo.tickets.actions.waiving import decide_waiver, request_waiver
from plazo.tickets.models import Ticket, TicketClock
from tests.web.conftest import Browse, Opened
from tests.web.lead.conftest import LATER
from tests.world import World

PATH = "/mesa/exenciones/"
Asked = Callable[..., int]


def test_a_request_shows_what_it_would_change(browse: Browse, world: World, late: Ticket, asked: Asked):
    asked(late)
    text = browse(world.lead).get(PATH).content.decode()
    for words in (f"#{late.pk}", "Andes Ltda", "Se cortó la luz en la sucursal.", "Consultora Uno"):
        assert words in text
    assert "cumplimiento 0 %; ajustado 0 %, y – si se aprueba" in text


def test_nothing_waiting_says_so(browse: Browse, world: World, late: Ticket):
    assert "Ninguna exención espera." in browse(world.lead).get(PATH).content.decode()


@pytest.mark.parametrize("who", ["consultant", "contact", "client_administrator"])
def test_requests_are_for_leads(browse: Browse, world: World, late: Ticket, asked: Asked, who: str):
    seq = asked(late)
    client = browse(getattr(world, who))
    assert client.get(PATH).status_code == 404
    assert client.post(f"{PATH}{late.pk}/{seq}/", {"decision": "approve"}).status_code == 404
    assert TicketClock.objects.filter(waived=True).count() == 0


@pytest.mark.parametrize(("decision", "waived"), [("approve", True), ("reject", False)])
def test_a_lead_decides(
    browse: Browse, world: World, late: Ticket, asked: Asked, decision: str, waived: bool
):
    seq = asked(late)
    given = {"decision": decision, "reason": "Según la bitácora."}
    response = browse(world.lead).post(f"{PATH}{late.pk}/{seq}/", given, follow=True)
    assert response.redirect_chain == [(PATH, 302)]
    assert "Ninguna exención espera." in response.content.decode()
    assert TicketClock.objects.get(ticket=late, metric="response").waived is waived


def test_whoever_asked_does_not_decide_and_keeps_what_was_typed(browse: Browse, world: World, late: Ticket):
    with clock.at(LATER):
        seq = request_waiver(
            late.pk, actor=world.lead, metric="response", cause="Corte de luz.", holder="client"
        )
    client = browse(world.lead)
    assert "Usted la pidió" in client.get(PATH).content.decode()
    given = {"decision": "approve", "reason": "Porque sí."}
    response = client.post(f"{PATH}{late.pk}/{seq}/", given)
    assert response.status_code == 422
    assert "Debe hacerlo otra persona" in response.content.decode()
    assert "Porque sí." in response.content.decode()


def test_a_request_decided_meanwhile_keeps_what_was_typed(
    browse: Browse, world: World, late: Ticket, asked: Asked
):
    seq = asked(late)
    with clock.at(LATER):
        decide_waiver(late.pk, actor=world.administrator, request=seq, approved=False)
    given = {"decision": "approve", "reason": "Según la bitácora."}
    response = browse(world.lead).post(f"{PATH}{late.pk}/{seq}/", given)
    assert response.status_code == 422
    assert "Según la bitácora." in response.content.decode()
    assert not TicketClock.objects.get(ticket=late, metric="response").waived


@pytest.mark.parametrize("given", [{}, {"decision": "quizás"}])
def test_a_decision_is_one_of_two(browse: Browse, world: World, late: Ticket, asked: Asked, given: dict):
    seq = asked(late)
    assert browse(world.lead).post(f"{PATH}{late.pk}/{seq}/", given).status_code == 422


def test_a_ticket_that_is_none_is_not_found(browse: Browse, world: World):
    assert browse(world.lead).post(f"{PATH}999/1/", {"decision": "approve"}).status_code == 404


def test_more_requests_cost_no_more_queries(
    browse: Browse, world: World, late: Ticket, asked: Asked, opened: Opened
):
    asked(late)
    client = browse(world.lead)
    with CaptureQueriesContext(connection) as one:
        client.get(PATH)
    for _ in range(5):
        ticket = opened()
        with clock.at(LATER):
            actions.reply(ticket.pk, actor=world.consultant, body="Ya lo vemos.")
        asked(ticket)
    with CaptureQueriesContext(connection) as six:
        assert client.get(PATH).content.decode().count("Aprobar exención") == 6
    assert len(six) <= len(one)
