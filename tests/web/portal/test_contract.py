"""What was agreed, as its client reads it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from plazo.kit import files
from tests.web.conftest import Browse
from tests.world import World


def test_hours_and_terms_are_those_of_the_contract(browse: Browse, world: World):
    page = browse(world.contact).get("/contrato/").text
    assert "lunes a jueves, 09:00 a 14:00" in page
    assert "Premium" in page
    for hours in ("3 h", "9 h", "12 h", "36 h", "48 h"):
        assert f">{hours}<" in page


def test_a_term_longer_than_the_week_is_pointed_out(browse: Browse, world: World):
    assert "48 h de su horario son más de una semana" in browse(world.contact).get("/contrato/").text
    assert "192 h de su horario son más de una semana" in browse(world.sur_contact).get("/contrato/").text


def test_a_contract_for_all_services_says_so(browse: Browse, world: World):
    assert "<dt>Servicios</dt><dd>todos</dd>" in browse(world.contact).get("/contrato/").text


def test_days_off_ahead_are_listed(browse: Browse, world: World):
    assert "martes 8 de diciembre (Inmaculada Concepción)" in browse(world.contact).get("/contrato/").text


def test_the_catalogue_stands_by_priority(browse: Browse, world: World):
    page = browse(world.contact).get("/contrato/").text
    assert page.count("<li>") >= 35


def test_an_ended_contract_is_shown_as_ended(browse: Browse, world: World):
    assert "no vigente" in browse(world.ocaso_contact).get("/contrato/").text


def test_the_published_agreement_can_be_read(browse: Browse, world: World):
    page = browse(world.contact).get(f"/contrato/{world.andes_contract.pk}/acuerdo/").text
    assert "Tipos de soporte y niveles de servicio" in page
    assert "<table>" in page


@pytest.mark.parametrize("part", ["acuerdo", "documento"])
def test_another_companys_contract_is_not_found(browse: Browse, world: World, part: str):
    path = f"/contrato/{world.norte_contract.pk}/{part}/"
    assert browse(world.contact).get(path).status_code == 404


def test_the_hash_of_the_signed_document_is_named(browse: Browse, world: World):
    assert "3f76dd7f2db1a47ddc1c1f28d4ec9b816e1b00d489ac81d388231b5fc5d1c9c7" in (
        browse(world.contact).get("/contrato/").text
    )


def test_a_document_not_uploaded_is_not_offered(browse: Browse, world: World):
    client = browse(world.contact)
    assert "Documento firmado" not in client.get("/contrato/").text
    assert client.get(f"/contrato/{world.andes_contract.pk}/documento/").status_code == 404


def test_an_uploaded_document_is_downloaded_never_shown(browse: Browse, world: World):
    stored = files.store(SimpleUploadedFile("acuerdo firmado.pdf", b"%PDF-1.4 prueba"))
    version = world.policy
    type(version).objects.filter(pk=version.pk).update(
        document_name=stored.file_name, document_stored_name=stored.stored_name
    )
    response = browse(world.contact).get(f"/contrato/{world.andes_contract.pk}/documento/")
    assert response.headers["Content-Disposition"] == 'attachment; filename="acuerdo firmado.pdf"'
    assert response.getvalue() == b"%PDF-1.4 prueba"
