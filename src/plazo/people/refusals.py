"""What the rules on persons and organizations refuse, and why."""

from __future__ import annotations

from plazo.kit.refusals import Refused


class NotAllowed(Refused):
    """The act belongs to another role. details: role."""


class InvalidField(Refused):
    """A field cannot be kept as written. details: field, reason, limit.

    reason: required, too_long, bad_email, bad_tax_id, unknown_country, unknown_region,
    commune_without_region, unknown_zone, unknown_language, unknown_role, unknown_sees, taken, known,
    no_contact, weak_password
    """

    def __init__(
        self, field: str, reason: str, *, limit: int | None = None, messages: tuple[str, ...] = ()
    ) -> None:
        super().__init__(field=field, reason=reason, limit=limit, messages=messages)
        self.field, self.reason = field, reason


class LastAdministrator(Refused):
    """The desk would be left without an administrator."""


class DeskFounded(Refused):
    """The desk has its first administrator already: they add the others."""


class PersonDisabled(Refused):
    """The person may not sign in: they have to be enabled first."""


class PersonKnown(Refused):
    """Somebody has that address: whether they are to belong here too was not said. details: field."""


class AlreadyMember(Refused):
    """The person with that address belongs to the organization already. details: field."""


class MembershipEnded(Refused):
    """The person no longer belongs to the organization."""
