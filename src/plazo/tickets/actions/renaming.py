"""What tickets are found by, after their company took another name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.db import transaction

from plazo.people.models import Organization
from plazo.tickets import search
from plazo.tickets.models import Ticket

BATCH: Final = 500


def index_anew(organization: Organization) -> int:
    """Let all tickets of a company be found by its present name; how many.

    In batches, each its own transaction: on SQLite everybody else waits for a writer.
    """
    count = 0
    for rows in _batches(organization.pk):
        with transaction.atomic():
            for ticket_id, subject in rows:
                search.replace(ticket_id, organization.name, subject)
        count += len(rows)
    return count


def _batches(organization_id: int) -> Iterator[list[tuple[int, str]]]:
    of_company = Ticket.objects.filter(organization_id=organization_id).order_by("id")
    last = 0
    while rows := list(of_company.filter(pk__gt=last).values_list("pk", "subject")[:BATCH]):
        yield rows
        last = rows[-1][0]
