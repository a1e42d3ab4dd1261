"""Recompute every ticket from its timeline, and check that nobody touched what was written."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from django.db.models import (
    BooleanField,
    DateTimeField,
    Field,
    IntegerField,
    Model,
    QuerySet,
    TextField,
    UUIDField,
)
from django.db.models.functions import Cast
from pydantic_core import from_json

from plazo.sla.policy import Calendar
from plazo.sla.timeline import epoch
from plazo.tickets import indexing, queries
from plazo.tickets.chain import digest_after, salted, seal_after
from plazo.tickets.clocks import calendars_named_in, judge
from plazo.tickets.models import Attachment, Event, Message, Seal, Ticket, TicketClock
from plazo.tickets.queries import Recorded


@dataclass(frozen=True, slots=True)
class Difference:
    """Something stored that does not follow from the rest.

    ticket  its number; None for a seal
    where   chain, event, timeline, ticket, clock, message, seal
    name    of the column, or the seq, metric or day it is about
    """

    ticket: int | None
    where: str
    name: str
    stored: object
    expected: object


@dataclass(slots=True)
class Verification:
    """What was looked at so far, and every difference as it is found: iterate it once."""

    batch: int = 1_000
    tickets: int = 0
    events: int = 0
    seals: int = 0

    def __iter__(self) -> Iterator[Difference]:
        last = 0
        tickets = Ticket.objects.order_by("pk")
        while rows := list(_TICKETS.rows(tickets.filter(pk__gt=last)[: self.batch])):
            (last, *_), _ = rows[-1]
            self.tickets += len(rows)
            self.events += sum(columns["length"] for _, columns in rows)
            with _cycles_uncollected():
                differences = list(_of_batch(rows))
            yield from differences
        yield from self._seals()

    def _seals(self) -> Iterator[Difference]:
        previous = ""
        for seal in Seal.objects.order_by("day"):
            self.seals += 1
            heads = queries.heads_on(seal.day)
            expected = {
                "heads": len(heads),
                "events": sum(length for _, length, _ in heads),
                "digest": seal_after(previous, heads),
            }
            for name, value in expected.items():
                if getattr(seal, name) != value:
                    yield Difference(None, "seal", f"{seal.day} {name}", getattr(seal, name), value)
            previous = seal.digest


def verify(*, batch: int = 1_000) -> Verification:
    """All differences, in batches of tickets whose number of queries does not depend on their size."""
    return Verification(batch)


@contextmanager
def _cycles_uncollected() -> Iterator[None]:
    """Nothing a batch makes refers to itself: looking for what does would take a tenth of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


# What takes Django longer to convert than to read comes as text or number, as here that is all it takes.
_PLAIN: Final[Mapping[type[Field[Any, Any]], Field[Any, Any]]] = {
    DateTimeField: TextField(),
    UUIDField: TextField(),
    BooleanField: IntegerField(),
}


_Row = tuple[tuple[Any, ...], dict[str, Any]]


class _Table:
    """Rows of a model: what they are known by (`own`), and by name the columns that follow from events."""

    def __init__(self, model: type[Model], own: Sequence[str], *, without: Container[str] = ()) -> None:
        fields = [each for each in model._meta.concrete_fields if each.attname not in without]
        fields.sort(key=lambda each: own.index(each.attname) if each.attname in own else len(own))
        self.plain = {
            f"plain_{each.attname}": Cast(each.attname, _PLAIN[type(each)])
            for each in fields
            if type(each) in _PLAIN
        }
        names = [each.attname for each in fields]
        self.read = [f"plain_{name}" if f"plain_{name}" in self.plain else name for name in names]
        self.width, self.columns = len(own), names[len(own) :]
        self.instants = [each.attname for each in fields if isinstance(each, DateTimeField)]

    def rows(self, found: QuerySet[Any]) -> Iterator[_Row]:
        for values in found.annotate(**self.plain).values_list(*self.read):
            columns = dict(zip(self.columns, values[self.width :], strict=True))
            for name in self.instants:
                if (text := columns[name]) is not None:
                    columns[name], _ = _instant(text)
            yield values[: self.width], columns


_TICKETS: Final = _Table(Ticket, ("id", "uid", "head", "subject"))
_CLOCKS: Final = _Table(TicketClock, ("ticket_id",), without={"id"})

# The instants of an event are read only once its chain holds.
_EVENT_INSTANTS: Final = {f"{name}_text": Cast(name, TextField()) for name in ("at", "recorded_at")}
_EVENT_COLUMNS: Final = (
    "ticket_id",
    "seq",
    "code",
    "actor_id",
    "at_text",
    "recorded_at_text",
    "body",
    "digest",
)


