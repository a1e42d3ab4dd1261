"""The ticket row: who and what, and the stored results of reading its timeline."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from plazo.contracts.models import ContractVersion
from plazo.people.models import Organization, Person

FAR = datetime(9999, 1, 1, tzinfo=UTC)  # in `queue_at`: nothing falls due (paused, without term)


class Ticket(models.Model):
    """A report and all that follows.

    uid        seeds the hash chain, so that the first hash is known before the row has a number
    opened_at  the start of its terms
    length     number of events, and the version a writer must have seen
    head       hash of the last event
    The columns from `organization` on are an index of the timeline: `plazo verify` recomputes them.
    queue_at    the nearest due date that waits for its stop, or the client's word that waits for review
    at_risk_at  when a waiting term has used up three quarters of its time
    waiting_for who holds the pause that lasts: client, third_party
    next_step_at  when the worker has something to record
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subject = models.CharField(max_length=200)
    channel = models.CharField(max_length=16)
    service = models.CharField(max_length=40, blank=True)
    opened_at = models.DateTimeField()
    follows = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by"
    )

    # Both have an index of their own below that begins with them.
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="tickets", db_index=False
    )
    requester = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tickets", db_index=False)
    contract_version = models.ForeignKey(
        ContractVersion, null=True, on_delete=models.PROTECT, related_name="tickets"
    )
    state = models.CharField(max_length=16)
    kind = models.CharField(max_length=40, blank=True)
    priority = models.CharField(max_length=40, blank=True)
    classified = models.BooleanField()
    assignee = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="assigned"
    )
    active = models.BooleanField()
    needs_review = models.BooleanField(default=False)
    queue_at = models.DateTimeField()
    waiting_for = models.CharField(max_length=16, null=True, blank=True)  # noqa: DJ001 - NULLs stay out of the index
    at_risk_at = models.DateTimeField(null=True, blank=True)
    next_step_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField()
    length = models.PositiveIntegerField()
    head = models.CharField(max_length=64)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["queue_at", "id"], name="ticket_queue", condition=Q(active=True)),
            models.Index(
                fields=["assignee", "queue_at", "id"],
                name="ticket_queue_of_assignee",
                condition=Q(active=True),
            ),
            models.Index(
                fields=["at_risk_at", "id"], name="ticket_at_risk", condition=Q(at_risk_at__isnull=False)
            ),
            models.Index(
                fields=["waiting_for", "queue_at", "id"],
                name="ticket_waiting",
                condition=Q(waiting_for__isnull=False),
            ),
            models.Index(
                fields=["organization", "queue_at", "id"],
                name="ticket_queue_of_client",
                condition=Q(active=True),
            ),
            models.Index(fields=["organization", "-id"], name="ticket_of_client"),
            models.Index(fields=["requester", "-id"], name="ticket_of_requester"),
            models.Index(
                fields=["next_step_at", "id"],
                name="ticket_next_step",
                condition=Q(next_step_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
