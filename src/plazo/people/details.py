"""What is written down about persons and organizations, checked and put in one form."""

from __future__ import annotations

from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from stdnum.cl import rut
from stdnum.exceptions import ValidationError as TaxIdError

import plazo.sla.calendars  # noqa: F401 - ties `ZoneInfo` to the pinned time zone data
from plazo.kit.text import clean_line
from plazo.people.places import REGIONS, commune_code
from plazo.people.refusals import InvalidField

DEFAULT_ZONE = "America/Santiago"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationDetails:
    """A client company as typed; `checked` gives it as it is stored or refuses a field."""

    name: str
    tax_id: str = ""
    country: str = "CL"
    region: str = ""
    commune: str = ""
    zone: str = DEFAULT_ZONE

    def checked(self) -> OrganizationDetails:
        country = self.country.strip().upper()
        if len(country) != 2 or not country.isascii() or not country.isalpha():
            raise InvalidField("country", "unknown_country")
        region, commune = self.region.strip().upper(), commune_code(self.commune)
        if region and region not in REGIONS.get(country, {}):
            raise InvalidField("region", "unknown_region")
        if commune and not region:
            raise InvalidField("commune", "commune_without_region")
        return OrganizationDetails(
            name=checked_line("name", self.name, limit=160),
            tax_id=_checked_tax_id(self.tax_id, country),
            country=country,
            region=region,
            commune=checked_line("commune", commune, limit=64, required=False),
            zone=checked_zone(self.zone),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDetails:
    """A person as typed; `checked` gives them as they are stored or refuses a field."""

    email: str
    name: str
    phone: str = ""
    language: str = "es-cl"
    zone: str = DEFAULT_ZONE

    def checked(self) -> PersonDetails:
        if self.language not in dict(settings.LANGUAGES):
            raise InvalidField("language", "unknown_language")
        return replace(
            self,
            email=checked_email(self.email),
            name=checked_line("name", self.name, limit=120),
            phone=checked_line("phone", self.phone, limit=32, required=False),
            zone=checked_zone(self.zone),
        )


def checked_line(field: str, text: str, *, limit: int, required: bool = True) -> str:
    """The text on one line without hidden characters; InvalidField when missing or too long."""
    line = clean_line(text)
    if required and not line:
        raise InvalidField(field, "required")
    if len(line) > limit:
        raise InvalidField(field, "too_long", limit=limit)
    return line


def checked_email(text: str) -> str:
    """An address in lower case: two spellings are never two persons."""
    email = checked_line("email", text, limit=254).lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise InvalidField("email", "bad_email") from error
    return email


def checked_zone(name: str) -> str:
    """The name of an IANA zone; InvalidField for any other."""
    try:
        return ZoneInfo(name).key
    except (KeyError, ValueError, OSError) as error:
        raise InvalidField("zone", "unknown_zone") from error


def _checked_tax_id(text: str, country: str) -> str:
    line = checked_line("tax_id", text, limit=20, required=False)
    if country != "CL" or not line:
        return line
    try:
        number = rut.validate(line)
    except TaxIdError as error:
        raise InvalidField("tax_id", "bad_tax_id") from error
    return f"{number[:-1]}-{number[-1]}"
