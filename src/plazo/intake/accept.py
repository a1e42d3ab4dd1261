"""The one door for reports: who is it, may they, under which contract, and never twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal

from django.db import IntegrityError, transaction

from plazo.contracts.models import ContractVersion
from plazo.contracts.queries import covers, in_force_among, version_in_force, versions_of
from plazo.contracts.refusals import NoContract, ServicesUnknown
from plazo.contracts.terms import terms_of
from plazo.intake import refusals
from plazo.intake.models import Submission
from plazo.intake.report import Report
from plazo.kit import clock
from plazo.kit.files import discard
from plazo.kit.refusals import Refused
from plazo.kit.storing import insert, update
from plazo.people.models import Membership, Person
from plazo.people.queries import membership_in
from plazo.tickets.actions import open_ticket
from plazo.tickets.models import Ticket
from plazo.tickets.refusals import NotAllowed, NotMember, StartInTheFuture
from plazo.tickets.signals import report_held

Channel = Literal["portal", "phone", "email", "whatsapp", "api"]
LONGEST_KEY: Final = 200
NO_CONTRACT: Final = "no_contract"


@dataclass(frozen=True, slots=True)
class Accepted:
    """The report is a ticket; `created` is False when it was one already."""

    ticket: Ticket
    created: bool


@dataclass(frozen=True, slots=True)
class Held:
    """The report is kept and waits for a lead: no contract covers it. `why` says which of the reasons."""

    submission: Submission
    created: bool
    why: NoContract | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """The requester's place at the company (None: they never had one), and `versions_of` its contracts."""

    membership: Membership | None
    versions: Sequence[ContractVersion]


def accept(
    report: Report, *, key: str, sender: Person, channel: Channel, standing: Standing | None = None
) -> Accepted | Held:
    """Make a report a ticket, or hold it. The same key with the same content gives the first result.

    key       made by whoever sends, once per report
    standing  where the caller has just read it: it is not read again
    Refusals: of this app, of `contracts` (SeveralContracts), of `tickets` (texts, kind, NotMember). The
    report's files are taken over: they are discarded where they do not become part of anything.
    """
    try:
        result = _accept(report.checked(), _checked_key(key, sender), sender, channel, standing)
    except Refused:
        discard(report.files)
        raise
    if not result.created:
        discard(report.files)
    return result


def _accept(
    report: Report, key: str, sender: Person, channel: Channel, standing: Standing | None
) -> Accepted | Held:
    digest = report.digest()
    try:
        with transaction.atomic():
            return _take_in(report, key, digest, sender, channel, standing)
    except IntegrityError:
        # The unique key is what makes doubles impossible, however many requests arrive at once.
        first = Submission.objects.select_related("ticket").filter(channel=channel, key=key).first()
        if first is None:
            raise
    return _first_result(first, digest)


def _take_in(
    report: Report, key: str, digest: str, sender: Person, channel: Channel, standing: Standing | None
) -> Accepted | Held:
    now = clock.now()
    requester = _requester(report, sender)
    if standing is None:
        standing = read_standing(requester, report.organization_id)
    membership = _membership(requester, report.organization_id, standing.membership)
    start = _start(report, now)
    version, why = _contract(report, standing.versions, start)
    if version is not None:
        _check_service(report, version)
    _check_right(membership, version, channel)
    submission = Submission(
        channel=channel,
        key=key,
        sender=sender,
        organization_id=report.organization_id,
        digest=digest,
        received_at=now,
        state=Submission.HELD if version is None else Submission.ACCEPTED,
    )
    if version is None:
        submission.held_for = NO_CONTRACT
        submission.content = replace(report, requester=requester).as_data()
        insert([submission])
        report_held.send(
            sender=None,
            report=submission.pk,
            actor=sender,
            client=membership.organization.name,
            subject=report.subject,
            received_at=now,
        )
        return Held(submission, created=True, why=why)
    # Before the ticket: a double waits here for the first to commit, instead of doing all of it in vain.
    insert([submission])
    ticket = open_report(report, membership, version=version, channel=channel, actor=sender, opened_at=start)
    update(submission, {"ticket_id": ticket.pk})
    return Accepted(ticket, created=True)


def open_report(
    report: Report,
    membership: Membership,
    *,
    version: ContractVersion | None,
    channel: str,
    actor: Person,
    opened_at: datetime,
) -> Ticket:
    """The ticket of a report that was let in."""
    return open_ticket(
        membership.person,
        organization=membership.organization,
        contract_version=version,
        channel=channel,
        subject=report.subject,
        body=report.body,
        service=report.service,
        kind=report.kind,
        files=report.files,
        opened_at=opened_at,
        actor=actor,
    )


def _checked_key(key: str, sender: Person) -> str:
    if not 0 < len(key) <= LONGEST_KEY or not key.isprintable():
        raise refusals.KeyInvalid
    return f"{sender.pk}:{key}"


def _requester(report: Report, sender: Person) -> Person:
    if report.requester is None:
        if sender.is_desk:
            raise refusals.RequesterNeeded
        return sender
    if not sender.is_desk and sender != report.requester:
        raise NotAllowed(role="desk")
    return report.requester


def read_standing(requester: Person, organization_id: int) -> Standing:
    """As the database has it now."""
    return Standing(membership_in(requester, organization_id), versions_of(organization_id))


def _membership(requester: Person, organization_id: int, membership: Membership | None) -> Membership:
    belongs = membership and membership.is_active and membership.organization.is_active
    if membership is None or not belongs or not requester.is_active:
        raise NotMember(organization=organization_id, requester=requester.pk)
    membership.person = requester
    return membership


def _start(report: Report, now: datetime) -> datetime:
    if report.opened_at is not None and report.opened_at > now:
        raise StartInTheFuture(opened_at=report.opened_at)
    return report.opened_at or now


def _contract(
    report: Report, versions: Sequence[ContractVersion], at: datetime
) -> tuple[ContractVersion | None, NoContract | None]:
    """The contract the report falls under at its start, else why there is none."""
    for version in in_force_among(versions, at):
        if version.pk == report.contract_version_id and covers(version, report.service):
            return version, None
    # Nothing chosen, or a choice gone stale in the form (amended, ended meanwhile), which chooses nothing.
    try:
        return version_in_force(versions, service=report.service, at=at), None
    except NoContract as why:
        return None, why


def _check_right(membership: Membership, version: ContractVersion | None, channel: Channel) -> None:
    policy = terms_of(version.pk).policy if version else None
    if not membership.may_report and (policy is None or policy.reporters.authorised):
        if membership.revoked_at is not None:
            raise refusals.Revoked(revoked_at=membership.revoked_at)
        raise refusals.NotAuthorised
    if policy is not None and channel not in policy.channels.open:
        raise refusals.ChannelClosed(channel=channel, open=list(policy.channels.open))


def _check_service(report: Report, version: ContractVersion) -> None:
    known = terms_of(version.pk).policy.services
    if report.service and report.service not in known:
        raise ServicesUnknown(services=[report.service], known=list(known))


def _first_result(first: Submission, digest: str) -> Accepted | Held:
    if first.digest != digest:
        raise refusals.KeyReused(ticket=first.ticket_id)
    if first.ticket is not None:
        return Accepted(first.ticket, created=False)
    return Held(first, created=False)
