"""What people wrote, apart from the timeline, so that erasing it leaves the chain whole."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from plazo.people.models import Person
from plazo.tickets.models.ticket import Ticket


class Message(models.Model):
    """A text on a ticket. Its event holds only SHA-256(salt + body).

    seq   of the event it belongs to
    kind  report, client_reply, reply, note, call
    """

    KINDS = ("report", "client_reply", "reply", "call", "note")
    CLIENT_KINDS = ("report", "client_reply", "reply", "call")

    # The unique constraint below begins with it.
    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="messages", db_index=False)
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=16)
    author = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    body = models.TextField()
    salt = models.CharField(max_length=32)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["ticket", "seq"], name="message_seq_once")]

    def __str__(self) -> str:
        return f"#{self.ticket_id}.{self.seq} {self.kind}"


class Attachment(models.Model):
    """A file on a message. `stored_name` is random; `file_name` is what the sender called it, cleaned."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="attachments")
    stored_name = models.CharField(max_length=64, unique=True)
    file_name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.file_name
