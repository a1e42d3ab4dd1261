"""What forms that were sent once have done."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class SentForm(models.Model):
    """A form that did its work: sent again with the same key it does nothing, and answers the same.

    digest  of what it said
    result  number of the row it made
    """

    key = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)
    result = models.BigIntegerField(null=True)
    sent_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["key"], name="form_sent_once")]
        indexes: ClassVar = [models.Index(fields=["sent_at"], name="form_sent_at")]  # swept hourly

    def __str__(self) -> str:
        return self.key
