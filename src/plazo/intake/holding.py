"""Reports that no contract covers: a lead admits them without a term, or discards them."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from plazo.intake.accept import open_report
from plazo.intake.models import Submission
from plazo.intake.refusals import NotHeld
from plazo.intake.report import report_from
from plazo.kit import clock
from plazo.people.models import Membership, Person
from plazo.tickets.models import Ticket
from plazo.tickets.refusals import NotAllowed, NotMember
from plazo.tickets.signals import report_discarded

SHOWN_FOR: Final = timedelta(days=30)


def held_reports() -> QuerySet[Submission]:
    """What waits for a lead, the oldest first."""
    return (
        Submission.objects.filter(state=Submission.HELD)
        .select_related("sender", "organization")
        .order_by("received_at", "id")
    )


def not_tickets(sender: Person) -> QuerySet[Submission]:
    """What the person sent of late that a lead still has to decide on or discarded, the latest first."""
    return Submission.objects.filter(
        sender=sender,
        state__in=(Submission.HELD, Submission.DISCARDED),
        received_at__gte=clock.now() - SHOWN_FOR,
    ).order_by("-received_at", "-id")


def admit_held(submission_id: int, *, actor: Person) -> Ticket:
    """Open the ticket without a term, its start where the report reached us."""
    with transaction.atomic():
        submission = _held(submission_id, actor)
        membership = _membership(submission)
        report = report_from(submission.content, membership.person)
        ticket = open_report(
            report,
            membership,
            version=None,
            channel=submission.channel,
            actor=submission.sender or membership.person,
            opened_at=report.opened_at or submission.received_at,
        )
        submission.ticket, submission.content = ticket, {}
        _decide(submission, Submission.ACCEPTED, actor)
    return ticket


def discard_held(submission_id: int, *, actor: Person) -> None:
    """Do not take the report. What was sent is kept, out of the list, and its sender is told."""
    with transaction.atomic():
        submission = _held(submission_id, actor)
        _decide(submission, Submission.DISCARDED, actor)
        report_discarded.send(
            sender=None,
            report=submission.pk,
            person=Person.objects.get(pk=submission.content["requester"]),
            subject=submission.content["subject"],
            received_at=submission.received_at,
        )


def _held(submission_id: int, actor: Person) -> Submission:
    if not actor.is_lead:
        raise NotAllowed(role="lead")
    submission = Submission.objects.select_for_update().get(pk=submission_id)
    if submission.state != Submission.HELD:
        raise NotHeld(state=submission.state)
    return submission


def _decide(submission: Submission, state: str, actor: Person) -> None:
    submission.state, submission.decided_by, submission.decided_at = state, actor, clock.now()
    submission.save()


def _membership(submission: Submission) -> Membership:
    organization_id, requester_id = submission.content["organization"], submission.content["requester"]
    membership = (
        Membership.objects.filter(organization_id=organization_id, person_id=requester_id)
        .select_related("organization", "person")
        .first()
    )
    if membership is None:
        raise NotMember(organization=organization_id, requester=requester_id)
    return membership
