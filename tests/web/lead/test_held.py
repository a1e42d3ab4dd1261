"""Reports without a contract, decided by a lead."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plazo.intake.accept import Held, accept
from plazo.intake.models import Submission
from plazo.intake.report import Report
from plazo.tickets.models import Ticket
from tests.web.conftest import Browse
from tests.world import World

PATH = "/mesa/retenidos/"


def held(world: World, key: str = "clave", subject: str = "Nada funciona") -> Submission:
    report = Report(organization_id=world.ocaso.pk, subject=subject, body="<b>Desde hoy</b>")
    result = accept(report, key=key, sender=world.ocaso_contact, channel="portal")
    assert isinstance(result, Held)
    return result.submission


def test_a_held_report_is_shown_as_it_came(browse: Browse, world: World):
    held(world)
    text = browse(world.lead).get(PATH).content.decode()
    for words in ("Nada funciona", "Ocaso SA", "Contacto Ocaso", "&lt;b&gt;Desde hoy"):
        assert words in text


def test_nothing_held_says_so(browse: Browse, world: World):
    assert "Nada retenido." in browse(world.lead).get(PATH).content.decode()


def test_a_lead_admits_it_without_a_term(browse: Browse, world: World):
    report = held(world)
    response = browse(world.lead).post(f"{PATH}{report.pk}/admitir/")
    ticket = Ticket.objects.get()
    assert response.headers["Location"] == f"/mesa/tickets/{ticket.pk}/"
    assert ticket.contract_version_id is None
    assert ticket.opened_at == report.received_at


def test_a_lead_discards_it(browse: Browse, world: World):
    report = held(world)
    response = browse(world.lead).post(f"{PATH}{report.pk}/descartar/", follow=True)
    assert "Nada retenido." in response.content.decode()
    report.refresh_from_db()
    assert report.state == Submission.DISCARDED
    assert report.content["subject"] == "Nada funciona"


@pytest.mark.parametrize("act", ["admitir", "descartar"])
def test_what_was_decided_is_not_decided_again(browse: Browse, world: World, act: str):
    report = held(world)
    client = browse(world.lead)
    client.post(f"{PATH}{report.pk}/admitir/")
    response = client.post(f"{PATH}{report.pk}/{act}/", follow=True)
    assert "ya se admitió o se descartó" in response.content.decode()
    assert Ticket.objects.count() == 1


@pytest.mark.parametrize("act", ["admitir", "descartar"])
def test_a_report_that_is_none_is_not_found(browse: Browse, world: World, act: str):
    assert browse(world.lead).post(f"{PATH}999/{act}/").status_code == 404


@pytest.mark.parametrize("who", ["consultant", "ocaso_contact", "contact"])
def test_held_reports_are_for_leads(browse: Browse, world: World, who: str):
    report = held(world)
    client = browse(getattr(world, who))
    assert client.get(PATH).status_code == 404
    assert client.post(f"{PATH}{report.pk}/admitir/").status_code == 404
    assert not Ticket.objects.exists()


def test_more_reports_cost_no_more_queries(browse: Browse, world: World):
    held(world)
    client = browse(world.lead)
    with CaptureQueriesContext(connection) as one:
        client.get(PATH)
    for number in range(5):
        held(world, key=f"clave-{number}", subject=f"Otra {number}")
    with CaptureQueriesContext(connection) as six:
        assert client.get(PATH).content.decode().count("Admitir sin plazo</button>") == 6
    assert len(six) <= len(one)
