"""Who belongs to a client company, and who of them may report."""

from __future__ import annotations

from django.db import transaction

from plazo.kit import clock
from plazo.people.actions.organizations import require_administrator
from plazo.people.actions.persons import new_person
from plazo.people.details import PersonDetails
from plazo.people.models import Membership, Organization, Person
from plazo.people.queries import membership_in
from plazo.people.refusals import AlreadyMember, InvalidField, MembershipEnded, NotAllowed, PersonKnown

ROLES = (Membership.CONTACT, Membership.CLIENT_ADMINISTRATOR)
SIGHTS = (Membership.OWN, Membership.COMPANY)


def set_membership(
    person: Person,
    *,
    organization: Organization,
    actor: Person,
    role: str = Membership.CONTACT,
    sees: str = Membership.OWN,
    may_report: bool = False,
) -> Membership:
    """Give a person their place in a company, or change it; they belong there again if they had left."""
    require_administrator(actor)
    if role not in ROLES:
        raise InvalidField("role", "unknown_role")
    if sees not in SIGHTS:
        raise InvalidField("sees", "unknown_sees")
    return _keep(person, organization, actor=actor, role=role, sees=sees, may_report=may_report)


def add_member(
    details: PersonDetails,
    *,
    organization: Organization,
    actor: Person,
    role: str = Membership.CONTACT,
    sees: str = Membership.OWN,
    may_report: bool = False,
    join: bool = False,
) -> Membership:
    """As `set_membership`, for a new person, or with `join` for one already known by that address."""
    require_administrator(actor)
    with transaction.atomic():
        person = _newcomer(details, organization, join=join)
        return set_membership(
            person, organization=organization, actor=actor, role=role, sees=sees, may_report=may_report
        )


def add_contact(
    details: PersonDetails,
    *,
    organization: Organization,
    actor: Person,
    may_report: bool = False,
    join: bool = False,
) -> Membership:
    """Add a contact to one's own company: a new person, or with `join` one already known by that address."""
    _require_company_administrator(organization.pk, actor)
    with transaction.atomic():
        person = _newcomer(details, organization, join=join)
        return _keep(
            person,
            organization,
            actor=actor,
            role=Membership.CONTACT,
            sees=Membership.OWN,
            may_report=may_report,
        )


def authorise(membership: Membership, *, actor: Person) -> None:
    """Let a contact report; who allowed it, and when, is kept."""
    _require_company_administrator(membership.organization_id, actor)
    if not membership.is_active:
        raise MembershipEnded
    _set_authorisation(membership, actor, may_report=True)
    membership.save()


def revoke(membership: Membership, *, actor: Person) -> None:
    """Take back the authorisation to report. Tickets already open stand."""
    _require_company_administrator(membership.organization_id, actor)
    _set_authorisation(membership, actor, may_report=False)
    membership.save()


def end_membership(membership: Membership, *, actor: Person) -> None:
    """The person no longer belongs to the company and sees nothing of it."""
    require_administrator(actor)
    membership.is_active = False
    _set_authorisation(membership, actor, may_report=False)
    membership.save()


def _newcomer(details: PersonDetails, organization: Organization, *, join: bool) -> Person:
    """Somebody new, or somebody known who is to belong here too: as they are, whatever else was typed."""
    checked = details.checked()
    person = Person.objects.filter(email=checked.email).first()
    if person is None:
        return new_person(checked)
    if person.desk_role or not person.is_active:
        raise InvalidField("email", "no_contact")
    known = membership_in(person, organization.pk)
    if known is not None and known.is_active:
        raise AlreadyMember(field="email")
    if not join:
        raise PersonKnown(field="email")
    return person


def _keep(
    person: Person, organization: Organization, *, actor: Person, role: str, sees: str, may_report: bool
) -> Membership:
    with transaction.atomic():
        membership, _ = Membership.objects.select_for_update().get_or_create(
            person=person, organization=organization, defaults={"created_at": clock.now()}
        )
        membership.role, membership.sees, membership.is_active = role, sees, True
        _set_authorisation(membership, actor, may_report=may_report)
        membership.save()
    return membership


def _set_authorisation(membership: Membership, actor: Person, *, may_report: bool) -> None:
    if membership.may_report == may_report:
        return
    membership.may_report = may_report
    if may_report:
        membership.authorised_at, membership.authorised_by = clock.now(), actor
        membership.revoked_at = membership.revoked_by = None
    else:
        membership.revoked_at, membership.revoked_by = clock.now(), actor


def _require_company_administrator(organization_id: int, actor: Person) -> None:
    if actor.is_administrator:
        return
    own = membership_in(actor, organization_id) if actor.is_active else None
    is_theirs = own and own.is_active and own.organization.is_active
    if not (own and is_theirs and own.role == Membership.CLIENT_ADMINISTRATOR):
        raise NotAllowed(role="client_administrator")
