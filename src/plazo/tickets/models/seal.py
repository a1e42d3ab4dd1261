"""Daily seals: a truncated timeline shows."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Seal(models.Model):
    """How many events each ticket had, and with which head, at the end of a UTC day.

    heads   number of tickets sealed that day (those with events recorded on it)
    digest  SHA-256 of the seal before and of (ticket, length, head) of each, in order
    """

    day = models.DateField(unique=True)
    heads = models.PositiveIntegerField()
    events = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["day"]

    def __str__(self) -> str:
        return f"{self.day}"
