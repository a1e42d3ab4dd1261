"""All writes on persons, organizations and memberships."""

from plazo.people.actions.memberships import (
    add_contact,
    add_member,
    authorise,
    end_membership,
    revoke,
    set_membership,
)
from plazo.people.actions.organizations import add_organization, disable_organization, edit_organization
from plazo.people.actions.persons import (
    add_person,
    change_password,
    disable_person,
    edit_person,
    enable_person,
    found_desk,
    set_desk_role,
)

__all__ = [
    "add_contact",
    "add_member",
    "add_organization",
    "add_person",
    "authorise",
    "change_password",
    "disable_organization",
    "disable_person",
    "edit_organization",
    "edit_person",
    "enable_person",
    "end_membership",
    "found_desk",
    "revoke",
    "set_desk_role",
    "set_membership",
]
