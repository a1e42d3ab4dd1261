"""The portal: a contact reports for themselves."""

from __future__ import annotations

from dataclasses import replace

from plazo.intake.accept import Accepted, Held, accept
from plazo.intake.report import Report
from plazo.people.models import Person


def receive(report: Report, *, key: str, sender: Person) -> Accepted | Held:
    """Take in a contact's report; it starts now, whatever else it may say."""
    return accept(replace(report, opened_at=None, requester=None), key=key, sender=sender, channel="portal")
