"""Notices are written in the transaction of the event: an event without its notice cannot exist."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from email.utils import parseaddr
from functools import lru_cache
from typing import Any

from django.conf import settings

from plazo.kit import clock
from plazo.kit.storing import insert
from plazo.notices.models import Notice
from plazo.notices.planning import Telling, plan
from plazo.notices.roster import recipients
from plazo.notices.suppression import is_suppressed
from plazo.people.models import Person
from plazo.tickets.clocks import Reading
from plazo.tickets.models import Event, Ticket


def write_notices(*, ticket: Ticket, events: Sequence[Event], reading: Reading, **_: Any) -> None:
    """Receiver of `tickets.signals.recorded`: one INSERT for all who are told of these events."""
    tell = {step.code: step.tell for step in reading.assessment.commitment.escalation}
    insert(
        _notice(ticket, telling, person) for telling, person in recipients(ticket, plan(events, tell=tell))
    )


def _notice(ticket: Ticket, telling: Telling, person: Person) -> Notice:
    now = clock.now()
    return Notice(
        ticket=ticket,
        seq=telling.seq,
        code=telling.code,
        person=person,
        reply_seq=telling.reply_seq,
        address=person.email,
        message_id=message_id(ticket, f"{telling.seq}.{telling.code}.{person.pk}"),
        state=Notice.SUPPRESSED if is_suppressed() else Notice.WAITING,
        next_attempt_at=now,
        created_at=now,
    )


def message_id(ticket: Ticket, part: str) -> str:
    """The Message-ID of one notice, or of the thread: always the same, and it tells nothing."""
    return f"<{uuid.uuid5(ticket.uid, part).hex}@{own_domain()}>"


def thread_id(ticket: Ticket) -> str:
    """What all messages about a ticket refer to, so that mail programs keep them together."""
    return message_id(ticket, "thread")


def own_domain() -> str:
    """The domain that this installation writes from."""
    return _domain_of(settings.EMAIL_FROM)


# Part of every Message-ID, and reading an address takes longer than all else in one.
@lru_cache(maxsize=8)
def _domain_of(address: str) -> str:
    return parseaddr(address)[1].rpartition("@")[2]
