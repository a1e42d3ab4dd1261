"""The calendars of contracts, with what was known of their days off when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from django.db.models import QuerySet

from plazo.contracts.models import DayOff, DaysOffRevision
from plazo.contracts.terms import CLIENT, PROVIDER, Terms, terms_of, terms_under
from plazo.kit.selecting import composed
from plazo.sla.calendars import BusinessCalendar, CalendarHistory
from plazo.sla.explanation import DayOffSource, NamedDayOff
from plazo.sla.policy import Policy

BEGINNING: Final = datetime(1990, 1, 1, tzinfo=UTC)  # declared then: known from ever

_SOURCES: Final[tuple[DayOffSource, ...]] = ("law", "provider", "client")


@dataclass(frozen=True, slots=True)
class _Built:
    revision: int
    history: CalendarHistory
    days_off: Mapping[date, NamedDayOff]


_built: dict[str, _Built] = {}


def calendars_for(contract_version_ids: Iterable[int]) -> dict[str, CalendarHistory]:
    """The calendars of the contract versions by calendar key; one small query once they are in memory."""
    return calendars_of([terms_of(version_id) for version_id in set(contract_version_ids)])


def calendars_of(terms: Iterable[Terms]) -> dict[str, CalendarHistory]:
    """The calendars that these terms count in, by calendar key."""
    return {key: built.history for key, built in _up_to_date(terms).items()}


def provider_hours(policy: Policy) -> CalendarHistory:
    """When the provider itself works: the policy's first window, closed on the days off of every client."""
    window = next(iter(policy.windows))
    days_off = policy.windows[window].days_off
    scopes = () if days_off is None else (policy.calendars[days_off].country, PROVIDER)
    terms = terms_under(policy, window=window, level=next(iter(policy.levels)), scopes=scopes)
    return calendars_of([terms])[terms.calendar_key]


def named_days_off(terms: Terms) -> Mapping[date, NamedDayOff]:
    """The days off of a calendar as known now, for explanations."""
    return _up_to_date([terms])[terms.calendar_key].days_off


def revision() -> int:
    """Rises with each day off declared or withdrawn."""
    return max((number for (number,) in _revisions()), default=0)


@composed
def _revisions() -> QuerySet[DaysOffRevision, tuple[int]]:
    return DaysOffRevision.objects.values_list("number")


def forget() -> None:
    """Build everything anew: for a process in which rows were taken back, as tests do."""
    _built.clear()


def _up_to_date(terms: Iterable[Terms]) -> dict[str, _Built]:
    wanted = {each.calendar_key: each for each in terms}
    if not wanted:
        return {}
    # Read before the rows: at worst a calendar is newer than its revision says, and is built once more.
    current = revision()
    stale = [each for key, each in wanted.items() if key not in _built or _built[key].revision != current]
    if stale:
        _build(stale, current)
    return {key: _built[key] for key in wanted}


def _build(stale: Sequence[Terms], current: int) -> None:
    scopes = {scope for each in stale for scope in each.scopes}
    rows = list(DayOff.objects.filter(scope__in=scopes).order_by("date", "id")) if scopes else []
    for each in stale:
        own = [row for row in rows if row.scope in each.scopes]
        _built[each.calendar_key] = _Built(current, _history(each, own), _named(each, own))


def _named(terms: Terms, rows: Sequence[DayOff]) -> dict[date, NamedDayOff]:
    """By date the day off that stands: where several do a whole day goes first, then the law."""
    standing = [row for row in rows if row.withdrawn_at is None]
    standing.sort(key=lambda row: (bool(row.from_time), _SOURCES.index(_source(row))), reverse=True)
    provider = terms.policy.provider.name
    return {
        row.date: NamedDayOff(row.name, source, provider if source == "provider" else "")
        for row in standing
        for source in [_source(row)]
    }


def _source(row: DayOff) -> DayOffSource:
    if row.scope == PROVIDER:
        return "provider"
    return "client" if row.scope.startswith(CLIENT) else "law"


def _history(terms: Terms, rows: Sequence[DayOff]) -> CalendarHistory:
    instants = {BEGINNING} | {row.declared_at for row in rows}
    instants |= {row.withdrawn_at for row in rows if row.withdrawn_at is not None}
    return CalendarHistory(
        (int(instant.timestamp()), _calendar(terms, [row for row in rows if _is_known(row, instant)]))
        for instant in sorted(instants)
    )


def _is_known(row: DayOff, instant: datetime) -> bool:
    return row.declared_at <= instant and (row.withdrawn_at is None or row.withdrawn_at > instant)


def _calendar(terms: Terms, rows: Sequence[DayOff]) -> BusinessCalendar:
    whole = tuple(row.date for row in rows if not row.from_time)
    parts = tuple((row.date, row.from_time, row.to_time) for row in rows if row.from_time)
    return terms.policy.calendar(terms.window, days_off=whole, closings=parts)
