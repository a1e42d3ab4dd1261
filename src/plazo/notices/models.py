"""The outbox: who is told what, written in the transaction of the event."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from plazo.people.models import Person
from plazo.tickets.models import Ticket


class Notice(models.Model):
    """One message to one person, because of one event.

    message_id  fixed when the row is written: a second try carries the same one
    subject, body  rendered before the first connection, so that every try sends the same bytes
    fence       grows with each claim; the last UPDATE of a delivery must still find its own
    """

    WAITING, SENT, FAILED, SUPPRESSED = "waiting", "sent", "failed", "suppressed"

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="notices")
    seq = models.PositiveIntegerField()
    code = models.CharField(max_length=32)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    address = models.EmailField()
    message_id = models.CharField(max_length=120, unique=True)
    subject = models.CharField(max_length=250, blank=True)
    body = models.TextField(blank=True)
    state = models.CharField(max_length=16, default=WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True, blank=True)
    fence = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ticket", "seq", "code", "person"], name="notice_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["next_attempt_at", "id"], name="notice_due", condition=Q(state="waiting")),
            models.Index(fields=["-id"], name="notice_failed", condition=Q(state="failed")),
        ]

    def __str__(self) -> str:
        return f"{self.code} #{self.ticket_id} {self.person_id}"
