"""Contracts sold, amended and ended by the administration."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plazo.contracts.actions import publish_policy, upload_policy
from plazo.contracts.models import Contract, ContractVersion, PolicyVersion
from tests.web.conftest import Browse, Opened
from tests.world import POLICY, World

OFFER = {
    "number": "C-900",
    "window": "8x5",
    "level": "premium",
    "starts_on": "2026-12-01",
    "ends_on": "",
}


def sale(world: World) -> str:
    return f"/administracion/clientes/{world.ocaso.pk}/contratos/nuevo/"


def of(version: ContractVersion) -> str:
    return f"/administracion/contratos/{version.contract_id}/"


def second_policy(world: World) -> PolicyVersion:
    """A later version that says the same."""
    source = POLICY.read_text(encoding="utf-8").replace("\nversion: 1\n", "\nversion: 2\n")
    draft = upload_policy(source, actor=world.administrator)
    return publish_policy(draft, actor=world.administrator)


@pytest.mark.parametrize("who", ["lead", "consultant", "client_administrator"])
def test_contracts_are_for_administrators(browse: Browse, world: World, who: str):
    client = browse(getattr(world, who))
    assert client.get(sale(world)).status_code == 404
    assert client.post(sale(world), OFFER).status_code == 404
    assert client.post(f"{of(world.andes_contract)}terminar/", {"ends_on": "2026-12-31"}).status_code == 404
    assert ContractVersion.objects.count() == 4


def test_the_form_offers_what_the_latest_version_has(browse: Browse, world: World):
    latest = second_policy(world)
    text = browse(world.administrator).get(sale(world)).content.decode()
    assert f'<option value="{latest.pk}" selected>' in text
    for code in ("8x5", "12x5", "24x7", "premium", "standard", "basic", "erp"):
        assert f'value="{code}"' in text
    assert "3 h<br>12 h" in text  # high, premium


def test_an_earlier_version_can_be_chosen_without_a_script(browse: Browse, world: World):
    second_policy(world)
    path = f"{sale(world)}?acuerdo={world.policy.pk}"
    client = browse(world.administrator)
    assert f'<option value="{world.policy.pk}" selected>' in client.get(path).content.decode()
    client.post(path, OFFER)
    assert Contract.objects.get(number="C-900").versions.get().policy_version == world.policy


@pytest.mark.parametrize("chosen", ["99999", "x", "1; DROP"])
def test_a_version_that_is_none_is_not_found(browse: Browse, world: World, chosen: str):
    assert browse(world.administrator).get(sale(world), {"acuerdo": chosen}).status_code == 404


def test_nothing_is_sold_on_a_draft(browse: Browse, world: World):
    source = POLICY.read_text(encoding="utf-8").replace("\nversion: 1\n", "\nversion: 2\n")
    draft = upload_policy(source, actor=world.administrator)
    assert browse(world.administrator).get(sale(world), {"acuerdo": draft.pk}).status_code == 404


def test_a_contract_is_sold(browse: Browse, world: World):
    response = browse(world.administrator).post(sale(world), OFFER | {"services": ["erp"]})
    sold = Contract.objects.get(number="C-900")
    assert response.headers["Location"] == f"/administracion/contratos/{sold.pk}/"
    version = sold.versions.get()
    assert (version.window, version.level, version.services) == ("8x5", "premium", ["erp"])
    assert version.starts_on == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"number": "C-1"}, "Ya existe el contrato C-1"),
        ({"number": ""}, "Número de contrato"),
        ({"starts_on": ""}, "Rige desde"),
        ({"ends_on": "2026-11-01"}, "termina antes de empezar"),
        ({"ends_on": "9999-12-31"}, "entre 1990 y 2060"),
        ({"starts_on": "9999-12-31"}, "entre 1990 y 2060"),
        ({"window": "9x9"}, "Modalidad"),
        ({"services": ["fax"]}, "Servicios"),
        ({"starts_on": "2024-01-01"}, "rige desde el"),
        ({"starts_on": "2026-06-01"}, "ya cubre esos servicios"),
    ],
)
def test_what_cannot_be_sold_keeps_what_was_typed(
    browse: Browse, world: World, change: dict[str, object], words: str
):
    given = OFFER | {"level": "basic"} | change
    response = browse(world.administrator).post(sale(world), given)
    text = response.content.decode()
    assert response.status_code == 422
    assert words in text
    assert '<option value="basic" selected>' in text
    assert not Contract.objects.filter(number="C-900").exists()


def test_an_amendment_starts_from_what_was_sold(browse: Browse, world: World):
    text = browse(world.administrator).get(f"{of(world.norte_contract)}enmendar/").content.decode()
    assert '<option value="12x5" selected>' in text
    assert '<option value="standard" selected>' in text


def test_a_contract_is_amended(browse: Browse, world: World):
    client = browse(world.administrator)
    given = {"window": "24x7", "level": "premium", "starts_on": "2026-12-01", "ends_on": ""}
    response = client.post(f"{of(world.andes_contract)}enmendar/", given, follow=True)
    assert "la versión 2 rige desde el martes 1 de diciembre" in response.content.decode()
    first, second = world.andes_contract.contract.versions.order_by("number")
    assert (first.window, second.window) == ("8x5", "24x7")


AMENDED = {"window": "24x7", "level": "premium", "starts_on": "2026-12-01", "ends_on": ""}


def test_an_amendment_sent_twice_is_one_version(browse: Browse, world: World):
    client = browse(world.administrator)
    for _ in range(2):
        given = AMENDED | {"token": "one-key"}
        response = client.post(f"{of(world.andes_contract)}enmendar/", given, follow=True)
        assert "la versión 2 rige desde" in response.text
    assert world.andes_contract.contract.versions.count() == 2


def test_another_amendment_under_a_used_key_is_refused_and_can_be_sent(browse: Browse, world: World):
    client, path = browse(world.administrator), f"{of(world.andes_contract)}enmendar/"
    client.post(path, AMENDED | {"token": "one-key"})
    refused = client.post(path, AMENDED | {"token": "one-key", "level": "basic"})
    assert refused.status_code == 422
    assert "ya se envió, con otros datos" in refused.text
    fresh = refused.context["form"]["token"].value()
    assert fresh != "one-key"
    assert client.post(path, AMENDED | {"token": fresh, "level": "basic"}).status_code == 302
    assert world.andes_contract.contract.versions.count() == 3


def test_an_amendment_that_was_refused_can_be_corrected_under_its_key(browse: Browse, world: World):
    client, path = browse(world.administrator), f"{of(world.andes_contract)}enmendar/"
    early = AMENDED | {"token": "one-key", "starts_on": "2024-12-01"}
    assert client.post(path, early).status_code == 422
    assert client.post(path, AMENDED | {"token": "one-key"}).status_code == 302


def test_a_contract_sold_by_a_double_click_is_one_and_said_to_be_sold(browse: Browse, world: World):
    client = browse(world.administrator)
    for _ in range(2):
        response = client.post(sale(world), OFFER | {"token": "one-key"}, follow=True)
        assert "Contrato C-900 vendido" in response.text
    assert Contract.objects.filter(number="C-900").count() == 1


def test_a_contract_ended_by_a_double_click_gets_one_version(browse: Browse, world: World):
    client = browse(world.administrator)
    for _ in range(2):
        given = {"ends_on": "2026-12-31", "token": "one-key"}
        assert client.post(f"{of(world.andes_contract)}terminar/", given).status_code == 302
    assert world.andes_contract.contract.versions.count() == 2


def test_an_amendment_before_the_version_it_follows_is_refused(browse: Browse, world: World):
    given = {"window": "24x7", "level": "premium", "starts_on": "2024-12-01", "ends_on": ""}
    response = browse(world.administrator).post(f"{of(world.andes_contract)}enmendar/", given)
    assert response.status_code == 422
    assert 'value="2024-12-01"' in response.content.decode()


def test_a_contract_is_ended(browse: Browse, world: World):
    client = browse(world.administrator)
    client.post(f"{of(world.andes_contract)}terminar/", {"ends_on": "2026-12-31"})
    assert world.andes_contract.contract.versions.latest("number").ends_on == date(2026, 12, 31)


@pytest.mark.parametrize("day", ["2024-01-01", "9999-12-31", "", "pronto"])
def test_an_end_that_makes_no_sense_is_refused(browse: Browse, world: World, day: str):
    response = browse(world.administrator).post(f"{of(world.andes_contract)}terminar/", {"ends_on": day})
    assert response.status_code == 422
    assert ContractVersion.objects.filter(contract=world.andes_contract.contract).count() == 1


def test_the_end_of_a_contract_amended_for_later_is_said(browse: Browse, world: World):
    client = browse(world.administrator)
    given = {"window": "24x7", "level": "premium", "starts_on": "2026-12-01", "ends_on": ""}
    client.post(f"{of(world.andes_contract)}enmendar/", given)
    client.post(f"{of(world.andes_contract)}terminar/", {"ends_on": "2026-12-15"})
    listed = client.get(f"/administracion/clientes/{world.andes.pk}/").content.decode()
    assert '<td data-label="Hasta">martes 15 de diciembre</td>' in listed
    assert "al martes 15 de diciembre" in browse(world.client_administrator).get("/contrato/").text


def test_an_end_before_an_amendment_names_the_day_it_begins(browse: Browse, world: World):
    client = browse(world.administrator)
    given = {"window": "24x7", "level": "premium", "starts_on": "2026-12-01", "ends_on": ""}
    client.post(f"{of(world.andes_contract)}enmendar/", given)
    response = client.post(f"{of(world.andes_contract)}terminar/", {"ends_on": "2026-11-30"})
    assert response.status_code == 422
    assert "Una enmienda rige desde el martes 1 de diciembre de 2026" in response.content.decode()


PAST = {"ends_on": "2026-10-31", "token": "one-key"}


def ends(world: World) -> list[date | None]:
    return [each.ends_on for each in world.andes_contract.contract.versions.order_by("number")]


def test_an_end_before_tickets_says_how_many_before_it_is_done(browse: Browse, world: World, opened: Opened):
    for _ in range(2):
        opened()
    response = browse(world.administrator).post(f"{of(world.andes_contract)}terminar/", PAST)
    assert response.status_code == 422
    assert "Después del sábado 31 de octubre se abrieron 2 tickets bajo este contrato" in response.text
    assert "siguen bajo él" in response.text
    assert "queda retenido" in response.text
    assert 'value="2026-10-31"' in response.text  # the day that was typed
    assert ends(world) == [None]


def test_one_ticket_after_the_end_is_said_in_the_singular(browse: Browse, world: World, opened: Opened):
    opened()
    response = browse(world.administrator).post(f"{of(world.andes_contract)}terminar/", PAST)
    assert "se abrió 1 ticket bajo este contrato" in response.text


def test_an_end_before_tickets_is_done_once_confirmed(browse: Browse, world: World, opened: Opened):
    ticket = opened()
    client, path = browse(world.administrator), f"{of(world.andes_contract)}terminar/"
    asked = client.post(path, PAST)
    token = asked.context["form"]["token"].value()
    for _ in range(2):  # a double click
        given = PAST | {"token": token, "confirmed": "2026-10-31"}
        assert client.post(path, given).status_code == 302
    assert ends(world) == [None, date(2026, 10, 31)]
    ticket.refresh_from_db()
    assert ticket.contract_version == world.andes_contract


def test_a_confirmation_is_of_one_day_alone(browse: Browse, world: World, opened: Opened):
    opened()
    given = PAST | {"ends_on": "2026-09-30", "confirmed": "2026-10-31"}
    response = browse(world.administrator).post(f"{of(world.andes_contract)}terminar/", given)
    assert response.status_code == 422
    assert "Después del miércoles 30 de septiembre" in response.text
    assert ends(world) == [None]


@pytest.mark.parametrize("day", ["2026-10-31", "2026-11-18", "2026-12-31"])
def test_an_end_after_which_no_ticket_was_opened_asks_nothing(
    browse: Browse, world: World, opened: Opened, day: str
):
    if day != "2026-10-31":
        opened()  # on the 18th
    given = {"ends_on": day}
    assert browse(world.administrator).post(f"{of(world.andes_contract)}terminar/", given).status_code == 302
    assert ends(world) == [None, date.fromisoformat(day)]


def test_tickets_of_other_contracts_do_not_hold_up_an_end(browse: Browse, world: World, opened: Opened):
    opened(world.sur_contact, organization_id=world.sur.pk)
    response = browse(world.administrator).post(f"{of(world.andes_contract)}terminar/", PAST)
    assert response.status_code == 302


def test_more_tickets_after_an_end_cost_no_more_queries(browse: Browse, world: World, opened: Opened):
    client, path = browse(world.administrator), f"{of(world.andes_contract)}terminar/"
    opened()
    with CaptureQueriesContext(connection) as one:
        client.post(path, PAST)
    for _ in range(4):
        opened()
    with CaptureQueriesContext(connection) as five:
        assert client.post(path, PAST).status_code == 422
    assert len(five) <= len(one)


def test_an_end_that_cannot_be_is_refused_before_it_asks(browse: Browse, world: World, opened: Opened):
    opened()
    given = {"ends_on": "2024-01-01"}
    response = browse(world.administrator).post(f"{of(world.andes_contract)}terminar/", given)
    assert response.status_code == 422
    assert "termina antes de empezar" in response.text
    assert 'name="confirmed"' not in response.text


def test_an_ended_contract_is_said_to_be_so(browse: Browse, world: World):
    client = browse(world.administrator)
    assert "Hoy no rige ninguna versión" in client.get(of(world.ocaso_contract)).content.decode()
    assert "Rige la versión 1" in client.get(of(world.andes_contract)).content.decode()
    listed = client.get(f"/administracion/clientes/{world.ocaso.pk}/").content.decode()
    assert "no vigente" in listed


def test_without_a_published_agreement_the_page_says_where_to_go(browse: Browse, world: World):
    PolicyVersion.objects.update(published_at=None)
    text = browse(world.administrator).get(sale(world)).content.decode()
    assert "Todavía no hay un acuerdo publicado" in text
    assert browse(world.administrator).post(sale(world), OFFER).status_code == 200


def test_more_versions_cost_no_more_queries(browse: Browse, world: World):
    client = browse(world.administrator)
    path = of(world.andes_contract)
    with CaptureQueriesContext(connection) as one:
        client.get(path)
    for month in ("2027-01-01", "2027-02-01", "2027-03-01"):
        given = {"window": "24x7", "level": "premium", "starts_on": month, "ends_on": ""}
        client.post(f"{path}enmendar/", given)
    with CaptureQueriesContext(connection) as four:
        client.get(path)
    assert len(four) <= len(one)


def rules(browse: Browse, world: World) -> list[str]:
    """What the page of the contract of Andes says of each version, the newest first."""
    page = browse(world.administrator).get(of(world.andes_contract)).text
    return re.findall(r'<td data-label="Rige">(.*?)</td>', page)


def test_a_version_ends_where_the_next_one_begins(browse: Browse, world: World):
    client = browse(world.administrator)
    client.post(f"{of(world.andes_contract)}enmendar/", OFFER | {"token": "uno", "level": "basic"})
    assert rules(browse, world) == [
        "desde el martes 1 de diciembre",
        "del miércoles 1 de enero de 2025 al lunes 30 de noviembre",
    ]


def test_a_version_replaced_from_its_first_day_on_rules_no_day(browse: Browse, world: World):
    client = browse(world.administrator)
    for token, level in (("uno", "basic"), ("dos", "standard")):
        client.post(f"{of(world.andes_contract)}enmendar/", OFFER | {"token": token, "level": level})
    assert rules(browse, world) == [
        "desde el martes 1 de diciembre",
        "ningún día: otra versión rige desde el mismo",
        "del miércoles 1 de enero de 2025 al lunes 30 de noviembre",
    ]


def test_after_an_end_no_version_reads_as_if_it_went_on(browse: Browse, world: World):
    client = browse(world.administrator)
    client.post(f"{of(world.andes_contract)}terminar/", {"token": "uno", "ends_on": "2026-11-30"})
    assert not any(each.startswith("desde") for each in rules(browse, world))
