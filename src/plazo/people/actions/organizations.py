"""Client companies: added, edited, no longer served."""

from __future__ import annotations

from dataclasses import asdict

from django.db import IntegrityError, transaction

from plazo.kit import clock
from plazo.kit.text import fold
from plazo.people.details import OrganizationDetails
from plazo.people.models import Organization, Person
from plazo.people.refusals import InvalidField, NotAllowed


def add_organization(details: OrganizationDetails, *, actor: Person) -> Organization:
    """Add a client company; names that differ in case or accents only are the same name."""
    return _keep(Organization(created_at=clock.now()), details, actor)


def edit_organization(
    organization: Organization, details: OrganizationDetails, *, actor: Person
) -> Organization:
    """Correct a client company. Contracts keep the days off of the place they were sold for."""
    return _keep(organization, details, actor)


def disable_organization(organization: Organization, *, actor: Person, is_active: bool = False) -> None:
    """Stop serving a client: its contacts see nothing any more. `is_active=True` takes it back."""
    require_administrator(actor)
    organization.is_active = is_active
    organization.save(update_fields=["is_active"])


def require_administrator(actor: Person) -> None:
    """Refuse whoever does not administer the provider's desk."""
    if not actor.is_administrator:
        raise NotAllowed(role="administrator")


def _keep(organization: Organization, details: OrganizationDetails, actor: Person) -> Organization:
    require_administrator(actor)
    checked = details.checked()
    for field, value in asdict(checked).items():
        setattr(organization, field, value)
    organization.search_text = fold(checked.name)[:200]
    try:
        with transaction.atomic():
            organization.save()
    except IntegrityError as error:
        raise InvalidField("name", "taken") from error
    return organization
