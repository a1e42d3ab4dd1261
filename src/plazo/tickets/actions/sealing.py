"""Daily seals over the heads of all timelines written to on a day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction

from plazo.kit import clock
from plazo.tickets import queries
from plazo.tickets.chain import seal_after
from plazo.tickets.models import Seal

# A write that began just before midnight may still be on its way to the disk.
MARGIN: Final = timedelta(minutes=10)
_DAY: Final = timedelta(days=1)


def seal_day(day: date) -> Seal | None:
    """Seal a UTC day. None when it is not quite over yet, or when it or a later one is sealed already."""
    if clock.now() < datetime(day.year, day.month, day.day, tzinfo=UTC) + _DAY + MARGIN:
        return None
    try:
        with transaction.atomic():
            return _seal(day)
    except IntegrityError:
        return None  # another worker was first


def _seal(day: date) -> Seal | None:
    last = Seal.objects.order_by("-day").first()
    if last is not None and last.day >= day:
        return None
    heads = queries.heads_on(day)
    return Seal.objects.create(
        day=day,
        heads=len(heads),
        events=sum(length for _, length, _ in heads),
        digest=seal_after(last.digest if last else "", heads),
        sealed_at=clock.now(),
    )
