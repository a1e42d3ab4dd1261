"""Persons and organizations, as pages and rules read them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from plazo.kit.selecting import composed
from plazo.kit.text import fold
from plazo.people.models import Membership, Organization, Person


def memberships_of(person: Person) -> list[Membership]:
    """Where the person belongs now, with the organization, by name."""
    return _memberships_of(person.pk) if person.is_active else []


@composed
def _memberships_of(person_id: int) -> QuerySet[Membership]:
    return (
        Membership.objects.filter(person_id=person_id, is_active=True, organization__is_active=True)
        .select_related("organization")
        .order_by("organization__search_text")
    )


def membership_in(person: Person, organization_id: int) -> Membership | None:
    """The person's place in an organization, ended or not; None when they never had one."""
    return next(iter(_memberships_in(person.pk, organization_id)), None)


@composed
def _memberships_in(person_id: int, organization_id: int) -> QuerySet[Membership]:
    # At most one, by a constraint.
    there = Membership.objects.filter(person_id=person_id, organization_id=organization_id)
    return there.select_related("organization")


def members_of(organization_id: int) -> QuerySet[Membership]:
    """All who belong or belonged to an organization, with the person, by name."""
    return (
        Membership.objects.filter(organization_id=organization_id)
        .select_related("person")
        .order_by("person__name", "id")
    )


def organizations_visible_to(person: Person) -> QuerySet[Organization]:
    """All for the desk, their own for contacts, none for anybody else; by name."""
    everyone = Organization.objects.order_by("search_text")
    if person.is_desk:
        return everyone
    if not person.is_active:
        return everyone.none()
    return everyone.filter(is_active=True, memberships__person=person, memberships__is_active=True)


def organizations_named(text: str) -> QuerySet[Organization]:
    """Organizations whose name contains the text, without regard to case and accents."""
    return Organization.objects.filter(search_text__contains=fold(text)).order_by("search_text")


def organization_names(ids: Iterable[int]) -> dict[int, str]:
    """Names of organizations by id; one query."""
    return dict(Organization.objects.filter(pk__in=set(ids)).values_list("pk", "name"))


def desk_people() -> QuerySet[Person]:
    """Who works at the desk now, by name."""
    return Person.objects.filter(is_active=True).exclude(desk_role="").order_by("name", "id")


def desk_roster() -> QuerySet[Person]:
    """Who has a role at the desk, disabled ones too, by name."""
    return everybody().exclude(desk_role="")


def everybody() -> QuerySet[Person]:
    """All persons, by name."""
    return Person.objects.order_by("name", "id")


def active_administrators() -> QuerySet[Person]:
    """Who administers the provider's desk now."""
    return Person.objects.filter(is_active=True, desk_role="administrator")


def people_matching(text: str) -> QuerySet[Person]:
    """Persons whose name or address contains the text, by name."""
    words = text.strip()
    return everybody().filter(Q(name__icontains=words) | Q(email__icontains=words))
