"""What no contract covers: leads are told that it waits, its sender that it was discarded. Once each."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from plazo.intake.accept import Held, accept
from plazo.intake.holding import admit_held, discard_held
from plazo.intake.models import Submission
from plazo.intake.report import Report
from plazo.notices.delivery import deliver_next
from plazo.notices.models import Notice
from plazo.notices.rendering import HELD
from plazo.notices.reports import DISCARDED
from plazo.notices.suppression import suppress
from plazo.notices.transports import Accepted, Letter, Outcome, Refused
from plazo.people.actions import disable_person
from plazo.people.models import Person
from tests.english import spanish_in
from tests.notices.conftest import html_of, read, text_of
from tests.world import World


class Host:
    """A mail host that answers every letter the same way."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        self.letters: list[Letter] = []

    def send(self, letter: Letter, *, may_send: object) -> Outcome:
        self.letters.append(letter)
        return self.outcome


def delivered(host: Host) -> int:
    """How many notices were due and tried."""
    count = 0
    while deliver_next(host):
        count += 1
    return count


def held(world: World, subject: str = "Sin <b>correo</b>") -> Submission:
    report = Report(organization_id=world.ocaso.pk, subject=subject, body="No llega nada.")
    result = accept(report, key="k1", sender=world.ocaso_contact, channel="portal")
    assert isinstance(result, Held)
    return result.submission


def discarded(world: World, subject: str = "Sin <b>correo</b>") -> Notice:
    discard_held(held(world, subject).pk, actor=world.lead)
    return Notice.objects.get(code=DISCARDED)


def test_the_sender_is_told_what_became_of_the_report_and_what_to_do(world: World) -> None:
    notice = discarded(world)
    message = read(bytes(notice.raw))
    text = text_of(message)
    assert notice.address == world.ocaso_contact.email
    assert message["Subject"] == "No tomamos su reporte: Sin <b>correo</b>"
    assert "«Sin <b>correo</b>», que recibimos el miércoles 18 de noviembre, 10:00 (hora de Santiago)" in text
    assert "llame a la mesa o pida a su empresa que revise el contrato" in text
    assert "No llega nada" not in text
    assert "Sin &lt;b&gt;correo&lt;/b&gt;" in html_of(message)
    assert message["References"] is None


def test_a_reader_of_english_is_told_in_english(world: World) -> None:
    Person.objects.filter(pk=world.ocaso_contact.pk).update(language="en")
    message = read(bytes(discarded(world, "No mail").raw))
    assert "Wednesday 18 November, 10:00 (Santiago time)" in text_of(message)
    for body in (message["Subject"], text_of(message), html_of(message)):
        assert spanish_in(body) == []


def test_it_goes_out_like_any_other_notice(world: World) -> None:
    notice = discarded(world)
    host = Host(Accepted())
    assert delivered(host) == 2
    assert host.letters[-1].raw == bytes(notice.raw)
    assert Notice.objects.get(pk=notice.pk).state == Notice.SENT


def test_a_refused_address_ends_it_and_touches_no_ticket(world: World) -> None:
    notice = discarded(world)
    assert delivered(Host(Refused("550 no such user"))) == 2
    assert Notice.objects.get(pk=notice.pk).state == Notice.FAILED


def test_who_was_disabled_meanwhile_is_told_nothing(world: World) -> None:
    notice = discarded(world)
    disable_person(world.ocaso_contact, actor=world.administrator)
    host = Host(Accepted())
    assert delivered(host) == 2
    assert [letter.recipient for letter in host.letters] == [world.lead.email]
    assert Notice.objects.get(pk=notice.pk).state == Notice.SUPPRESSED


def test_nothing_is_written_for_somebody_disabled_before(world: World) -> None:
    submission = held(world)
    disable_person(world.ocaso_contact, actor=world.administrator)
    discard_held(submission.pk, actor=world.lead)
    assert not Notice.objects.filter(code=DISCARDED).exists()


def test_a_made_up_world_sends_none(world: World) -> None:
    with suppress():
        assert discarded(world).state == Notice.SUPPRESSED


def test_an_admitted_report_is_told_of_as_a_ticket(world: World) -> None:
    ticket = admit_held(held(world).pk, actor=world.lead)
    assert not Notice.objects.filter(code=DISCARDED).exists()
    assert Notice.objects.filter(ticket=ticket, person=world.ocaso_contact).exists()


def test_a_notice_tells_of_a_ticket_or_of_a_report_and_never_of_neither(world: World) -> None:
    notice = discarded(world)
    with pytest.raises(LookupError, match=f"report {notice.report}"):
        _ = notice.its_ticket
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.filter(pk=notice.pk).update(report=None)


def told_of_held() -> dict[str, str]:
    rows = Notice.objects.filter(code=HELD).select_related("person")
    return {notice.address: text_of(read(bytes(notice.raw))) for notice in rows}


def test_a_lead_is_told_at_once_of_what_waits(world: World) -> None:
    held(world)
    told = told_of_held()
    assert set(told) == {world.lead.email}
    text = told[world.lead.email]
    assert "Ocaso SA envió el reporte «Sin <b>correo</b>»" in text
    assert "recibimos el miércoles 18 de noviembre, 10:00 (hora de Santiago)" in text
    assert "Admítalo sin plazo o descártelo" in text
    assert "/mesa/retenidos/" in text
    assert "No llega nada" not in text


def test_a_lead_who_reads_english_is_told_in_english(world: World) -> None:
    Person.objects.filter(pk=world.lead.pk).update(language="en")
    held(world, "No mail")
    (text,) = told_of_held().values()
    assert spanish_in(text, except_for=[world.ocaso.name]) == []


def test_without_a_lead_the_administrator_is_told(world: World) -> None:
    disable_person(world.lead, actor=world.administrator)
    held(world)
    assert set(told_of_held()) == {world.administrator.email}


def test_the_same_report_sent_again_tells_nobody_again(world: World) -> None:
    held(world)
    held(world)
    assert Notice.objects.filter(code=HELD).count() == 1


def test_who_leads_no_more_is_not_told_what_waits(world: World) -> None:
    held(world)
    Person.objects.filter(pk=world.lead.pk).update(desk_role="consultant")
    host = Host(Accepted())
    assert delivered(host) == 1
    assert host.letters == []
    assert Notice.objects.get(code=HELD).state == Notice.SUPPRESSED
