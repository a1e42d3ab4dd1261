"""What no contract covers waits for a lead, who admits it without a term or discards it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile

from plazo.intake.accept import Held, accept
from plazo.intake.holding import admit_held, discard_held, held_reports
from plazo.intake.models import Submission
from plazo.intake.refusals import NotHeld
from plazo.intake.report import Report
from plazo.kit import clock
from plazo.kit.files import store
from plazo.tickets.models import Attachment, Message, Ticket
from plazo.tickets.refusals import NotAllowed
from tests.world import NOW, World

LATER = NOW + timedelta(hours=2)


def held(world: World, key: str = "k1") -> Submission:
    report = Report(
        organization_id=world.ocaso.pk,
        subject="Sin correo",
        body="No llega nada.",
        files=(store(ContentFile(b"captura", name="captura.txt")),),
    )
    with clock.at(NOW):
        result = accept(report, key=key, sender=world.ocaso_contact, channel="portal")
    assert isinstance(result, Held)
    return result.submission


def test_held_reports_wait_where_a_lead_sees_them(world: World) -> None:
    first, second = held(world), held(world, "k2")
    assert list(held_reports()) == [first, second]


def test_a_lead_admits_a_report_without_a_term_from_its_receipt(world: World) -> None:
    submission = held(world)
    with clock.at(LATER):
        ticket = admit_held(submission.pk, actor=world.lead)
    assert (ticket.contract_version, ticket.opened_at, ticket.requester) == (None, NOW, world.ocaso_contact)
    message = Message.objects.get(ticket=ticket)
    assert (message.body, message.author) == ("No llega nada.", world.ocaso_contact)
    assert Attachment.objects.get(message=message).file_name == "captura.txt"


def test_an_admitted_report_leaves_the_list_and_its_text(world: World) -> None:
    submission = held(world)
    ticket = admit_held(submission.pk, actor=world.lead)
    kept = Submission.objects.get(pk=submission.pk)
    assert (kept.state, kept.ticket, kept.content) == ("accepted", ticket, {})
    assert not held_reports()


def test_a_report_is_admitted_once(world: World) -> None:
    submission = held(world)
    admit_held(submission.pk, actor=world.lead)
    with pytest.raises(NotHeld):
        admit_held(submission.pk, actor=world.lead)
    assert Ticket.objects.count() == 1


def test_a_discarded_report_is_kept_and_never_admitted(world: World) -> None:
    submission = held(world)
    discard_held(submission.pk, actor=world.lead)
    with pytest.raises(NotHeld):
        admit_held(submission.pk, actor=world.administrator)
    assert Submission.objects.get(pk=submission.pk).content["body"] == "No llega nada."


@pytest.mark.parametrize("role", ["consultant", "client_administrator", "ocaso_contact"])
def test_only_a_lead_decides(world: World, role: str) -> None:
    submission = held(world)
    for decide in (admit_held, discard_held):
        with pytest.raises(NotAllowed):
            decide(submission.pk, actor=getattr(world, role))
    assert list(held_reports()) == [submission]


@pytest.mark.parametrize("decide", [admit_held, discard_held])
def test_who_decided_and_when_is_kept(world: World, decide: Callable[..., object]) -> None:
    submission = held(world)
    with clock.at(LATER):
        decide(submission.pk, actor=world.lead)
    kept = Submission.objects.get(pk=submission.pk)
    assert (kept.decided_by, kept.decided_at) == (world.lead, LATER)
