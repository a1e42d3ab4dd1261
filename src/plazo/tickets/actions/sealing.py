"""Daily seals over the heads of all timelines written to on a day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction

from plazo.kit import clock
from plazo.tickets import queries, refusals
from plazo.tickets.chain import seal_after
from plazo.tickets.models import Event, Seal

# A write that began just before midnight may still be on its way to the disk.
MARGIN: Final = timedelta(minutes=10)
_DAY: Final = timedelta(days=1)


def seal_finished_days() -> list[Seal]:
    """Seal each day that is over, from the day after the last seal or from the first event on."""
    day = _first_unsealed()
    seals = []
    while day is not None and clock.now() >= _sealable_from(day):
        if (seal := seal_day(day)) is not None:
            seals.append(seal)
        day += _DAY
    return seals


def seal_day(day: date) -> Seal | None:
    """Seal a UTC day that is over; days are sealed in order. None when it is sealed already."""
    if clock.now() < _sealable_from(day):
        raise refusals.DayNotOver(day=day)
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


def _first_unsealed() -> date | None:
    last = Seal.objects.order_by("-day").values_list("day", flat=True).first()
    if last is not None:
        return last + _DAY
    first = Event.objects.order_by("recorded_at").values_list("recorded_at", flat=True).first()
    return None if first is None else first.astimezone(UTC).date()


def _sealable_from(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + _DAY + MARGIN
