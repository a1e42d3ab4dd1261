"""The timeline: append-only, each event hashed onto the one before."""

from __future__ import annotations

import json
from typing import Any, ClassVar

from django.db import models

from plazo.people.models import Person
from plazo.tickets.models.ticket import Ticket


class Event(models.Model):
    """Something that happened to a ticket: code and data, never a sentence, never a person's text.

    body      canonical JSON of seq, code, actor, at, recorded_at and data: what is hashed
    digest    SHA-256 of the digest before (of the ticket's uid for the first) and `body`
    step_key  set where a record can stand once only: steps of the worker, answers posted twice
    """

    # The unique constraint below begins with it.
    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="events", db_index=False)
    seq = models.PositiveIntegerField()
    code = models.CharField(max_length=24)
    actor = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    body = models.TextField()
    digest = models.CharField(max_length=64)
    step_key = models.CharField(max_length=80, null=True)  # noqa: DJ001 - NULLs are distinct, "" is not

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ticket", "seq"], name="event_seq_once"),
            models.UniqueConstraint(fields=["ticket", "step_key"], name="event_step_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["recorded_at"], name="event_by_day")]

    def __str__(self) -> str:
        return f"#{self.ticket_id}.{self.seq} {self.code}"

    @property
    def data(self) -> dict[str, Any]:
        """Codes, ids and salted digests: what the event says beside its code."""
        data: dict[str, Any] = json.loads(self.body)["data"]
        return data
