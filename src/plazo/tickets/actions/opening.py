"""A report becomes a ticket."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from plazo.contracts.models import ContractVersion
from plazo.contracts.terms import terms_of
from plazo.kit.files import StoredFile
from plazo.kit.text import clean_line
from plazo.people.models import Organization, Person
from plazo.sla import timeline as codes
from plazo.tickets import refusals, search, signals
from plazo.tickets.actions.journal import Journal
from plazo.tickets.actions.texts import written
from plazo.tickets.models import Ticket

LONGEST_SUBJECT = 200


def open_ticket(
    requester: Person,
    *,
    organization: Organization,
    contract_version: ContractVersion | None,
    channel: str,
    subject: str,
    body: str,
    service: str = "",
    kind: str | None = None,
    files: Sequence[StoredFile] = (),
    opened_at: datetime | None = None,
    actor: Person | None = None,
    follows: Ticket | None = None,
) -> Ticket:
    """Open a ticket for `requester`, who writes it unless `actor` does so for them.

    contract_version  in force at the start; None: admitted without a term
    opened_at         when the report reached us; now unless stated
    """
    ticket = Ticket(
        subject=_subject(subject),
        organization=organization,
        requester=requester,
        length=0,
        head="",
    )
    ticket.head = ticket.uid.hex
    journal = Journal(ticket, actor=actor or requester, events=[])
    start = opened_at or journal.now
    if start > journal.now:
        raise refusals.StartInTheFuture(opened_at=start)
    data = {
        "organization": organization.pk,
        "requester": requester.pk,
        "contract_version": contract_version.pk if contract_version else None,
        "channel": channel,
        "service": service,
        "kind": kind,
        "priority": _priority(contract_version, kind),
        "follows": follows.pk if follows else None,
    }
    text = replace(written("report", body, files), subject=ticket.subject)
    journal.record(codes.OPENED, data, at=start, text=text)
    with transaction.atomic(savepoint=False):
        journal.insert()
        search.add(ticket.pk, organization.name, ticket.subject)
        signals.recorded.send(sender=Ticket, ticket=ticket, events=journal.rows, reading=journal.reading)
    return ticket


def _subject(text: str) -> str:
    subject = clean_line(text)
    if not subject:
        raise refusals.EmptyText(field="subject")
    if len(subject) > LONGEST_SUBJECT:
        raise refusals.TextTooLong(field="subject", limit=LONGEST_SUBJECT)
    return subject


def _priority(contract_version: ContractVersion | None, kind: str | None) -> str | None:
    """What the kind decides. Without a contract nothing is owed, and the kind is only noted."""
    if contract_version is None or kind is None:
        return None
    try:
        return terms_of(contract_version.pk).policy.kind(kind).priority
    except KeyError:
        raise refusals.UnknownKind(kind=kind) from None
