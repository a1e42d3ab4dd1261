"""Persons: added, edited, given a role at the desk, disabled."""

from __future__ import annotations

from dataclasses import asdict

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from plazo.kit import clock
from plazo.people.actions.organizations import require_administrator
from plazo.people.details import PersonDetails
from plazo.people.models import DESK_ROLES, Person
from plazo.people.queries import active_administrators
from plazo.people.refusals import DeskFounded, InvalidField, LastAdministrator


def found_desk(details: PersonDetails, *, password: str | None = None) -> Person:
    """Add the first administrator of a new installation; nobody is there yet who could."""
    with transaction.atomic():
        if Person.objects.filter(desk_role="administrator").exists():
            raise DeskFounded
        return new_person(details, desk_role="administrator", password=password)


def add_person(
    details: PersonDetails, *, actor: Person, desk_role: str = "", password: str | None = None
) -> Person:
    """Add a person. Without a password they sign in by a code sent to their address."""
    require_administrator(actor)
    if Person.objects.filter(email=details.checked().email).exists():
        raise InvalidField("email", "known")
    return new_person(details, desk_role=desk_role, password=password)


def edit_person(person: Person, details: PersonDetails, *, actor: Person) -> Person:
    """Correct a person's details. People correct their own, but for the address they are known by."""
    checked = details.checked()
    if actor != person or checked.email != person.email:
        require_administrator(actor)
    for field, value in asdict(checked).items():
        setattr(person, field, value)
    return _keep(person)


def set_desk_role(person: Person, role: str, *, actor: Person) -> None:
    """Give a role at the desk, or take it ("" ). A change ends the person's open sessions."""
    require_administrator(actor)
    _require_role(role)
    with transaction.atomic():
        if Person.objects.select_for_update().get(pk=person.pk).desk_role == role:
            return
        if role != "administrator":
            _require_another_administrator(person)
        person.desk_role = role
        _end_sessions(person, "desk_role")


def disable_person(person: Person, *, actor: Person) -> None:
    """Shut a person out at once: their sessions end and no sign-in starts another."""
    require_administrator(actor)
    with transaction.atomic():
        _require_another_administrator(person)
        person.is_active = False
        _end_sessions(person, "is_active")


def enable_person(person: Person, *, actor: Person) -> None:
    """Let a disabled person sign in again."""
    require_administrator(actor)
    person.is_active = True
    person.save(update_fields=["is_active"])


def change_password(person: Person, password: str, *, actor: Person) -> None:
    """Set a password; open sessions of the person end."""
    if actor != person:
        require_administrator(actor)
    _set_password(person, password)
    person.save(update_fields=["password"])


def new_person(details: PersonDetails, *, desk_role: str = "", password: str | None = None) -> Person:
    """A person as a row; who may add one is for the action above to know."""
    _require_role(desk_role)
    person = Person(**asdict(details.checked()), desk_role=desk_role, created_at=clock.now())
    if password is None:
        person.set_unusable_password()
    else:
        _set_password(person, password)
    return _keep(person)


def _keep(person: Person) -> Person:
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as error:
        raise InvalidField("email", "taken") from error
    return person


def _set_password(person: Person, password: str) -> None:
    try:
        validate_password(password, user=person)
    except ValidationError as error:
        raise InvalidField("password", "weak_password", messages=tuple(error.messages)) from error
    person.set_password(password)


def _require_role(role: str) -> None:
    if role not in ("", *DESK_ROLES):
        raise InvalidField("desk_role", "unknown_role")


def _require_another_administrator(person: Person) -> None:
    # All rows are locked, so that two administrators cannot remove each other at the same moment.
    administrators = {each.pk for each in active_administrators().order_by("id").select_for_update()}
    if administrators == {person.pk}:
        raise LastAdministrator


def _end_sessions(person: Person, changed: str) -> None:
    person.sign_in_generation += 1
    person.save(update_fields=[changed, "sign_in_generation"])
