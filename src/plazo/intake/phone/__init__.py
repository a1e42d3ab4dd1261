"""The telephone: a consultant writes down what a caller reports."""

from __future__ import annotations

from plazo.intake.accept import Accepted, Held, accept
from plazo.intake.report import Report
from plazo.people.models import Person


def receive(report: Report, *, key: str, consultant: Person) -> Accepted | Held:
    """Take in a caller's report; its `requester` is the caller, `opened_at` the time of the call."""
    return accept(report, key=key, sender=consultant, channel="phone")
