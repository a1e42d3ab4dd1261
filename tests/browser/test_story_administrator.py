"""The administration: a client from nothing, an amended contract, a new policy version, a day off."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from plazo.contracts.models import Contract, ContractVersion, DayOff, PolicyVersion
from plazo.people.models import Membership, Organization
from tests.browser.visits import StandingClock, Visits, button, labelled, link, said, unfold
from tests.world import POLICY, World

pytestmark = [pytest.mark.story, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def office(desk_clock: StandingClock, visits: Visits, world: World) -> Page:
    page = visits.enter(world.administrator)
    link(page, "Administración").click()
    return page


def tab(page: Page, name: str) -> None:
    link(page.get_by_role("navigation", name="Administración"), name).click()


def test_a_client_gets_a_contract_a_person_and_an_amendment(
    office: Page, visits: Visits, world: World
) -> None:
    link(office, "Agregar un cliente").click()
    labelled(office, "Nombre").fill("Ferretería El Roble Ltda.")
    labelled(office, "RUT").fill("76000001-9")
    button(office, "Agregar").click()
    expect(office.get_by_role("heading", level=1)).to_have_text("Ferretería El Roble Ltda.")

    link(office, "Vender un contrato").click()
    labelled(office, "Número de contrato").fill("R-1")
    labelled(office, "Modalidad").select_option(label="Servicio 8x5")
    labelled(office, "Nivel").select_option(label="Premium")
    labelled(office, "Rige desde").fill("2026-11-01")
    button(office, "Vender").click()
    said(office, "Contrato R-1 vendido.")

    link(office, "Enmendar").click()
    labelled(office, "Nivel").select_option(label="Estándar")
    labelled(office, "Rige desde").fill("2026-12-01")
    button(office, "Guardar enmienda").click()
    said(office, "Contrato enmendado: la versión 2 rige desde el martes 1 de diciembre.")
    versions = ContractVersion.objects.filter(contract__number="R-1").order_by("number")
    assert list(versions.values_list("level", flat=True)) == ["premium", "standard"]
    assert Contract.objects.get(number="R-1").organization == Organization.objects.get(tax_id="76000001-9")

    link(office, "Ferretería El Roble Ltda.").click()
    unfold(office, "Agregar una persona")
    people = office.get_by_role("region", name="Personas")
    labelled(people, "Nombre").fill("Contacto Roble")
    labelled(people, "Correo").fill("contacto@roble.example")
    button(people, "Agregar").click()
    said(office, "Contacto Roble quedó en la lista.")
    member = Membership.objects.get(person__email="contacto@roble.example")
    assert not member.may_report
    button(office, "Autorizar a Contacto Roble").click()
    said(office, "Autorización guardada.")
    member.refresh_from_db()
    assert member.may_report
    assert member.authorised_by == world.administrator


def test_somebody_joins_the_desk(office: Page, world: World) -> None:
    tab(office, "Personas de la mesa")
    link(office, "Agregar a la mesa").click()
    labelled(office, "Nombre").fill("Consultora Nueva")
    labelled(office, "Correo").fill("nueva@mesa.example")
    labelled(office, "Rol en la mesa").select_option(label="consultor(a)")
    button(office, "Agregar").click()
    said(office, "Consultora Nueva ya puede ingresar.")


def second_version() -> str:
    """Version 2: a high priority is answered in two hours instead of three."""
    source = POLICY.read_text(encoding="utf-8")
    source = source.replace(
        "version: 1\neffective_from: 2025-01-01", "version: 2\neffective_from: 2027-01-01"
    )
    return source.replace("premium: 3h", "premium: 2h")


def test_a_policy_version_is_checked_compared_and_published(office: Page, world: World) -> None:
    tab(office, "Acuerdos")
    link(office, "Cargar una versión").click()
    wrong = second_version().replace("premium: 2h", "premium: 40h")
    labelled(office, "Texto del acuerdo").fill(wrong)
    button(office, "Comprobar").click()
    faults = office.get_by_role("alert").filter(has_text="Su texto sigue aquí.")
    expect(faults).to_contain_text(re.compile(r"línea \d+"))
    expect(labelled(office, "Texto del acuerdo")).to_have_value(re.compile("premium: 40h"))

    labelled(office, "Archivo del acuerdo (YAML)").set_input_files(
        {"name": "acuerdo-2.yaml", "mimeType": "text/yaml", "buffer": second_version().encode()}
    )
    button(office, "Comprobar").click()
    said(office, "La versión 2 no tiene errores.")
    assert not PolicyVersion.objects.filter(version=2).exists()
    button(office, "Guardar borrador").click()
    said(office, "Borrador guardado.")
    changed = office.get_by_role("region", name="Diferencias con la última publicada antes")
    expect(changed).to_contain_text("3 h")
    expect(changed).to_contain_text("2 h")

    labelled(office, "Escriba el número de la versión").fill("1")
    button(office, "Publicar la versión 2").click()
    expect(office.get_by_text("Escriba 2.").first).to_be_visible()
    assert PolicyVersion.objects.get(version=2).published_at is None
    labelled(office, "Escriba el número de la versión").fill("2")
    button(office, "Publicar la versión 2").click()
    expect(button(office, "Publicar la versión 2")).to_have_count(0)
    assert PolicyVersion.objects.get(version=2).published_by == world.administrator


def test_a_day_off_is_declared_and_withdrawn(office: Page, world: World) -> None:
    tab(office, "Días no hábiles")
    labelled(office, "Día").fill("2026-11-27")
    labelled(office, "Nombre").fill("Aniversario de la mesa")
    button(office, "Declarar").click()
    row = office.get_by_role("row").filter(has_text="Aniversario de la mesa")
    expect(row).to_contain_text("Administración Mesa")
    declared = DayOff.objects.get(name="Aniversario de la mesa")
    assert declared.declared_by == world.administrator
    unfold(row, "Retirar…")
    button(row, "Retirar el día").click()
    expect(row).to_contain_text("retirado")
    declared.refresh_from_db()
    assert declared.withdrawn_at is not None
