"""What workers write about themselves, for `plazo doctor` and for each other."""

from __future__ import annotations

from django.db import models


class Heartbeat(models.Model):
    """A worker that lives, by machine and process; an old one died without a word.

    paused_for  why it does no automatic work at present: hold, database_clock; "" while it works
    """

    name = models.CharField(max_length=120, unique=True)
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField()
    paused_for = models.CharField(max_length=32, blank=True)

    def __str__(self) -> str:
        return self.name


class Setback(models.Model):
    """Work that failed for a reason of its own, and is tried again later while all else goes on."""

    subject = models.CharField(max_length=80, unique=True)
    failures = models.PositiveIntegerField()
    error = models.CharField(max_length=300)
    failed_at = models.DateTimeField()
    retry_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.subject


class Hold(models.Model):
    """Automatic work stands still until a person, or the clock come right, lifts it."""

    reason = models.CharField(max_length=200)
    since = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.reason


class Mark(models.Model):
    """How far a periodic work has come, so that a restart goes on from there."""

    name = models.CharField(max_length=40, unique=True)
    value = models.CharField(max_length=80)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"
