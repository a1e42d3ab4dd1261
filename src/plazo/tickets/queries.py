"""Tickets and their timelines, as pages, actions and the worker read them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from django.db.models import QuerySet

from plazo.kit import clock
from plazo.kit.selecting import composed
from plazo.people.models import Person
from plazo.sla import timeline as codes
from plazo.tickets import access
from plazo.tickets import search as index
from plazo.tickets.models import Attachment, Event, Message, Ticket

COUNT_STOPS_AT: Final = 1_000

Head = tuple[int, int, str]  # ticket, length of its timeline, digest of its last event

# What the desk does for itself: a client reads of neither the act nor the words.
INTERNAL: Final = frozenset(
    {
        codes.NOTED,
        codes.ASSIGNED,
        codes.ESCALATED,
        codes.PAUSE_WARNED,
        codes.REVIEWED,
        codes.ESTIMATE_PASSED,
        codes.WAIVER_REQUESTED,
        codes.WAIVED,
    }
)


@dataclass(slots=True)
class Recorded(codes.Event):
    """An event as stored: the engine's, and who did it. `step_key` is set where it can stand once only."""

    actor_id: int | None = None
    step_key: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One event of a ticket's history for a reader, with the words that belong to it."""

    seq: int
    code: str
    at: datetime
    recorded_at: datetime
    actor: Person | None
    data: dict[str, Any]
    message: Message | None
    attachments: tuple[Attachment, ...]


def find(person: Person, number: int) -> Ticket:
    """The ticket of that number if the person sees it; else Ticket.DoesNotExist, as for none."""
    return access.visible_to(person).select_related(*_SHOWN).get(pk=number)


_SHOWN: Final = ("organization", "requester", "assignee")


def timeline(ticket_id: int) -> list[Recorded]:
    """All events of one ticket, in order."""
    return [_recorded(body, step_key) for body, step_key in _events(ticket_id)]


@composed
def _events(ticket_id: int) -> QuerySet[Event, tuple[str, str | None]]:
    return Event.objects.filter(ticket_id=ticket_id).order_by("seq").values_list("body", "step_key")


def timelines(ticket_ids: Sequence[int]) -> dict[int, list[Recorded]]:
    """All events of the tickets, in order; one query."""
    rows = Event.objects.filter(ticket_id__in=ticket_ids).order_by("ticket_id", "seq")
    found: dict[int, list[Recorded]] = defaultdict(list)
    columns = rows.values_list("ticket_id", "body", "step_key")
    for ticket_id, body, step_key in columns.iterator(chunk_size=2_000):
        found[ticket_id].append(_recorded(body, step_key))
    return found


def _recorded(body: str, step_key: str | None) -> Recorded:
    """From what is hashed, which says all that the other columns say."""
    said = json.loads(body)
    return Recorded(
        said["code"],
        datetime.fromtimestamp(said["at"], UTC),
        datetime.fromtimestamp(said["recorded_at"], UTC),
        said["seq"],
        said["data"],
        said["actor"],
        step_key,
    )


def history(ticket: Ticket, reader: Person) -> list[Entry]:
    """What happened, in order, with what was written: as far as the reader may know."""
    notes = access.may_see_notes(reader)
    kinds = Message.KINDS if notes else Message.CLIENT_KINDS
    messages = {
        message.seq: message
        for message in ticket.messages.filter(kind__in=kinds).prefetch_related("attachments")
    }
    events = ticket.events.select_related("actor").order_by("seq")
    return [_entry(event, messages.get(event.seq)) for event in events if notes or event.code not in INTERNAL]


def _entry(event: Event, message: Message | None) -> Entry:
    attachments = tuple(message.attachments.all()) if message else ()
    return Entry(
        event.seq, event.code, event.at, event.recorded_at, event.actor, event.data, message, attachments
    )


def attachment(person: Person, attachment_id: int) -> Attachment:
    """The file if the person sees its ticket and its message; else Attachment.DoesNotExist, as for none."""
    kinds = Message.KINDS if access.may_see_notes(person) else Message.CLIENT_KINDS
    return Attachment.objects.get(
        pk=attachment_id,
        message__kind__in=kinds,
        message__ticket__in=access.visible_to(person),
    )


# Lists. Each view is one range of one index.

Place = tuple[datetime, int]  # where a page of a list ended: the sort column and the id

_ORDER: Final = {"at_risk": "at_risk_at"}
VIEWS: Final = (
    "all",
    "mine",
    "unassigned",
    "at_risk",
    "breached",
    "waiting_client",
    "waiting_third_party",
)


def queue(person: Person, *, view: str = "all", after: Place | None = None, limit: int = 50) -> list[Ticket]:
    """A page of active tickets, what falls due first on top; `after` is the `place` of the last one seen."""
    rows = in_view(person, view).select_related(*_SHOWN)
    if after is None:
        return list(rows[:limit])
    # Two ranges, as all that is paused shares one instant: the rest of that instant, then what comes later.
    column, (at, number) = _ORDER.get(view, "queue_at"), after
    beside = list(rows.filter(**{column: at, "id__gt": number})[:limit])
    left = limit - len(beside)
    return [*beside, *rows.filter(**{f"{column}__gt": at})[:left]] if left else beside


