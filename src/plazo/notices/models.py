"""The outbox: who is told what, written in the transaction of the event."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from plazo.kit.claim import Claimable
from plazo.people.models import Person
from plazo.tickets.models import Ticket


class Notice(Claimable):
    """One message to one person, because of one event, or of one report that became no ticket.

    seq         of the event it tells of; it speaks of the ticket as it stood then
    report      the number of that report; its message is made with the row, for nothing can change it
    reply_seq   the answer it carries to the client, if any
    message_id  fixed when the row is written: a second try carries the same one
    raw         the whole message, made before the first connection: every try sends the same bytes
    """

    WAITING, SENT, FAILED, SUPPRESSED = "waiting", "sent", "failed", "suppressed"

    ticket = models.ForeignKey(Ticket, null=True, on_delete=models.PROTECT, related_name="notices")
    report = models.PositiveBigIntegerField(null=True)
    seq = models.PositiveIntegerField()
    code = models.CharField(max_length=32)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reply_seq = models.PositiveIntegerField(null=True, blank=True)
    address = models.EmailField()
    message_id = models.CharField(max_length=120, unique=True)
    subject = models.CharField(max_length=250, blank=True)
    raw = models.BinaryField(default=b"")
    state = models.CharField(max_length=16, default=WAITING)
    error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ticket", "seq", "code", "person"], name="notice_once"),
            models.UniqueConstraint(
                fields=["report", "code", "person"],
                name="notice_of_report_once",
                condition=Q(report__isnull=False),
            ),
            models.CheckConstraint(
                condition=Q(ticket__isnull=False, report__isnull=True)
                | Q(ticket__isnull=True, report__isnull=False),
                name="notice_of_one_thing",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["next_attempt_at", "id"], name="notice_due", condition=Q(state="waiting")),
            models.Index(fields=["-id"], name="notice_failed", condition=Q(state="failed")),
        ]

    def __str__(self) -> str:
        return f"{self.code} #{self.ticket_id} {self.person_id}"

    @property
    def its_ticket(self) -> Ticket:
        """The ticket it tells of. LookupError where it tells of a report."""
        if self.ticket is None:
            raise LookupError(f"notice {self.pk} tells of report {self.report}")
        return self.ticket