def _unlike(stored: Mapping[str, Any], expected: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """The columns that are not as expected: name, stored, expected."""
    # One comparison of all of them says for nearly every row that there are none.
    if stored != expected:
        for name, value in expected.items():
            if (found := stored.get(name)) != value:
                yield name, found, value


def _of_batch(rows: Sequence[_Row]) -> Iterator[Difference]:
    """Each table is read once for the whole range of tickets."""
    (first, *_), _ = rows[0]
    (last, *_), _ = rows[-1]
    of_range = {"ticket_id__gte": first, "ticket_id__lte": last}
    stored = Event.objects.filter(**of_range).annotate(**_EVENT_INSTANTS).order_by("ticket_id", "seq")
    events = _grouped(stored.values_list(*_EVENT_COLUMNS))
    timelines: dict[int, list[Recorded]] = {}
    for (number, uid, head, _), _ in rows:
        timeline, differences = _timeline(number, uid, head, events.get(number, []))
        # A timeline that somebody touched says nothing about the rest.
        if differences:
            yield from differences
        else:
            timelines[number] = timeline
    calendars = calendars_named_in(timelines.values())
    words = _Words(of_range)
    clocks: dict[int, dict[str, dict[str, Any]]] = defaultdict(dict)
    for (number,), clock in _CLOCKS.rows(TicketClock.objects.filter(**of_range)):
        clocks[number][clock["metric"]] = clock
    for (number, _, _, subject), columns in rows:
        if timeline := timelines.get(number, []):
            yield from words.differences(number, subject, timeline)
            yield from _index(number, columns, timeline, calendars, clocks[number])


def _grouped(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[tuple[Any, ...]]]:
    """Rows by the ticket, which is their first column and which they are in the order of."""
    return {number: list(found) for number, found in groupby(rows, itemgetter(0))}


def _timeline(
    number: int, uid: str, head: str, events: Sequence[tuple[Any, ...]]
) -> tuple[list[Recorded], list[Difference]]:
    """The events as their hashed bodies tell them, and where chain or columns say otherwise."""
    digest = uid.replace("-", "")  # PostgreSQL writes it with dashes
    found: list[Recorded] = []
    differences: list[Difference] = []
    for place, row_of_event in enumerate(events, 1):
        _, seq, code, actor_id, at_text, recorded_text, body, stored = row_of_event
        digest = digest_after(digest, body)
        if digest != stored or seq != place:
            return [], [Difference(number, "chain", str(place), stored, digest)]
        at, at_epoch = _instant(at_text)
        recorded_at, recorded_epoch = _instant(recorded_text)
        actor = "null" if actor_id is None else actor_id
        begins = f'{{"actor":{actor},"at":{at_epoch},"code":"{code}","data":'
        ends = f',"recorded_at":{recorded_epoch},"seq":{seq}}}'
        data = _data_between(begins, body, ends)
        if data is None:
            differences.append(Difference(number, "event", str(place), f"{begins}…{ends}", body))
        else:
            found.append(Recorded(code, at, recorded_at, seq, data, actor_id))
    if digest != head:
        differences.append(Difference(number, "chain", "head", head, digest))
    if not found or "contract_version" not in found[0].data:
        differences.append(Difference(number, "timeline", "opened", None, "an opening"))
    return found, differences


def _data_between(begins: str, body: str, ends: str) -> dict[str, Any] | None:
    """The data of a hashed body, if the rest of it is the canonical text of the columns."""
    if not (body.startswith(begins) and body.endswith(ends)):
        return None
    try:
        data = from_json(body[len(begins) : -len(ends)])
    except ValueError:
        return None
    return data if isinstance(data, dict) else None


# What an event says of an instant, the columns of its ticket and its clocks mostly say again.
@lru_cache(maxsize=32_768)
def _instant(text: str) -> tuple[datetime, int]:
    """An instant as a database writes it, and its epoch second; SQLite leaves out that it is UTC."""
    instant = datetime.fromisoformat(text if text.endswith("+00") else f"{text}+00:00")
    return instant, epoch(instant)


class _Words:
    """Texts and files of a range of tickets, against the salted digests that their events hold."""

    def __init__(self, of_range: dict[str, Any]) -> None:
        messages = Message.objects.filter(**of_range).order_by("ticket_id", "seq")
        files = Attachment.objects.filter(message__in=Message.objects.filter(**of_range))
        files = files.order_by("message__ticket_id", "id")
        self.messages = _grouped(messages.values_list("ticket_id", "seq", "salt", "body"))
        self.files = _grouped(files.values_list("message__ticket_id", "message__seq", "sha256"))

    def differences(self, number: int, subject: str, events: Sequence[Recorded]) -> Iterator[Difference]:
        """What does not fit; a text that was erased has lost its salt, and nothing is asked of it."""
        texts = {seq: (salt, body) for _, seq, salt, body in self.messages.get(number, ())}
        files: dict[int, list[str]] = defaultdict(list)
        for _, seq, sha256 in self.files.get(number, ()):
            files[seq].append(sha256)
        for event in events:
            seq, data = event.seq, event.data
            if not (seq in texts or "message" in data or "files" in data):
                continue
            salt, body = texts.pop(seq, (None, ""))
            if salt == "":
                continue
            kept = None if salt is None else salted(salt, body)
            if kept != data.get("message"):
                yield Difference(number, "message", str(seq), kept, data.get("message"))
            if "subject" in data and (said := salted(salt or "", subject)) != data["subject"]:
                yield Difference(number, "ticket", "subject", said, data["subject"])
            digests = [salted(salt or "", file) for file in files.get(seq, ())]
            if digests != data.get("files", []):
                yield Difference(number, "message", f"{seq} files", digests, data.get("files", []))
        for seq in texts:
            yield Difference(number, "message", str(seq), "a text", None)


def _index(
    number: int,
    stored: Mapping[str, Any],
    events: Sequence[Recorded],
    calendars: Mapping[str, Calendar],
    clocks: Mapping[str, dict[str, Any]],
) -> Iterator[Difference]:
    try:
        reading = judge(events, calendars, events[-1].recorded_at)
        columns = indexing.ticket_columns(reading)
        expected = {each["metric"]: each for each in indexing.clock_columns(reading)}
    except (LookupError, ValueError) as error:
        yield Difference(number, "timeline", "unreadable", repr(error), None)
        return
    for name, found, value in _unlike(stored, columns):
        yield Difference(number, "ticket", name, found, value)
    for metric in expected.keys() | clocks.keys():
        wanted = expected.get(metric, {})
        wanted["organization_id"] = columns["organization_id"]
        for name, found, value in _unlike(clocks.get(metric, {}), wanted):
            yield Difference(number, "clock", f"{metric} {name}", found, value)
