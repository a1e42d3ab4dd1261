"""Policy versions, the contracts sold on them, and days off."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from plazo.people.models import Organization, Person


class PolicyVersion(models.Model):
    """A version of the provider's agreement: its file, kept as it came. Published, it is never edited.

    document_…  the signed document behind it, whose SHA-256 the file records
    """

    code = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    effective_from = models.DateField()
    source = models.TextField()
    sha256 = models.CharField(max_length=64)
    document_name = models.CharField(max_length=200, blank=True)
    document_stored_name = models.CharField(max_length=64, blank=True)
    document_type = models.CharField(max_length=100, blank=True)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "version"], name="policy_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code}@{self.version}"


class Contract(models.Model):
    """An agreement sold to a client; what it says at any instant stands in its versions."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="contracts")
    number = models.CharField(max_length=40, unique=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.number


class ContractVersion(models.Model):
    """What a contract says from a date on. An amendment is a further row; rows are never edited.

    At an instant the latest start counts, among equal starts the highest number.
    services   codes of the policy's services it covers; empty: all of them
    scopes     whose days off close its window (see `DayOff`), as the client stood when it was made
    starts_at  first existing instant of `starts_on` in the policy's zone
    ends_at    first instant no longer covered (the day after `ends_on`); None: until further notice
    """

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    policy_version = models.ForeignKey(
        PolicyVersion, on_delete=models.PROTECT, related_name="contract_versions"
    )
    window = models.CharField(max_length=40)
    level = models.CharField(max_length=40)
    services = models.JSONField(default=list)
    scopes = models.JSONField(default=list)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contract", "number"], name="contract_version_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["contract", "starts_at", "number"], name="contract_version_in_force"),
        ]

    def __str__(self) -> str:
        return f"{self.contract_id} v{self.number}"


class DayOff(models.Model):
    """A day, or part of one, on which the clocks of a scope stand still. Append-only; may be withdrawn.

    scope  "CL", "CL-MA" (region), "CL-MA:punta-arenas" (commune), "provider", "client:<id>"
    """

    date = models.DateField()
    from_time = models.CharField(max_length=5, blank=True)
    to_time = models.CharField(max_length=5, blank=True)
    scope = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    law = models.CharField(max_length=200, blank=True)
    declared_at = models.DateTimeField()
    declared_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["scope", "date", "from_time", "name"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="day_off_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.name}"


class DaysOffRevision(models.Model):
    """How often days off were declared or withdrawn: one row, so that a calendar in memory can be trusted."""

    number = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return f"{self.number}"
