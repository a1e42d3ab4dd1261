"""How a ticket is written to: under its lock, after what was already due, its index brought up to date."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final, NoReturn

from django.db import transaction
from django.db.models import QuerySet

from plazo.kit import clock
from plazo.kit.selecting import composed
from plazo.kit.storing import insert, insert_or_update, update
from plazo.people.models import Person
from plazo.sla import timeline as codes
from plazo.sla.escalation import due_steps
from plazo.sla.policy import Calendar
from plazo.sla.timeline import epoch
from plazo.tickets import clocks, indexing, queries, refusals, signals
from plazo.tickets.access import may_see
from plazo.tickets.actions.texts import Text
from plazo.tickets.chain import body_of, digest_after
from plazo.tickets.clocks import Reading
from plazo.tickets.models import Attachment, Event, Message, Ticket, TicketClock
from plazo.tickets.queries import Recorded

# What somebody about to write has to know that another did meanwhile.
MATTERS: Final = frozenset(
    {
        codes.REPLIED,
        codes.CALLED,
        codes.CLIENT_REPLIED,
        codes.PAUSED,
        codes.RESUMED,
        codes.RESOLVED,
        codes.REOPENED,
        codes.CLOSED,
        codes.CLASSIFIED,
        codes.REBOUND,
        codes.ASSIGNED,
    }
)

# What tells steps of one code apart.
_STEP_NAMES: Final = ("metric", "step", "commitment", "pause", "resolved", "promised")


class Journal:
    """One write to one ticket: the events so far, and those that the act adds.

    done  seq of the event that an earlier request with the same key wrote; the act then does nothing
    """

    def __init__(self, ticket: Ticket, *, actor: Person | None, events: list[Recorded]) -> None:
        self.ticket = ticket
        self.actor = actor
        self.events = events
        self.now = max([clock.now(), *(event.recorded_at for event in events[-1:])])
        self.rows: list[Event] = []
        self.texts: list[tuple[int, Text]] = []
        self.done: int | None = None
        self._key: str | None = None
        self._calendars: dict[str, Calendar] = {}
        self._calendars_of: list[int | None] = []
        self._reading: Reading | None = None

    @property
    def reading(self) -> Reading:
        """The clocks after all events so far, now."""
        if self._reading is None:
            self._reading = self._read(self.events)
        return self._reading

    def foresee(self, code: str, data: Mapping[str, Any]) -> Reading:
        """The clocks as they would be after one more event, which is not written."""
        return self._read([*self.events, self._event(code, data)])

    def record(
        self,
        code: str,
        data: Mapping[str, Any] | None = None,
        *,
        at: datetime | None = None,
        text: Text | None = None,
        step_key: str | None = None,
    ) -> int:
        """Append an event, and what was written with it. Returns its seq.

        step_key  makes it a record of the worker, whoever's act brought it about
        """
        content = {**(data or {}), **(text.data() if text else {})}
        by_worker = step_key is not None
        if not by_worker:
            step_key, self._key = self._key, None
        event = self._event(code, content, at=at, step_key=step_key, by_worker=by_worker)
        body = body_of(event)
        self.ticket.head = digest_after(self.ticket.head, body)
        self.events.append(event)
        self.rows.append(_row(event, body, self.ticket.head))
        if text is not None:
            self.texts.append((event.seq, text))
        self._reading = None
        return event.seq

    def expect(self, key: str | None, seen: int | None, text: Text | None) -> None:
        """Find the first result of a request sent twice, else refuse to write over what others did."""
        if key is not None and self.actor is not None:
            self._key = f"key:{self.actor.pk}:{hashlib.sha256(key.encode()).hexdigest()[:32]}"
            self.done = next((each.seq for each in self.events if each.step_key == self._key), None)
        if self.done is not None and not self._was_said(self.done, text):
            raise refusals.AlreadySent
        if self.done is None and seen is not None:
            by = self.actor.pk if self.actor else None
            later = [each for each in self.events if each.seq > seen]
            since = [each for each in later if each.actor_id != by and each.code in MATTERS]
            if since:
                raise refusals.Changed(since)

    def _was_said(self, seq: int, text: Text | None) -> bool:
        """Whether this is what was written with the event; of an erased text nobody can tell any more."""
        message = Message.objects.filter(ticket=self.ticket, seq=seq).first()
        if message is None or text is None:
            return message is None and text is None
        if message.salt == "":
            return True
        said = self.events[seq - 1].data
        parts = {name: said[name] for name in ("message", "files") if name in said}
        return replace(text, salt=message.salt).data() == parts

    def catch_up(self) -> None:
        """Record what fell due before this act, each with its true instant, in order."""
        due = [
            (step.at, step.code, dict(step.data), _step_key(step.code, step.data))
            for step in due_steps(self.reading.steps, self.now)
        ]
        for at, code, data, key in sorted([*due, *self._due_moved()], key=lambda each: each[0]):
            self.record(code, data, at=at, step_key=key)

    def save(self) -> None:
        """Write the events, the texts and the index, and tell those who listen."""
        if not self.rows:
            return
        ticket, reading = self.ticket, self.reading
        columns = indexing.ticket_columns(reading)
        # Only what is new: fewer columns, and no index of PostgreSQL is touched for one that stays.
        changed = {name: value for name, value in columns.items() if getattr(ticket, name) != value}
        update(ticket, {"head": ticket.head, **changed})
        self._insert()
        self.save_clocks()
        signals.recorded.send(sender=Ticket, ticket=ticket, events=self.rows, reading=reading)

    def insert(self) -> None:
        """As `save`, for a ticket that is not stored yet."""
        for name, value in indexing.ticket_columns(self.reading).items():
            setattr(self.ticket, name, value)
        insert([self.ticket])
        self._insert()
        self.save_clocks()

    def save_clocks(self) -> None:
        """One row per metric."""
        of_ticket = {"ticket_id": self.ticket.pk, "organization_id": self.ticket.organization_id}
        rows = [{**of_ticket, **columns} for columns in indexing.clock_columns(self.reading)]
        insert_or_update(TicketClock, rows, unique=("ticket_id", "metric"))

    def _insert(self) -> None:
        for row in self.rows:
            row.ticket = self.ticket
        insert(self.rows)
        messages = [
            Message(
                ticket=self.ticket,
                seq=seq,
                kind=text.kind,
                author=self.actor,
                body=text.body,
                salt=text.salt,
                created_at=self.now,
            )
            for seq, text in self.texts
        ]
        insert(messages)
        insert(
            Attachment(message=message, **file.as_data())
            for message, (_, text) in zip(messages, self.texts, strict=True)
            for file in text.files
        )

    def _event(
        self,
        code: str,
        data: Mapping[str, Any],
        *,
        at: datetime | None = None,
        step_key: str | None = None,
        by_worker: bool = False,
    ) -> Recorded:
        actor_id = None if by_worker or self.actor is None else self.actor.pk
        return Recorded(code, at or self.now, self.now, len(self.events) + 1, data, actor_id, step_key)

    def _read(self, events: list[Recorded]) -> Reading:
        # Asked for once, and again when an event binds the ticket to another contract.
        if self._calendars_of != (versions := clocks.contract_versions(events)):
            self._calendars, self._calendars_of = clocks.calendars_named_in([events]), versions
        return clocks.judge(tuple(events), self._calendars, self.now)

    def _due_moved(self) -> Iterator[tuple[datetime, str, dict[str, Any], str | None]]:
        """Records of due dates that days off declared or withdrawn since the last write have moved."""
        since = epoch(self.events[-1].recorded_at) - 1
        clocks_now = self.reading.assessment.clocks
        changes = {
            change
            for each in clocks_now.values()
            for change in self.reading.calendars[each.term.calendar].changes_between(since, epoch(self.now))
        }
        if not changes:
            return
        at = datetime.fromtimestamp(max(changes), UTC)
        waiting = self.ticket.clocks.filter(stopped_at=None, missed_at=None)
        stored = dict(waiting.values_list("metric", "due_at"))
        for metric, each in clocks_now.items():
            if metric in stored and stored[metric] != each.due_at:
                data = {
                    "metric": metric,
                    "before": _epoch(stored[metric]),
                    "after": _epoch(each.due_at),
                    "cause": "calendar",
                }
                yield at, codes.DUE_MOVED, data, f"due_moved:{metric}:{epoch(at)}"


@contextmanager
def writing(
    ticket_id: int,
    *,
    actor: Person | None,
    seen: int | None = None,
    key: str | None = None,
    text: Text | None = None,
) -> Iterator[Journal]:
    """Write to a ticket under its lock; `actor` None is the worker.

    seen  `length` of the ticket that the person looked at: refused as Changed if others did more since
    key   the same in a request sent twice: the second finds `done` set
    text  what is written with the act: another one under the same key is refused as AlreadySent
    Ticket.DoesNotExist for a ticket that the actor does not see.
    """
    with transaction.atomic():
        ticket = _locked(ticket_id, actor)
        journal = Journal(ticket, actor=actor, events=queries.timeline(ticket_id))
        journal.expect(key, seen, text)
        if journal.done is None:
            journal.catch_up()
        yield journal
        journal.save()


def _locked(ticket_id: int, actor: Person | None) -> Ticket:
    for ticket in _for_writing(ticket_id):
        if actor is None or may_see(actor, ticket):
            return ticket
    raise Ticket.DoesNotExist


@composed
def _for_writing(ticket_id: int) -> QuerySet[Ticket]:
    # SQLite has no row locks and needs none: its transaction begins by taking the only writer's place.
    # The requester comes along: most acts tell them something.
    return Ticket.objects.filter(pk=ticket_id).select_related("requester").select_for_update(of=("self",))


def require(journal: Journal, role: str) -> Person:
    """The actor if they have the role: desk, lead or contact; else refused by name."""
    actor = journal.actor
    holds = (
        actor is not None
        and {
            "desk": actor.is_desk,
            "lead": actor.is_lead,
            "contact": actor.is_active and not actor.is_desk,
        }[role]
    )
    if actor is None or not holds:
        refuse_role(role)
    return actor


def refuse_role(role: str) -> NoReturn:
    """The act belongs to somebody else."""
    raise refusals.NotAllowed(role=role)


def _row(event: Recorded, body: str, digest: str) -> Event:
    return Event(
        seq=event.seq,
        code=event.code,
        actor_id=event.actor_id,
        at=event.at,
        recorded_at=event.recorded_at,
        body=body,
        digest=digest,
        step_key=event.step_key,
    )


def _step_key(code: str, data: Mapping[str, Any]) -> str:
    """What a step is about, so that the database itself lets it be recorded once only."""
    return ":".join([code, *(str(data[name]) for name in _STEP_NAMES if name in data)])


def _epoch(value: datetime | None) -> int | None:
    return None if value is None else epoch(value)