def falling_due(person: Person, since: datetime, until: datetime, *, limit: int = 200) -> list[Ticket]:
    """Tickets whose nearest due date lies from `since` to before `until`, in its order; one range."""
    rows = in_view(person, "all").filter(queue_at__gte=since, queue_at__lt=until, needs_review=False)
    return list(rows.select_related(*_SHOWN)[:limit])


def others_of_client(person: Person, ticket: Ticket, *, limit: int) -> list[Ticket]:
    """Other active tickets of the same client, what falls due first on top."""
    rows = in_view(person, "all").filter(organization_id=ticket.organization_id).exclude(pk=ticket.pk)
    return list(rows.select_related(*_SHOWN)[:limit])


def place(ticket: Ticket, view: str) -> Place:
    """Where a ticket stands in a view, for the next page."""
    at: datetime = getattr(ticket, _ORDER.get(view, "queue_at"))
    return at, ticket.pk


def in_view(person: Person, view: str) -> QuerySet[Ticket]:
    """All tickets of a view in its order. KeyError for a view that is none."""
    seen = access.visible_to(person)
    active = seen.filter(active=True)
    now = clock.now()
    match view:
        case "all":
            return active.order_by("queue_at", "id")
        case "mine":
            return active.filter(assignee=person).order_by("queue_at", "id")
        case "unassigned":
            # The leading column makes the order that of the index, which NULL alone would not.
            return active.filter(assignee=None).order_by("assignee_id", "queue_at", "id")
        case "at_risk":
            # Only what is active has these two columns; asking for it too would read the row for each count.
            return seen.filter(at_risk_at__lte=now).order_by("at_risk_at", "id")
        case "breached":
            return active.filter(queue_at__lt=now, state="open").order_by("queue_at", "id")
        case "waiting_client" | "waiting_third_party":
            holder = view.removeprefix("waiting_")
            return seen.filter(waiting_for=holder).order_by("queue_at", "id")
    raise KeyError(view)


def count_up_to(rows: QuerySet[Any], stop: int = COUNT_STOPS_AT) -> int:
    """How many rows there are; `stop` stands for "that many or more"."""
    return rows.order_by()[:stop].count()


def tickets_of(person: Person, *, organization_id: int | None = None) -> QuerySet[Ticket]:
    """What a person sees, the newest first, of all their companies or of one."""
    rows = access.visible_to(person).select_related(*_SHOWN).order_by("-id")
    return rows if organization_id is None else rows.filter(organization_id=organization_id)


def opened_under(contract_id: int, since: datetime) -> int:
    """How many tickets were opened under any version of a contract, from an instant on."""
    return Ticket.objects.filter(contract_version__contract_id=contract_id, opened_at__gte=since).count()


def search(person: Person, text: str, limit: int = 50) -> list[Ticket]:
    """Tickets by number ("123", "#123"), or by words of company and subject, the newest first."""
    seen = access.visible_to(person).select_related(*_SHOWN)
    number = text.strip().removeprefix("#")
    if number.isascii() and number.isdigit() and len(number) < 19:
        named = list(seen.filter(pk=int(number)))
        if named:
            return named
    return list(index.matching(seen, text).order_by("-id")[:limit])


# Work that waits.


def tickets_with_due_steps(now: datetime, *, limit: int = 100, excluding: Iterable[int] = ()) -> list[int]:
    """Tickets for which the worker has something to record, the oldest first."""
    due = Ticket.objects.filter(next_step_at__lte=now).exclude(pk__in=list(excluding))
    due = due.order_by("next_step_at", "id")
    return list(due.values_list("pk", flat=True)[:limit])


def running_tickets(batch: int = 500) -> Iterator[list[Ticket]]:
    """All tickets whose clocks may still move, in batches by id."""
    last = 0
    while True:
        rows = list(Ticket.objects.filter(active=True, pk__gt=last).order_by("pk")[:batch])
        if not rows:
            return
        yield rows
        last = rows[-1].pk


def heads_on(day: date) -> list[Head]:
    """For each ticket written to on a UTC day, where its timeline stood at the end of that day."""
    begins = datetime(day.year, day.month, day.day, tzinfo=UTC)
    rows = Event.objects.filter(recorded_at__gte=begins, recorded_at__lt=begins + timedelta(days=1))
    ordered = rows.order_by("ticket_id", "seq").values_list("ticket_id", "seq", "digest")
    return list({number: (number, seq, digest) for number, seq, digest in ordered.iterator()}.values())


def names(ids: Iterable[int]) -> dict[int, str]:
    """Names of persons by id, for events that hold ids only; one query."""
    return dict(Person.objects.filter(pk__in=set(ids)).values_list("pk", "name"))
