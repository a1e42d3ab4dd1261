"""A ticket filed under the wrong company or contract is put under the right one."""

from __future__ import annotations

from plazo.contracts.models import ContractVersion
from plazo.contracts.terms import terms_of
from plazo.people.models import Organization, Person
from plazo.people.queries import membership_in
from plazo.sla import State
from plazo.sla import timeline as codes
from plazo.tickets import refusals, search
from plazo.tickets.actions.classifying import decided_priority, with_dues
from plazo.tickets.actions.journal import Journal, require, writing
from plazo.tickets.actions.texts import written


def rebind(
    ticket_id: int,
    *,
    actor: Person,
    contract_version: ContractVersion,
    reason: str,
    requester: Person | None = None,
    kind: str | None = None,
    priority: str | None = None,
    seen: int | None = None,
) -> int:
    """A lead corrects the contract, and with it the company. It counts as reclassifying.

    requester       who it is for; has to belong to the company
    kind, priority  needed where the new agreement does not know those the ticket has
    """
    note = written("note", reason)
    with writing(ticket_id, actor=actor, seen=seen) as journal:
        require(journal, "lead")
        assessment, ticket = journal.reading.assessment, journal.ticket
        if assessment.state is State.CLOSED:
            raise refusals.Closed
        organization = contract_version.contract.organization
        person = requester or ticket.requester
        if (ticket.contract_version_id, ticket.requester_id) == (contract_version.pk, person.pk):
            raise refusals.NothingChanges
        _require_member(person, organization)
        data = {
            "commitment": contract_version.pk,
            "organization": organization.pk,
            "requester": person.pk,
            **_renamed(journal, contract_version, kind, priority),
        }
        seq = journal.record(codes.REBOUND, with_dues(journal, codes.REBOUND, data), text=note)
        search.replace(ticket.pk, organization.name, ticket.subject)
        return seq


def _require_member(person: Person, organization: Organization) -> None:
    membership = membership_in(person, organization.pk)
    if membership is None or not membership.is_active:
        raise refusals.NotMember(organization=organization.pk, requester=person.pk)


def _renamed(
    journal: Journal, contract_version: ContractVersion, kind: str | None, priority: str | None
) -> dict[str, str | None]:
    """Kind and priority where the new agreement has to name others; nothing where they carry over."""
    policy = terms_of(contract_version.pk).policy
    assessment = journal.reading.assessment
    if kind is not None or priority is not None:
        return {"kind": kind, "priority": decided_priority(policy, kind, priority)}
    if assessment.classified and assessment.priority not in policy.priorities:
        raise refusals.UnknownPriority(priority=assessment.priority, known=list(policy.priorities))
    return {}
