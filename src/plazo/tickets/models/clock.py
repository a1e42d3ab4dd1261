"""The clocks of tickets as rows, for lists and reports: an index of the timeline."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from plazo.people.models import Organization
from plazo.tickets.models.ticket import Ticket


class TicketClock(models.Model):
    """One metric of one ticket, as `plazo.sla.assess` found it after the last event.

    verdict_month   "2026-11" in the policy's zone; empty while undecided
    waiver_request  seq of the request to excuse the miss that waits for a decision
    Durations are counted seconds.
    """

    # The unique constraint below begins with it.
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="clocks", db_index=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    metric = models.CharField(max_length=16)
    state = models.CharField(max_length=16)
    commitment = models.PositiveIntegerField()
    seconds = models.PositiveIntegerField(null=True)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    missed_at = models.DateTimeField(null=True)
    verdict_month = models.CharField(max_length=7, blank=True)
    elapsed = models.PositiveBigIntegerField()
    overrun = models.PositiveBigIntegerField()
    held_by_client = models.PositiveBigIntegerField()
    held_by_third_party = models.PositiveBigIntegerField()
    canned = models.BooleanField()
    waived = models.BooleanField()
    waiver_request = models.PositiveIntegerField(null=True)
    calendar_digest = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["ticket", "metric"], name="clock_once")]
        indexes: ClassVar = [
            models.Index(fields=["verdict_month", "organization", "metric", "state"], name="clock_by_month"),
            models.Index(
                fields=["id"], name="clock_waiver_waits", condition=models.Q(waiver_request__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.ticket_id} {self.metric} {self.state}"
