"""Days off: declared and withdrawn, never edited, so that each clock can say what was known when."""

from __future__ import annotations

import re
from datetime import date

from django.db import transaction
from django.db.models import F, QuerySet

from plazo.contracts.calendars import BEGINNING, revision
from plazo.contracts.dates import is_within_reach
from plazo.contracts.models import DayOff, DaysOffRevision
from plazo.contracts.refusals import DayOffAlreadyDeclared, DayOffAlreadyWithdrawn, DayOffInvalid
from plazo.contracts.terms import PROVIDER
from plazo.kit import clock
from plazo.kit.text import clean_line
from plazo.people.actions.organizations import require_administrator
from plazo.people.models import Organization, Person
from plazo.people.places import REGIONS
from plazo.sla import national

_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d|24:00", re.ASCII)
_CLIENT = re.compile(r"client:([1-9]\d*)", re.ASCII)
_COMMUNE = re.compile(r"[\w-]+")


def declare_day_off(
    day: date,
    *,
    scope: str,
    name: str,
    actor: Person,
    law: str = "",
    hours: tuple[str, str] | None = None,
) -> DayOff:
    """Declare a day, or some hours of it, off for a scope. Clocks know of it from now on.

    The caller has the clocks still running recounted.
    """
    require_administrator(actor)
    from_time, to_time = _checked_hours(hours)
    row = DayOff(
        date=_checked_day(day),
        from_time=from_time,
        to_time=to_time,
        scope=_checked_scope(scope),
        name=_checked_line("name", name, limit=120),
        law=_checked_line("law", law, limit=200, required=False),
        declared_at=clock.now(),
        declared_by=actor,
    )
    with transaction.atomic():
        raise_revision()
        if _standing(row).exists():
            raise DayOffAlreadyDeclared(date=row.date, scope=row.scope)
        row.save()
    return row


def sync_national_days() -> int:
    """Add the days off of the national list that are not rows yet; how many were new.

    At the first time they count as known from ever; a law that a later version brings, from now on. One
    withdrawn here stays withdrawn.
    """
    if not _missing_days():
        return 0
    with transaction.atomic():
        raise_revision()
        # Again under the lock: another process may have added them meanwhile.
        rows = _missing_days()
        DayOff.objects.bulk_create(rows)
    return len(rows)


def _missing_days() -> list[DayOff]:
    known = set(DayOff.objects.values_list("date", "scope", "name"))
    is_first = not DayOff.objects.filter(declared_by=None).exists()
    declared_at = BEGINNING if is_first else clock.now()
    return [
        DayOff(date=day.date, scope=day.scope, name=day.name, law=day.law[:200], declared_at=declared_at)
        for year in range(national.FIRST_YEAR, national.LAST_YEAR + 1)
        for day in national.chile(year)
        if (day.date, day.scope, day.name) not in known
    ]


def withdraw_day_off(day_off: DayOff, *, actor: Person) -> int:
    """Take a day off back, from now on; gives the new revision. The caller recounts, as above."""
    require_administrator(actor)
    with transaction.atomic():
        raise_revision()
        standing = DayOff.objects.filter(pk=day_off.pk, withdrawn_at__isnull=True)
        if not standing.update(withdrawn_at=clock.now()):
            raise DayOffAlreadyWithdrawn
        return revision()


def _standing(row: DayOff) -> QuerySet[DayOff]:
    return DayOff.objects.filter(
        scope=row.scope,
        date=row.date,
        from_time=row.from_time,
        name=row.name,
        withdrawn_at__isnull=True,
    )


def _checked_day(day: date) -> date:
    if not is_within_reach(day):
        raise DayOffInvalid(field="date", reason="out_of_range")
    return day


def _checked_hours(hours: tuple[str, str] | None) -> tuple[str, str]:
    if hours is None:
        return "", ""
    for field, time in zip(("from_time", "to_time"), hours, strict=True):
        if not _TIME.fullmatch(time):
            raise DayOffInvalid(field=field, reason="not_a_time")
    if hours[0] >= hours[1]:
        raise DayOffInvalid(field="to_time", reason="ends_before_start")
    return hours


def _checked_scope(scope: str) -> str:
    country, _, _ = scope.partition("-")
    region, _, commune = scope.partition(":")
    client = _CLIENT.fullmatch(scope)
    known = (
        scope == PROVIDER
        or (scope.isascii() and scope.isupper() and len(scope) == 2)
        or scope in REGIONS.get(country, {})
        or (region in REGIONS.get(country, {}) and _COMMUNE.fullmatch(commune) is not None)
        or (client is not None and Organization.objects.filter(pk=int(client[1])).exists())
    )
    if not known or len(scope) > 80:
        raise DayOffInvalid(field="scope", reason="unknown")
    return scope


def _checked_line(field: str, text: str, *, limit: int, required: bool = True) -> str:
    line = clean_line(text)
    if required and not line:
        raise DayOffInvalid(field=field, reason="required")
    if len(line) > limit:
        raise DayOffInvalid(field=field, reason="too_long")
    return line


def raise_revision() -> None:
    """Make every process build its calendars anew once this transaction is committed."""
    # The row stays locked until the commit: writers wait for each other, and revisions rise in their order.
    DaysOffRevision.objects.get_or_create(pk=1, defaults={"number": 0})
    DaysOffRevision.objects.filter(pk=1).update(number=F("number") + 1)
