"""Whom somebody without the right to report has to ask."""

from __future__ import annotations

from django.utils.translation import gettext as _

from plazo.intake.refusals import NotAuthorised, Revoked
from plazo.people.models import Membership
from plazo.people.queries import members_of
from plazo.sla.wording import joined
from plazo.web import moments
from plazo.web.wording import words


def whom_to_ask(organization_id: int) -> str:
    """The company's own administrators by name, to end a sentence; the desk where it has none."""
    administrators = members_of(organization_id).filter(
        is_active=True, person__is_active=True, role=Membership.CLIENT_ADMINISTRATOR
    )
    names = [each.person.name for each in administrators]
    # The sentence brings the full stop, also after a name that ends in an abbreviation.
    return joined(names, moments.language()).removesuffix(".") if names else _("la mesa de ayuda")


def not_authorised_words(membership: Membership) -> str:
    """Why this member may not report, and whom to ask."""
    whom = whom_to_ask(membership.organization_id)
    if membership.revoked_at is None:
        return words(NotAuthorised(), administrators=whom)
    return words(Revoked(revoked_at=membership.revoked_at), administrators=whom)
