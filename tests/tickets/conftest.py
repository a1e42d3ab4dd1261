"""A desk with two clients, and the instants its tickets live through."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import models

from plazo.contracts import calendars, terms
from plazo.contracts.models import Contract, ContractVersion, DayOff, DaysOffRevision, PolicyVersion
from plazo.kit import clock
from plazo.kit.text import fold
from plazo.people.models import Membership, Organization, Person
from plazo.tickets.actions import open_ticket
from plazo.tickets.models import Ticket

POLICY = Path(__file__).resolve().parents[2] / "policies" / "coacher.yaml"
BEFORE = datetime(2025, 1, 2, tzinfo=UTC)


@dataclass
class Desk:
    """Who there is, and how a ticket is opened at an instant."""

    consultant: Person
    colleague: Person
    lead: Person
    administrator: Person
    andes: Organization
    brisa: Organization
    contact: Person
    peer: Person
    overseer: Person
    stranger: Person
    contract: ContractVersion
    slow_contract: ContractVersion
    foreign_contract: ContractVersion

    def open(self, at: str = "2026-09-15 12:00", **changes: Any) -> Ticket:
        """A ticket of the contact's, opened at an instant in UTC (09:00 in Santiago by default)."""
        given: dict[str, Any] = {
            "organization": self.andes,
            "contract_version": self.contract,
            "channel": "portal",
            "subject": "No sale ninguna factura",
            "body": "Desde la mañana.",
        } | changes
        with clock.at(instant(at)):
            return open_ticket(given.pop("requester", self.contact), **given)

    def declare(self, day: date, at: str, scope: str = "CL") -> None:
        """A day off that becomes known at an instant."""
        DayOff.objects.create(date=day, scope=scope, name="Feriado", declared_at=instant(at))
        moved = DaysOffRevision.objects.update(number=models.F("number") + 1)
        assert moved or DaysOffRevision.objects.create(number=1)


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """Rows are taken back after each test: what was kept of them in memory goes too."""
    yield
    terms.forget()
    calendars.forget()


@pytest.fixture
def desk(db: None) -> Desk:
    people = {
        name: Person.objects.create(
            email=f"{name}@mesa.example", name=name, desk_role=role, created_at=BEFORE
        )
        for name, role in {
            "consultant": "consultant",
            "colleague": "consultant",
            "lead": "lead",
            "administrator": "administrator",
            "contact": "",
            "peer": "",
            "overseer": "",
            "stranger": "",
        }.items()
    }
    andes, brisa = organization("Comercial Andes Falsa"), organization("Brisa Inventada Ltda.")
    for name, company, sees in (
        ("contact", andes, "own"),
        ("peer", andes, "own"),
        ("overseer", andes, "company"),
        ("stranger", brisa, "company"),
    ):
        Membership.objects.create(
            person=people[name], organization=company, sees=sees, may_report=True, created_at=BEFORE
        )
    policy = PolicyVersion.objects.create(
        code="coacher",
        version=1,
        effective_from=BEFORE,
        source=POLICY.read_text(),
        sha256="0" * 64,
        uploaded_at=BEFORE,
        published_at=BEFORE,
    )
    return Desk(
        **people,
        andes=andes,
        brisa=brisa,
        contract=sold(andes, policy, "A-1", "8x5", "premium"),
        slow_contract=sold(andes, policy, "A-2", "24x7", "basic"),
        foreign_contract=sold(brisa, policy, "B-1", "12x5", "standard"),
    )


def organization(name: str) -> Organization:
    return Organization.objects.create(name=name, search_text=fold(name), created_at=BEFORE)


def sold(
    client: Organization, policy: PolicyVersion, number: str, window: str, level: str
) -> ContractVersion:
    return ContractVersion.objects.create(
        contract=Contract.objects.create(organization=client, number=number, created_at=BEFORE),
        number=1,
        policy_version=policy,
        window=window,
        level=level,
        scopes=[] if window == "24x7" else ["CL", "provider"],
        starts_on=BEFORE,
        starts_at=BEFORE,
        created_at=BEFORE,
    )
