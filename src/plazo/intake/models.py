"""What came in, kept before anything is made of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from plazo.people.models import Organization, Person
from plazo.tickets.models import Ticket


class Submission(models.Model):
    """A report as it reached a channel.

    key      idempotency key with the sender's id in front: the same key makes no second ticket
    digest   SHA-256 of the canonical content, so that another content under a used key is noticed
    content  the report as data (subject, text, service, kind, files), until it is a ticket
    state    accepted (see `ticket`), held (see `held_for`), discarded
    decided  on a held one: by whom and when
    """

    ACCEPTED, HELD, DISCARDED = "accepted", "held", "discarded"

    channel = models.CharField(max_length=16)
    key = models.CharField(max_length=255)
    sender = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey(Organization, null=True, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    content = models.JSONField(default=dict)
    received_at = models.DateTimeField()
    state = models.CharField(max_length=16)
    held_for = models.CharField(max_length=32, blank=True)
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    ticket = models.ForeignKey(Ticket, null=True, on_delete=models.PROTECT, related_name="submissions")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["channel", "key"], name="submission_once"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["received_at", "id"], name="submission_held", condition=models.Q(state="held")
            ),
            models.Index(
                fields=["sender", "-received_at"],
                name="submission_by_sender",
                condition=models.Q(state__in=("held", "discarded")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel}:{self.pk}"
