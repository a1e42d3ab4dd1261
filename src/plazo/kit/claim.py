"""Rows as a queue: a worker takes a due row for a while, and proves with a number that it still has it.

A lease ends by itself, so a row whose worker died is taken again. `fence` grows with each taking: a
worker that was stopped beyond its lease and wakes up finds another number, and can finish nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import connections, models, transaction
from django.db.models import F, Q, QuerySet

from plazo.kit import clock


class Claimable(models.Model):
    """What a row needs in order to be taken.

    attempts         counted when the row is taken, before any work: a crash counts too
    next_attempt_at  not to be taken before
    leased_until     taken until then
    """

    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True, blank=True)
    fence = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True


Row = TypeVar("Row", bound=Claimable)


def claim(waiting: QuerySet[Row], *, lease: timedelta, limit: int = 1) -> list[Row]:
    """Take up to `limit` of the waiting rows that are due, the longest due first."""
    now = clock.now()
    free = Q(leased_until=None) | Q(leased_until__lte=now)
    due = waiting.filter(free, next_attempt_at__lte=now).order_by("next_attempt_at", "pk")
    if not connections[waiting.db].features.has_select_for_update_skip_locked:
        return [row for row in due[:limit] if _take(row, now + lease)]
    with transaction.atomic(using=waiting.db):
        rows = due.select_for_update(skip_locked=True, of=("self",))[:limit]
        return [row for row in rows if _take(row, now + lease)]


def renew(row: Claimable, *, lease: timedelta) -> bool:
    """Hold the row for `lease` from now; False when another worker has it."""
    return _own(row).update(leased_until=clock.now() + lease) == 1


def write(row: Claimable, **values: Any) -> bool:
    """Write something down on the way; False, and nothing written, when another worker has the row."""
    return _own(row).update(**values) == 1


def finish(row: Claimable, **values: Any) -> bool:
    """Write the outcome and let go; False, and nothing written, when another worker has the row."""
    return _own(row).update(leased_until=None, **values) == 1


def release(row: Claimable) -> bool:
    """Let go of a row that nothing was done with: the attempt does not count."""
    return finish(row, attempts=F("attempts") - 1)


def _take(row: Claimable, until: datetime) -> bool:
    """Compare and swap: whoever changes the number first has the row."""
    taken = _own(row).update(leased_until=until, fence=F("fence") + 1, attempts=F("attempts") + 1) == 1
    row.fence += 1
    row.attempts += 1
    row.leased_until = until
    return taken


def _own(row: Claimable) -> QuerySet[Claimable]:
    return type(row)._default_manager.filter(pk=row.pk, fence=row.fence)
