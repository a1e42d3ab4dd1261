"""Persons, the organizations they belong to, and what each may do there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

DESK_ROLES = ("consultant", "lead", "administrator")


class PersonManager(BaseUserManager["Person"]):
    """Persons are known by their address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Somebody who signs in: a contact of a client company, or a member of the desk.

    sign_in_generation  part of what a session is checked against: raising it ends all sessions
    """

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=32, blank=True)
    desk_role = models.CharField(max_length=16, blank=True)
    language = models.CharField(max_length=8, default="es-cl")
    zone = models.CharField(max_length=64, default="America/Santiago")
    is_active = models.BooleanField(default=True)
    sign_in_generation = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = PersonManager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(desk_role__in=("", *DESK_ROLES)), name="person_desk_role_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_session_auth_hash(self) -> str:
        return f"{super().get_session_auth_hash()}.{self.sign_in_generation}"

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        for fallback in super().get_session_auth_fallback_hash():
            yield f"{fallback}.{self.sign_in_generation}"

    @property
    def is_desk(self) -> bool:
        """Whether this person works at the desk."""
        return self.is_active and self.desk_role != ""

    @property
    def is_lead(self) -> bool:
        """Whether this person leads the desk; administrators may do all that a lead may."""
        return self.is_active and self.desk_role in ("lead", "administrator")

    @property
    def is_administrator(self) -> bool:
        """Whether this person administers the provider's desk."""
        return self.is_active and self.desk_role == "administrator"


class Organization(models.Model):
    """A client company.

    tax_id   of Chile: RUT without dots, "76000000-1"
    region   ISO 3166-2 code, "CL-MA"
    commune  "punta-arenas"
    """

    name = models.CharField(max_length=160)
    tax_id = models.CharField(max_length=20, blank=True)
    country = models.CharField(max_length=2, default="CL")
    region = models.CharField(max_length=8, blank=True)
    commune = models.CharField(max_length=64, blank=True)
    zone = models.CharField(max_length=64, default="America/Santiago")
    is_active = models.BooleanField(default=True)
    search_text = models.CharField(max_length=200, editable=False)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["search_text"], name="organization_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person's place in an organization: what they see there, and whether they may report.

    is_active   whether the person still belongs there at all
    may_report  whether they are authorised; `revoked_at` tells "no longer" from "not yet"
    """

    CONTACT, CLIENT_ADMINISTRATOR = "contact", "client_administrator"
    OWN, COMPANY = "own", "company"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=24, default=CONTACT)
    sees = models.CharField(max_length=8, default=OWN)
    is_active = models.BooleanField(default=True)
    may_report = models.BooleanField(default=False)
    authorised_at = models.DateTimeField(null=True, blank=True)
    authorised_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "organization"], name="membership_once"),
            models.CheckConstraint(
                condition=models.Q(role__in=("contact", "client_administrator")), name="membership_role_known"
            ),
            models.CheckConstraint(
                condition=models.Q(sees__in=("own", "company")), name="membership_sees_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}@{self.organization_id}"
