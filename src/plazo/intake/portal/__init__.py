"""The portal: a contact reports for themselves."""

from __future__ import annotations

from dataclasses import replace

from plazo.intake.accept import Accepted, Held, Standing, accept
from plazo.intake.report import Report
from plazo.people.models import Person


def receive(report: Report, *, key: str, sender: Person, standing: Standing | None = None) -> Accepted | Held:
    """Take in a contact's report; it starts now, whatever else it may say."""
    own = replace(report, opened_at=None, requester=None)
    return accept(own, key=key, sender=sender, channel="portal", standing=standing)
