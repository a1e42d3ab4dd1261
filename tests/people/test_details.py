"""What is typed about people and companies is put in one form, or refused by field."""

from __future__ import annotations

import pytest

from plazo.people.details import OrganizationDetails, PersonDetails
from plazo.people.places import REGIONS, commune_code
from plazo.people.refusals import InvalidField


def organization(**fields: str) -> OrganizationDetails:
    return OrganizationDetails(**{"name": "Prueba SpA", **fields}).checked()


def person(**fields: str) -> PersonDetails:
    return PersonDetails(**{"email": "alguien@prueba.example", "name": "Alguien", **fields}).checked()


@pytest.mark.parametrize("typed", ["76.000.001-9", "760000019", " 76000001-9 "])
def test_a_rut_is_kept_in_one_form(typed: str) -> None:
    assert organization(tax_id=typed).tax_id == "76000001-9"


def test_the_check_digit_k_is_written_large() -> None:
    assert organization(tax_id="76.000.006-k").tax_id == "76000006-K"


@pytest.mark.parametrize("typed", ["76.000.001-0", "no sé", "1", "76000001-9-5"])
def test_a_wrong_rut_is_refused(typed: str) -> None:
    with pytest.raises(InvalidField) as refusal:
        organization(tax_id=typed)
    assert (refusal.value.field, refusal.value.reason) == ("tax_id", "bad_tax_id")


def test_the_rut_may_be_left_out() -> None:
    assert organization().tax_id == ""


def test_a_foreign_tax_number_is_taken_as_it_is() -> None:
    assert organization(country="es", tax_id="B 123").tax_id == "B 123"


@pytest.mark.parametrize(
    ("fields", "field", "reason"),
    [
        ({"name": " \u200b "}, "name", "required"),
        ({"name": "x" * 161}, "name", "too_long"),
        ({"country": "Chile"}, "country", "unknown_country"),
        ({"country": "C1"}, "country", "unknown_country"),
        ({"region": "MA"}, "region", "unknown_region"),
        ({"region": "CL-XX"}, "region", "unknown_region"),
        ({"country": "PE", "region": "CL-MA"}, "region", "unknown_region"),
        ({"commune": "Punta Arenas"}, "commune", "commune_without_region"),
        ({"region": "CL-MA", "commune": "x" * 65}, "commune", "too_long"),
        ({"zone": "Chile/Atlantis"}, "zone", "unknown_zone"),
        ({"zone": "../etc/passwd"}, "zone", "unknown_zone"),
        ({"zone": ""}, "zone", "unknown_zone"),
    ],
)
def test_a_company_is_refused_by_field(fields: dict[str, str], field: str, reason: str) -> None:
    with pytest.raises(InvalidField) as refusal:
        organization(**fields)
    assert (refusal.value.field, refusal.value.reason) == (field, reason)


def test_a_commune_becomes_part_of_a_scope() -> None:
    assert organization(region="cl-ma", commune=" Punta Arenas ").commune == "punta-arenas"
    assert commune_code("Ñuñoa") == "nunoa"


def test_chile_has_sixteen_regions() -> None:
    assert len(REGIONS["CL"]) == 16


def test_an_address_is_kept_in_lower_case() -> None:
    assert person(email=" Alguien@Prueba.EXAMPLE ").email == "alguien@prueba.example"


@pytest.mark.parametrize(
    ("fields", "field", "reason"),
    [
        ({"email": ""}, "email", "required"),
        ({"email": "alguien"}, "email", "bad_email"),
        ({"email": "a@b.example\nBcc: c@d.example"}, "email", "bad_email"),
        ({"email": "a" * 250 + "@b.example"}, "email", "too_long"),
        ({"name": "\x00"}, "name", "required"),
        ({"name": "x" * 121}, "name", "too_long"),
        ({"phone": "1" * 33}, "phone", "too_long"),
        ({"language": "tlh"}, "language", "unknown_language"),
        ({"zone": "Somewhere"}, "zone", "unknown_zone"),
    ],
)
def test_a_person_is_refused_by_field(fields: dict[str, str], field: str, reason: str) -> None:
    with pytest.raises(InvalidField) as refusal:
        person(**fields)
    assert (refusal.value.field, refusal.value.reason) == (field, reason)


def test_hidden_characters_leave_a_name() -> None:
    assert person(name="Ana\u202e \x00 \ud800").name.startswith("Ana")
    person(name="Ana \ud800").name.encode()
