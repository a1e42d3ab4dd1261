"""Who lives in the demo world: a desk, six client companies, their people and contracts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from plazo.contracts.actions import Offer, publish_policy, sell_contract, sync_national_days, upload_policy
from plazo.contracts.models import ContractVersion, PolicyVersion
from plazo.people.actions import add_organization, add_person, found_desk, revoke, set_membership
from plazo.people.details import OrganizationDetails, PersonDetails
from plazo.people.models import Membership, Organization, Person

POLICY = Path(__file__).resolve().parents[4] / "policies" / "coacher.yaml"


@dataclass(frozen=True, slots=True)
class Company:
    """A client and what it bought. `weight` is its share of the tickets."""

    key: str
    name: str
    tax_id: str
    region: str
    commune: str
    zone: str
    window: str
    level: str
    contacts: int
    weight: int


COMPANIES = (
    Company(
        "andes",
        "Comercial Andes Ltda.",
        "76000001-9",
        "CL-RM",
        "Santiago",
        "America/Santiago",
        "8x5",
        "premium",
        4,
        30,
    ),
    Company(
        "norte",
        "Distribuidora Norte SpA",
        "76000002-7",
        "CL-AN",
        "Antofagasta",
        "America/Santiago",
        "12x5",
        "standard",
        3,
        22,
    ),
    Company(
        "austral",
        "Pesquera Austral S.A.",
        "76000003-5",
        "CL-MA",
        "Punta Arenas",
        "America/Punta_Arenas",
        "24x7",
        "basic",
        3,
        16,
    ),
    Company(
        "rapanui",
        "Turismo Rapa Nui EIRL",
        "76000004-3",
        "CL-VS",
        "Isla de Pascua",
        "Pacific/Easter",
        "8x5",
        "basic",
        2,
        10,
    ),
    Company(
        "valle",
        "Viña Valle Hondo SpA",
        "76000005-1",
        "CL-ML",
        "Talca",
        "America/Santiago",
        "8x5",
        "standard",
        3,
        14,
    ),
    Company(
        "plaza",
        "Tiendas La Plaza S.A.",
        "76000006-K",
        "CL-RM",
        "Maipú",
        "America/Santiago",
        "24x7",
        "premium",
        3,
        8,
    ),
)

DESK = (
    ("jefatura@mesa.example", "Jefatura de Mesa", "lead"),
    ("consultora.uno@mesa.example", "Consultora Uno", "consultant"),
    ("consultor.dos@mesa.example", "Consultor Dos", "consultant"),
    ("consultora.tres@mesa.example", "Consultora Tres", "consultant"),
)
ADMINISTRATOR = ("administracion@mesa.example", "Administración de Mesa")


@dataclass(frozen=True, slots=True)
class Client:
    """A client company of the demo world as it stands in the database."""

    company: Company
    organization: Organization
    contract: ContractVersion
    contacts: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody."""

    policy: PolicyVersion
    administrator: Person
    lead: Person
    consultants: tuple[Person, ...]
    clients: tuple[Client, ...]


def build_cast(password: str, *, since: date) -> Cast:
    """Found the desk, publish the agreement, sell it to six companies from `since` on."""
    administrator = found_desk(_details(*ADMINISTRATOR), password=password)
    sync_national_days()
    desk = {
        email: _with_password(
            add_person(_details(email, name), actor=administrator, desk_role=role), administrator
        )
        for email, name, role in DESK
    }
    policy = upload_policy(POLICY.read_text(encoding="utf-8"), actor=administrator, name=POLICY.name)
    policy = publish_policy(policy, actor=administrator)
    clients = tuple(
        _client(number, company, policy, administrator, since)
        for number, company in enumerate(COMPANIES, start=1)
    )
    people = tuple(desk.values())
    return Cast(policy, administrator, people[0], people[1:], clients)


def _client(
    number: int, company: Company, policy: PolicyVersion, administrator: Person, since: date
) -> Client:
    details = OrganizationDetails(
        name=company.name,
        tax_id=company.tax_id,
        region=company.region,
        commune=company.commune,
        zone=company.zone,
    )
    organization = add_organization(details, actor=administrator)
    offer = Offer(policy_version=policy, window=company.window, level=company.level, starts_on=since)
    contract = sell_contract(organization, number=f"C-{number:03}", offer=offer, actor=administrator)
    return Client(company, organization, contract, _contacts(company, organization, administrator))


def _contacts(company: Company, organization: Organization, administrator: Person) -> tuple[Person, ...]:
    """The first administers the company, the others report; one more is registered only, one was revoked."""
    contacts = []
    for number in range(1, company.contacts + 1):
        person = _contact(f"contacto{number}", f"Contacto {number}", company, administrator)
        set_membership(
            person,
            organization=organization,
            actor=administrator,
            role=Membership.CLIENT_ADMINISTRATOR if number == 1 else Membership.CONTACT,
            sees=Membership.COMPANY if number == 1 else Membership.OWN,
            may_report=True,
        )
        contacts.append(person)
    registered = _contact("registrado", "Contacto Registrado", company, administrator)
    set_membership(registered, organization=organization, actor=administrator)
    former = _contact("revocado", "Contacto Revocado", company, administrator)
    revoke(
        set_membership(former, organization=organization, actor=administrator, may_report=True),
        actor=administrator,
    )
    return tuple(contacts)


def _contact(local: str, name: str, company: Company, administrator: Person) -> Person:
    details = _details(f"{local}@{company.key}.example", f"{name}, {company.name}", zone=company.zone)
    return _with_password(add_person(details, actor=administrator), administrator)


def _details(email: str, name: str, *, zone: str = "America/Santiago") -> PersonDetails:
    return PersonDetails(email=email, name=name, zone=zone)


def _with_password(person: Person, administrator: Person) -> Person:
    """The one password of the demo world, hashed once: hashing takes a second or so for each person."""
    person.password = administrator.password
    person.save(update_fields=["password"])
    return person
