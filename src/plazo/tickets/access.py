"""Who sees which tickets: the one rule, for pages, attachments, search, lists and actions."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from plazo.people.models import Membership, Person
from plazo.people.queries import memberships_of
from plazo.tickets.models import Ticket


def visible_to(person: Person) -> QuerySet[Ticket]:
    """The desk sees all; a contact their own tickets, or those of the companies they see whole."""
    if person.is_desk:
        return Ticket.objects.all()
    whole, own = _companies(person)
    if not whole and not own:
        return Ticket.objects.none()
    if not own:
        return Ticket.objects.filter(organization_id__in=whole)
    if not whole:
        return Ticket.objects.filter(requester=person, organization_id__in=own)
    return Ticket.objects.filter(Q(organization_id__in=whole) | Q(requester=person, organization_id__in=own))


def may_see(person: Person, ticket: Ticket) -> bool:
    """The rule of `visible_to` for a ticket at hand."""
    if person.is_desk:
        return True
    whole, own = _companies(person)
    company = ticket.organization_id
    return company in whole or (company in own and ticket.requester_id == person.pk)


def _companies(person: Person) -> tuple[list[int], list[int]]:
    """Those of which a contact sees all tickets, and those of which only their own."""
    memberships = memberships_of(person)
    whole = [each.organization_id for each in memberships if sees_company(each)]
    own = [each.organization_id for each in memberships if not sees_company(each)]
    return whole, own


def sees_company(membership: Membership) -> bool:
    """Whether a member sees the tickets of colleagues too."""
    return membership.sees == Membership.COMPANY or membership.role == Membership.CLIENT_ADMINISTRATOR


def may_see_notes(person: Person) -> bool:
    """Whether a person reads what the desk writes for itself."""
    return person.is_desk
