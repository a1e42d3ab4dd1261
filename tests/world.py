"""The known cast that every test opens on, built once per test through the actions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.management.color import no_style
from django.db import connection
from django.test import Client

from plazo.contracts import calendars, terms
from plazo.contracts.actions import Offer, publish_policy, sell_contract, upload_policy
from plazo.contracts.models import ContractVersion, DayOff, PolicyVersion
from plazo.kit import clock
from plazo.kit.text import fold
from plazo.people.actions import add_person, found_desk, revoke, set_membership
from plazo.people.details import PersonDetails
from plazo.people.models import Membership, Organization, Person

POLICY = Path(__file__).resolve().parents[1] / "policies" / "coacher.yaml"
FOUNDED = datetime(2025, 1, 2, 12, tzinfo=UTC)
NOW = datetime(2026, 11, 18, 13, tzinfo=UTC)  # a Wednesday, 10:00 in Santiago
PASSWORD = "una clave de prueba larga"
HOLIDAYS = (
    (date(2026, 1, 1), "Año Nuevo"),
    (date(2026, 9, 18), "Independencia Nacional"),
    (date(2026, 9, 19), "Glorias del Ejército"),
    (date(2026, 12, 8), "Inmaculada Concepción"),
    (date(2026, 12, 25), "Navidad"),
    (date(2027, 1, 1), "Año Nuevo"),
)


@dataclass(frozen=True)
class World:
    """Andes has all that can go wrong with a contact; each other company has one contact and one twist.

    andes     8x5 Premium            norte  12x5 Standard
    sur       24x7 Basic             ocaso  its 8x5 contract ended on 2026-06-30
    """

    policy: PolicyVersion
    andes: Organization
    norte: Organization
    sur: Organization
    ocaso: Organization
    andes_contract: ContractVersion
    norte_contract: ContractVersion
    sur_contract: ContractVersion
    ocaso_contract: ContractVersion

    administrator: Person
    lead: Person
    consultant: Person
    other_consultant: Person

    contact: Person  # of Andes, authorised, sees their own tickets
    colleague: Person  # of Andes, authorised, sees the company's tickets
    client_administrator: Person  # of Andes
    unauthorised: Person  # of Andes, registered only
    revoked: Person  # of Andes, authorised once
    shared: Person  # authorised at Andes and at Norte
    norte_contact: Person
    sur_contact: Person
    ocaso_contact: Person
    stranger: Person  # signs in, belongs nowhere


def sign_in(client: Client, person: Person) -> Client:
    """The client with an open session of that person."""
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture(autouse=True)
def forget_rows() -> Iterator[None]:
    """What a process remembers of rows ends with the test that takes them back."""
    yield
    terms.forget()
    calendars.forget()


def build_world() -> World:
    """The cast, as it stands since the desk was founded."""
    with clock.at(FOUNDED):
        return _build()


def _build() -> World:
    administrator = found_desk(
        _details("administracion@mesa.example", "Administración Mesa"), password=PASSWORD
    )

    def person(email: str, name: str, desk_role: str = "") -> Person:
        return add_person(_details(email, name), actor=administrator, desk_role=desk_role, password=PASSWORD)

    def contact(email: str, name: str, organization: Organization, **place: str | bool) -> Person:
        added = person(email, name)
        _join(added, organization, administrator, **place)
        return added

    policy = upload_policy(POLICY.read_text(encoding="utf-8"), actor=administrator)
    policy = publish_policy(policy, actor=administrator)
    _declare_holidays()
    # Numbers that look alike on purpose: a comparison of their texts mixes the companies up.
    andes, norte, sur, ocaso = (
        _organization(1, "Andes Ltda"),
        _organization(11, "Norte SpA"),
        _organization(12, "Sur EIRL"),
        _organization(112, "Ocaso SA"),
    )
    _go_on_counting()

    def sold(
        organization: Organization, window: str, level: str, ends_on: date | None = None
    ) -> ContractVersion:
        offer = Offer(
            policy_version=policy, window=window, level=level, starts_on=date(2025, 1, 1), ends_on=ends_on
        )
        return sell_contract(organization, number=f"C-{organization.pk}", offer=offer, actor=administrator)

    shared = contact("contador@externo.example", "Contador Externo", andes)
    _join(shared, norte, administrator)
    revoked = contact("revocado@andes.example", "Contacto Revocado", andes)
    revoke(revoked.memberships.get(), actor=administrator)
    return World(
        policy=policy,
        andes=andes,
        norte=norte,
        sur=sur,
        ocaso=ocaso,
        andes_contract=sold(andes, "8x5", "premium"),
        norte_contract=sold(norte, "12x5", "standard"),
        sur_contract=sold(sur, "24x7", "basic"),
        ocaso_contract=sold(ocaso, "8x5", "premium", ends_on=date(2026, 6, 30)),
        administrator=administrator,
        lead=person("jefatura@mesa.example", "Jefatura Mesa", "lead"),
        consultant=person("consultora1@mesa.example", "Consultora Uno", "consultant"),
        other_consultant=person("consultor2@mesa.example", "Consultor Dos", "consultant"),
        contact=contact("contacto1@andes.example", "Contacto Uno", andes),
        colleague=contact("contacto2@andes.example", "Contacto Dos", andes, sees=Membership.COMPANY),
        client_administrator=contact(
            "administracion@andes.example",
            "Administración Andes",
            andes,
            role=Membership.CLIENT_ADMINISTRATOR,
            sees=Membership.COMPANY,
        ),
        unauthorised=contact("sin.permiso@andes.example", "Contacto Registrado", andes, may_report=False),
        revoked=revoked,
        shared=shared,
        norte_contact=contact("contacto@norte.example", "Contacto Norte", norte),
        sur_contact=contact("contacto@sur.example", "Contacto Sur", sur),
        ocaso_contact=contact("contacto@ocaso.example", "Contacto Ocaso", ocaso),
        stranger=person("nadie@otra.example", "Persona Ajena"),
    )


def _details(email: str, name: str) -> PersonDetails:
    return PersonDetails(email=email, name=name)


def _join(
    person: Person,
    organization: Organization,
    administrator: Person,
    *,
    role: str = Membership.CONTACT,
    sees: str = Membership.OWN,
    may_report: bool = True,
) -> None:
    set_membership(
        person, organization=organization, actor=administrator, role=role, sees=sees, may_report=may_report
    )


def _organization(number: int, name: str) -> Organization:
    return Organization.objects.create(pk=number, name=name, search_text=fold(name), created_at=clock.now())


def _go_on_counting() -> None:
    """Let the database number the next organization after those numbered by hand."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Organization]):
            cursor.execute(statement)


def _declare_holidays() -> None:
    DayOff.objects.bulk_create(
        DayOff(date=day, scope="CL", name=name, declared_at=calendars.BEGINNING) for day, name in HOLIDAYS
    )
