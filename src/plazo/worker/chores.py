"""Periodic work: each says by itself whether there is anything to do, so a missed turn costs nothing."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from django.db import IntegrityError

from plazo.contracts import calendars
from plazo.contracts.actions import sync_national_days
from plazo.intake.files import sweep_orphans
from plazo.kit import clock
from plazo.kit.once import forget_forms_sent_before
from plazo.people.models import Organization
from plazo.tickets.actions import index_anew, recount
from plazo.tickets.actions.sealing import seal_day
from plazo.tickets.models import Event, Seal
from plazo.worker.models import Heartbeat, Mark
from plazo.worker.setbacks import isolated, waiting_subjects


@dataclass(frozen=True)
class Chore:
    """Something to look at every so many seconds."""

    name: str
    every: float
    run: Callable[[], object]


@dataclass
class Rota:
    """When each chore comes next, by a clock that nobody sets."""

    chores: tuple[Chore, ...]
    steady: Callable[[], float] = time.monotonic
    _next: dict[str, float] = field(default_factory=dict)

    def run_due(self) -> list[str]:
        """Run those whose turn has come, each alone; their names."""
        now, set_back = self.steady(), waiting_subjects()
        due = [each for each in self.chores if self._next.get(each.name, now) <= now]
        for chore in due:
            self._next[chore.name] = now + chore.every
            if chore.name not in set_back:
                with isolated(chore.name):
                    chore.run()
        return [chore.name for chore in due]


def seal_past_days() -> int:
    """Seal each day that is over, in order; how many were left to seal."""
    sealed = 0
    for day in _unsealed_days():
        try:
            sealed += seal_day(day) is not None
        except IntegrityError:
            break  # another worker sealed it in this very moment
    return sealed


def _unsealed_days() -> Iterator[date]:
    today = clock.now().date()
    last = Seal.objects.order_by("-day").values_list("day", flat=True).first()
    first = (
        None if last else Event.objects.order_by("recorded_at").values_list("recorded_at", flat=True).first()
    )
    day = last + timedelta(days=1) if last else first.astimezone(UTC).date() if first else today
    while day < today:
        yield day
        day += timedelta(days=1)


def follow_calendar() -> int:
    """Recount the running clocks once per change of the days off; how many moved."""
    sync_national_days()
    current = str(calendars.revision())
    if Mark.objects.filter(name="calendar", value=current).exists():
        return 0
    moved = recount()
    Mark.objects.update_or_create(name="calendar", defaults={"value": current, "at": clock.now()})
    return moved


def follow_names() -> int:
    """Index the tickets of each renamed company anew; how many companies."""
    prefix = "name:"
    known = dict(Mark.objects.filter(name__startswith=prefix).values_list("name", "value"))
    renamed = 0
    for organization in Organization.objects.order_by("pk"):
        mark, current = f"{prefix}{organization.pk}", _digest(organization.search_text)
        if known.get(mark) == current:
            continue
        if mark in known:
            index_anew(organization)
            renamed += 1
        Mark.objects.update_or_create(name=mark, defaults={"value": current, "at": clock.now()})
    return renamed


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def forget_old_heartbeats() -> int:
    """Workers that died longer ago than anybody asks."""
    long_ago: datetime = clock.now() - timedelta(days=7)
    return Heartbeat.objects.filter(beat_at__lt=long_ago).delete()[0]


def forget_old_forms() -> int:
    """Forms that were sent longer ago than anybody sends them again."""
    return forget_forms_sent_before(clock.now() - timedelta(days=30))


CHORES = (
    Chore("seal", 60, seal_past_days),
    Chore("calendar", 60, follow_calendar),
    Chore("names", 60, follow_names),
    Chore("orphans", 3_600, sweep_orphans),
    Chore("heartbeats", 3_600, forget_old_heartbeats),
    Chore("forms", 3_600, forget_old_forms),
)
