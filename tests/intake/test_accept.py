"""One door: who may report gets a ticket, once; everybody else gets a reason, and nothing is half-written."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile

from plazo.contracts.actions import Offer, end_contract, sell_contract
from plazo.contracts.refusals import ServicesUnknown, SeveralContracts
from plazo.intake import refusals
from plazo.intake.accept import Accepted, Held, accept
from plazo.intake.models import Submission
from plazo.intake.report import Report
from plazo.kit import clock
from plazo.kit.files import StoredFile, store
from plazo.kit.refusals import Refused
from plazo.people.actions import disable_organization, disable_person, end_membership
from plazo.people.models import Membership, Person
from plazo.tickets.models import Attachment, Message, Ticket
from plazo.tickets.refusals import (
    EmptyText,
    NotAllowed,
    NotMember,
    StartInTheFuture,
    TextTooLong,
    UnknownKind,
)
from tests.world import NOW, World


def report(world: World, **changes: Any) -> Report:
    base = Report(organization_id=world.andes.pk, subject="No hay stock", body="La bodega muestra cero.")
    return replace(base, **changes)


def send(
    world: World, *, key: str = "k1", sender: Person | None = None, channel: Any = "portal", **changes: Any
) -> Accepted | Held:
    return accept(report(world, **changes), key=key, sender=sender or world.contact, channel=channel)


def ticket_of(result: Accepted | Held) -> Ticket:
    assert isinstance(result, Accepted)
    return result.ticket


def stored() -> StoredFile:
    return store(ContentFile(b"captura", name="captura.txt"))


def is_stored(file: StoredFile) -> bool:
    return (Path(settings.MEDIA_ROOT) / file.stored_name).exists()


def written() -> tuple[int, int]:
    return Ticket.objects.count(), Submission.objects.count()


def test_an_authorised_contact_gets_a_ticket_under_the_contract(world: World) -> None:
    with clock.at(NOW):
        result = send(world, service="erp")
    ticket = ticket_of(result)
    assert (result.created, ticket.requester, ticket.organization) == (True, world.contact, world.andes)
    assert (ticket.contract_version, ticket.opened_at, ticket.channel) == (
        world.andes_contract,
        NOW,
        "portal",
    )


def test_the_submission_remembers_the_ticket_and_not_its_text(world: World) -> None:
    ticket = ticket_of(send(world))
    submission = Submission.objects.get()
    assert (submission.ticket, submission.state, submission.content) == (ticket, "accepted", {})


def test_files_become_attachments(world: World) -> None:
    file = stored()
    ticket = ticket_of(send(world, files=(file,)))
    assert Attachment.objects.get(message__ticket=ticket).stored_name == file.stored_name
    assert is_stored(file)


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        ("unauthorised", refusals.NotAuthorised),
        ("revoked", refusals.Revoked),
        ("norte_contact", NotMember),
        ("stranger", NotMember),
        ("consultant", refusals.RequesterNeeded),
        ("administrator", refusals.RequesterNeeded),
    ],
)
def test_whoever_may_not_report_is_told_why(world: World, who: str, refusal: type[Refused]) -> None:
    file = stored()
    with pytest.raises(refusal):
        send(world, sender=getattr(world, who), files=(file,))
    assert (written(), is_stored(file)) == ((0, 0), False)


def test_without_contract_only_the_authorised_are_heard(world: World) -> None:
    Membership.objects.filter(person=world.ocaso_contact).update(may_report=False)
    with pytest.raises(refusals.NotAuthorised):
        send(world, sender=world.ocaso_contact, organization_id=world.ocaso.pk)


def test_who_left_reports_no_more(world: World) -> None:
    end_membership(world.contact.memberships.get(), actor=world.administrator)
    with pytest.raises(NotMember):
        send(world)


def test_nobody_reports_for_a_company_no_longer_served(world: World) -> None:
    disable_organization(world.andes, actor=world.administrator)
    with pytest.raises(NotMember):
        send(world)


def test_one_who_serves_two_clients_reports_for_the_one_named(world: World) -> None:
    ticket = ticket_of(send(world, sender=world.shared, organization_id=world.norte.pk))
    assert ticket.contract_version == world.norte_contract


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"subject": " \u200b\x00"}, EmptyText),
        ({"body": "\n\t "}, EmptyText),
        ({"subject": "x" * 201}, TextTooLong),
        ({"body": "x" * 100_001}, TextTooLong),
        ({"kind": "ALTO-99"}, UnknownKind),
        ({"kind": "x" * 41}, UnknownKind),
        ({"service": "coffee"}, ServicesUnknown),
        ({"service": "x" * 41}, ServicesUnknown),
        ({"opened_at": NOW + timedelta(seconds=1)}, StartInTheFuture),
    ],
)
def test_a_report_that_makes_no_sense_writes_nothing(
    world: World, changes: dict[str, Any], refusal: type[Refused]
) -> None:
    file = stored()
    with clock.at(NOW), pytest.raises(refusal):
        send(world, files=(file,), **changes)
    assert (written(), is_stored(file)) == ((0, 0), False)


@pytest.mark.parametrize(
    "body", ["x" * 100_000, "a\x00\ud800b\u202e", "'; DROP TABLE--", "<script>", "ñ😀" * 5_000]
)
def test_any_text_is_kept_as_far_as_it_can_be(world: World, body: str) -> None:
    ticket = ticket_of(send(world, body=body))
    kept = Message.objects.get(ticket=ticket).body
    assert kept == body.replace("\x00", "").replace("\ud800", "\ufffd").replace("\u202e", "")


def test_a_subject_never_breaks_its_line(world: World) -> None:
    assert ticket_of(send(world, subject="Uno\r\nBcc: otro@x.example")).subject == "Uno Bcc: otro@x.example"


def test_the_same_report_twice_is_one_ticket(world: World) -> None:
    first, second = send(world), send(world)
    assert ticket_of(first) == ticket_of(second)
    assert (first.created, second.created, written()) == (True, False, (1, 1))


def test_the_files_of_the_second_sending_go(world: World) -> None:
    first, second = stored(), stored()
    send(world, files=(first,))
    send(world, files=(second,))
    assert (is_stored(first), is_stored(second), Attachment.objects.count()) == (True, False, 1)


@pytest.mark.parametrize("changes", [{"body": "Otro texto."}, {"kind": "ALTO-01"}, {"service": "erp"}])
def test_another_content_under_a_used_key_is_refused(world: World, changes: dict[str, Any]) -> None:
    ticket = ticket_of(send(world))
    with pytest.raises(refusals.KeyReused) as refusal:
        send(world, **changes)
    assert (refusal.value.details, written()) == ({"ticket": ticket.pk}, (1, 1))


def test_another_file_under_a_used_key_is_another_content(world: World) -> None:
    send(world)
    file = stored()
    with pytest.raises(refusals.KeyReused):
        send(world, files=(file,))
    assert not is_stored(file)


def test_keys_of_two_persons_never_meet(world: World) -> None:
    assert ticket_of(send(world)) != ticket_of(send(world, sender=world.colleague))


def test_keys_of_two_channels_never_meet(world: World) -> None:
    assert ticket_of(send(world)) != ticket_of(send(world, channel="api"))


@pytest.mark.parametrize("key", ["", "x" * 201, "a\x00b", "a\nb", "a\ud800"])
def test_a_key_that_is_none_is_refused(world: World, key: str) -> None:
    with pytest.raises(refusals.KeyInvalid):
        send(world, key=key)


def test_a_consultant_opens_for_a_caller_from_the_time_of_the_call(world: World) -> None:
    called_at = NOW - timedelta(minutes=20)
    with clock.at(NOW):
        ticket = ticket_of(
            send(
                world, sender=world.consultant, channel="phone", requester=world.contact, opened_at=called_at
            )
        )
    assert (ticket.requester, ticket.opened_at) == (world.contact, called_at)
    assert Message.objects.get(ticket=ticket).author == world.consultant


@pytest.mark.parametrize(
    ("caller", "refusal"),
    [
        ("unauthorised", refusals.NotAuthorised),
        ("revoked", refusals.Revoked),
        ("norte_contact", NotMember),
        ("other_consultant", NotMember),
    ],
)
def test_a_caller_needs_the_same_right(world: World, caller: str, refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        send(world, sender=world.consultant, channel="phone", requester=getattr(world, caller))


def test_a_disabled_caller_is_nobody(world: World) -> None:
    disable_person(world.contact, actor=world.administrator)
    with pytest.raises(NotMember):
        send(
            world, sender=world.consultant, channel="phone", requester=Person.objects.get(pk=world.contact.pk)
        )


def test_contacts_report_for_nobody_else(world: World) -> None:
    with pytest.raises(NotAllowed):
        send(world, sender=world.colleague, requester=world.contact)


def test_a_report_without_contract_is_held_whole(world: World) -> None:
    file = stored()
    with clock.at(NOW):
        result = send(world, sender=world.ocaso_contact, organization_id=world.ocaso.pk, files=(file,))
    assert isinstance(result, Held)
    assert result.why is not None
    assert (result.why.reason, result.why.ended_on) == ("expired", date(2026, 6, 30))
    submission = Submission.objects.get()
    assert (submission.state, submission.held_for, submission.content["body"]) == (
        "held",
        "no_contract",
        "La bodega muestra cero.",
    )
    assert (Ticket.objects.count(), is_stored(file)) == (0, True)


def test_a_held_report_sent_twice_is_held_once(world: World) -> None:
    place: dict[str, Any] = {"sender": world.ocaso_contact, "organization_id": world.ocaso.pk}
    with clock.at(NOW):
        first, second = send(world, **place), send(world, **place)
    assert isinstance(first, Held)
    assert isinstance(second, Held)
    assert (first.submission, first.created, second.created) == (second.submission, True, False)


def test_the_contract_is_the_one_at_the_start_of_the_call(world: World) -> None:
    called_at = datetime(2026, 7, 1, 3, 59, 59, tzinfo=UTC)
    with clock.at(called_at + timedelta(hours=1)):
        place: dict[str, Any] = {
            "sender": world.consultant,
            "channel": "phone",
            "organization_id": world.ocaso.pk,
            "requester": world.ocaso_contact,
        }
        assert ticket_of(send(world, opened_at=called_at, **place)).contract_version == world.ocaso_contract
        assert isinstance(send(world, key="k2", **place), Held)


def two_contracts(world: World) -> list[int]:
    with clock.at(NOW):
        end_contract(world.andes_contract.contract, ends_on=date(2026, 10, 31), actor=world.administrator)
    return [
        sell_contract(
            world.andes,
            number=f"N-{service}",
            offer=Offer(
                policy_version=world.policy,
                window="24x7",
                level="basic",
                services=(service,),
                starts_on=date(2026, 11, 1),
            ),
            actor=world.administrator,
        ).pk
        for service in ("erp", "website")
    ]


def test_with_two_contracts_somebody_chooses(world: World) -> None:
    erp, website = two_contracts(world)
    with clock.at(NOW):
        with pytest.raises(SeveralContracts) as refusal:
            send(world)
        assert [version.pk for version in refusal.value.candidates] == [erp, website]
        assert ticket_of(send(world, contract_version_id=website)).contract_version_id == website


def test_a_choice_that_does_not_cover_the_service_gives_way_to_the_service(world: World) -> None:
    erp, website = two_contracts(world)
    with clock.at(NOW):
        assert ticket_of(send(world, service="erp", contract_version_id=website)).contract_version_id == erp


@pytest.mark.parametrize("who", ["norte_contract", "ocaso_contract"])
def test_the_contract_of_another_client_or_an_ended_one_is_never_chosen(world: World, who: str) -> None:
    with clock.at(NOW):
        ticket = ticket_of(send(world, contract_version_id=getattr(world, who).pk))
    assert ticket.contract_version == world.andes_contract


def test_taking_a_report_in_takes_few_queries(world: World, django_assert_max_num_queries: Any) -> None:
    send(world)
    with django_assert_max_num_queries(14):
        send(world, key="k2")


def test_a_double_costs_little(world: World, django_assert_max_num_queries: Any) -> None:
    send(world)
    with django_assert_max_num_queries(7):
        send(world)
