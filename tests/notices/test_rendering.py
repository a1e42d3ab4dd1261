"""A notice as its reader gets it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from plazo.kit import clock
from plazo.notices import planning as codes
from plazo.notices.models import Notice
from plazo.notices.rendering import may_still_be_told, render
from plazo.people.models import Membership, Person
from plazo.tickets.actions import client_reply, fire_due_steps, note, reply
from plazo.tickets.actions.assigning import take
from plazo.tickets.actions.classifying import classify
from plazo.tickets.actions.disputing import dispute
from plazo.tickets.actions.solving import confirm, promise, reopen, resolve
from plazo.tickets.actions.waiting import pause, resume
from plazo.tickets.models import Ticket
from tests.notices.conftest import html_of, later, opened, read, text_of
from tests.world import NOW, World

Act = Callable[[World, Ticket], object]


def last(code: str) -> Notice:
    return Notice.objects.select_related("ticket__organization", "person").filter(code=code).latest("pk")


def words(code: str) -> str:
    return text_of(read(render(last(code))[1]))


def test_a_report_is_acknowledged_with_both_terms(ticket: Ticket) -> None:
    text = words(codes.RECEIVED)
    assert f"Recibimos su reporte #{ticket.pk} el miércoles 18 de noviembre, 10:00." in text
    assert "Respuesta: a más tardar el miércoles 18 de noviembre, " in text
    assert "Solución: a más tardar el " in text
    assert "hora de Santiago" in text


def test_an_unclassified_report_says_which_priority_rules_meanwhile(world: World) -> None:
    opened(world, kind=None)
    assert "Prioridad por confirmar: mientras tanto rige el plazo de la prioridad alta." in words(
        codes.RECEIVED
    )


def test_an_answer_carries_its_words_and_says_that_the_response_is_met(world: World, ticket: Ticket) -> None:
    reply(ticket.pk, actor=world.consultant, body="Renovamos el certificado.")
    text = words(codes.ANSWERED)
    assert (
        "Consultora Uno le respondió el miércoles 18 de noviembre, 10:00: compromiso de respuesta cumplido."
        in text
    )
    assert "Renovamos el certificado." in text
    assert "Respuesta: cumplida el miércoles 18 de noviembre, 10:00; vencía el" in text


def test_a_classification_tells_both_terms_before_and_after(world: World, ticket: Ticket) -> None:
    classify(ticket.pk, actor=world.consultant, kind="BAJO-01")
    text = words(codes.CLASSIFIED)
    assert "Prioridad Bajo" in text or "Prioridad Baja" in text
    after, before = text.split("Antes:")
    assert after.count("a más tardar el") == before.count("a más tardar el") == 2
    assert after != before


def test_a_pause_says_why_from_when_and_until_when(world: World, ticket: Ticket) -> None:
    pause(ticket.pk, actor=world.consultant, reason="client", body="¿Qué versión usa?")
    text = words(codes.PAUSED)
    assert (
        "En espera del cliente: el plazo de solución se detiene desde el miércoles 18 de noviembre, 10:00."
        in text
    )
    assert "Se reanuda cuando usted responda, o por sí solo el sábado 28 de noviembre, 10:00." in text
    assert "¿Qué versión usa?" in text
    assert "Solución: en pausa; quedan " in text


def test_a_restart_says_how_long_the_clock_stood(world: World, ticket: Ticket) -> None:
    pause(ticket.pk, actor=world.consultant, reason="sii")
    with later(hours=1, minutes=30):
        resume(ticket.pk, actor=world.consultant)
    assert (
        "volvió a correr el miércoles 18 de noviembre, 11:30. En total estuvo en pausa 1 h 30 min"
        in words(codes.RESUMED)
    )


def test_a_solution_asks_for_a_word_and_says_when_it_closes(world: World, ticket: Ticket) -> None:
    resolve(ticket.pk, actor=world.consultant, body="Quedó resuelto.")
    text = words(codes.RESOLVED)
    assert "Creemos que quedó resuelto el miércoles 18 de noviembre, 10:00." in text
    assert "sin noticias suyas se cierra el " in text
    assert "Solución: cumplida el" in text


def test_a_reopening_says_that_the_same_term_goes_on(world: World, ticket: Ticket) -> None:
    resolve(ticket.pk, actor=world.consultant, body="Quedó resuelto.")
    reopen(ticket.pk, actor=world.contact, body="Sigue igual.")
    assert "Usted indicó que no quedó resuelto. El mismo plazo continúa." in words(codes.REOPENED)
    assert "El cliente indicó que no quedó resuelto." in words(codes.CLIENT_WORD)


def test_a_miss_is_told_with_the_instant_at_which_the_term_ended(ticket: Ticket) -> None:
    due = ticket.clocks.get(metric="response").due_at
    with clock.at(due + timedelta(minutes=7)):
        fire_due_steps(ticket.pk)
    text = words(codes.MISSED)
    assert "No respondimos dentro del plazo, que venció el miércoles 18 de noviembre, " in text
    assert "Ya lo sabe la jefatura." in text
    assert "Respuesta: incumplida; vencía el" in text


def test_a_miss_of_a_report_written_down_late_tells_when_its_term_had_ended(world: World) -> None:
    late = opened(world, opened_at=NOW - timedelta(days=1), actor=world.consultant)
    with later(minutes=1):
        fire_due_steps(late.pk)
    text = words(codes.MISSED)
    assert "No respondimos dentro del plazo, que venció el martes 17 de noviembre, 13:00" in text


def test_a_late_notice_speaks_of_the_ticket_as_it_stood_at_the_event(world: World, ticket: Ticket) -> None:
    at_once = words(codes.RECEIVED)
    with later(hours=1):
        classify(ticket.pk, actor=world.consultant, kind="BAJO-01")
        resolve(ticket.pk, actor=world.consultant, body="Listo.")
        assert words(codes.RECEIVED) == at_once


@pytest.mark.parametrize(
    ("act", "code", "said"),
    [
        (
            lambda w, t: confirm(t.pk, actor=w.contact),
            codes.CLOSED,
            "Cerrado el miércoles 18 de noviembre, 10:00.",
        ),
        (lambda w, t: confirm(t.pk, actor=w.contact), codes.CLIENT_WORD, "El cliente confirmó la solución."),
        (
            lambda w, t: _after(days=4, hours=1)(t),
            codes.CLOSING_SOON,
            "Si no quedó resuelto, díganoslo antes.",
        ),
        (lambda w, t: _after(days=6)(t), codes.CLOSED, "abriremos uno nuevo, enlazado"),
    ],
)
def test_the_end_of_a_ticket_is_told(world: World, ticket: Ticket, act: Act, code: str, said: str) -> None:
    take(ticket.pk, actor=world.consultant)
    resolve(ticket.pk, actor=world.consultant, body="Quedó resuelto.")
    act(world, ticket)
    assert said in words(code)


def _after(**span: float) -> Callable[[Ticket], None]:
    def pass_time(ticket: Ticket) -> None:
        with later(**span):
            fire_due_steps(ticket.pk)

    return pass_time


@pytest.mark.parametrize(
    ("act", "code", "said"),
    [
        (
            lambda w, t: client_reply(t.pk, actor=w.contact, body="¿Y?"),
            codes.CLIENT_WORD,
            "Contacto Uno escribió el",
        ),
        (
            lambda w, t: dispute(t.pk, actor=w.contact, what="priority", body="Es urgente."),
            codes.DISPUTED,
            "El cliente objeta la prioridad.",
        ),
        (lambda w, t: _after(days=3)(t), codes.ESCALATED, "el plazo venció el"),
    ],
)
def test_the_desk_is_told_in_its_own_words(
    world: World, ticket: Ticket, act: Act, code: str, said: str
) -> None:
    take(ticket.pk, actor=world.consultant)
    act(world, ticket)
    text = words(code)
    assert said in text
    assert "Cliente: Andes Ltda" in text
    assert f"/mesa/tickets/{ticket.pk}/" in text


def test_a_pause_about_to_end_is_told_to_the_desk(world: World, ticket: Ticket) -> None:
    pause(ticket.pk, actor=world.consultant, reason="sii")
    with later(days=4, hours=1):
        fire_due_steps(ticket.pk)
    assert "La pausa termina por sí sola el lunes 23 de noviembre, 10:00" in words(codes.PAUSE_ENDING)


def test_an_estimate_that_passed_is_told_to_the_desk(world: World, ticket: Ticket) -> None:
    promise(ticket.pk, actor=world.consultant, due=clock.now() + timedelta(hours=1))
    with later(hours=2):
        fire_due_steps(ticket.pk)
    assert "Pasó la fecha estimada de solución" in words(codes.ESTIMATE_PASSED)


def test_a_reader_in_another_zone_is_told_in_that_zone(world: World) -> None:
    Person.objects.filter(pk=world.contact.pk).update(zone="Pacific/Easter")
    opened(world)
    text = words(codes.RECEIVED)
    assert "el miércoles 18 de noviembre, 8:00." in text
    assert "hora de Isla de Pascua" in text


def test_a_reader_of_english_is_told_the_hours_in_english(world: World) -> None:
    Person.objects.filter(pk=world.contact.pk).update(language="en")
    opened(world)
    assert "Wednesday 18 November, 10:00" in words(codes.RECEIVED)


def test_a_note_never_leaves_the_desk(world: World, ticket: Ticket) -> None:
    note(ticket.pk, actor=world.consultant, body="CANARIO-NOTA")
    reply(ticket.pk, actor=world.consultant, body="Lo estamos viendo.")
    raws = [render(each)[1] for each in Notice.objects.select_related("ticket", "person")]
    assert all(b"CANARIO" not in raw for raw in raws)


def test_the_headers_thread_the_ticket_and_ask_machines_for_silence(world: World, ticket: Ticket) -> None:
    reply(ticket.pk, actor=world.consultant, body="Lo estamos viendo.")
    first, second = (read(render(last(code))[1]) for code in (codes.RECEIVED, codes.ANSWERED))
    assert first["References"] == second["References"] == second["In-Reply-To"]
    assert first["Message-ID"] != second["Message-ID"]
    assert first["Auto-Submitted"] == "auto-generated"
    assert first["X-Auto-Response-Suppress"] == "All"
    assert first["Subject"] == second["Subject"] == f"[#{ticket.pk}] No sale ninguna factura"
    assert first["To"] == "Contacto Uno <contacto1@andes.example>"


def test_the_same_notice_always_makes_the_same_bytes(ticket: Ticket) -> None:
    first = render(last(codes.RECEIVED))
    with later(hours=6):
        assert render(last(codes.RECEIVED)) == first


@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r", "\u2028", "\x85"])
def test_no_subject_or_name_makes_a_header_of_its_own(ticket: Ticket, line_end: str) -> None:
    Ticket.objects.filter(pk=ticket.pk).update(subject=f"Factura{line_end}Bcc: otra@malo.example")
    Person.objects.filter(pk=ticket.requester_id).update(name=f"Uno{line_end}Bcc: otra@malo.example")
    message = read(render(last(codes.RECEIVED))[1])
    assert message.get_all("Bcc") is None
    assert len(message.get_all("Subject", [])) == 1
    assert [each.addr_spec for each in message["To"].addresses] == ["contacto1@andes.example"]


def test_markup_stays_text_in_the_html_and_is_left_alone_in_the_text(world: World) -> None:
    ticket = opened(world, subject="<script>alert(1)</script> & 'comillas'")
    reply(ticket.pk, actor=world.consultant, body='<img src=x onerror="alert(1)">\nDos & tres')
    message = read(render(last(codes.ANSWERED))[1])
    assert "<script" not in html_of(message)
    assert "<img" not in html_of(message)
    assert "&lt;img src=x" in html_of(message)
    assert '<img src=x onerror="alert(1)">\nDos & tres' in text_of(message)


def test_a_message_is_plain_ascii_with_network_line_ends(world: World, ticket: Ticket) -> None:
    reply(ticket.pk, actor=world.consultant, body="Señora Ñandú: áéí\n.\nfin")
    raw = render(last(codes.ANSWERED))[1]
    assert raw.isascii()
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert "Señora Ñandú: áéí\n.\nfin" in text_of(read(raw))


def test_the_client_finds_the_ticket_in_the_portal(ticket: Ticket) -> None:
    assert f"http://127.0.0.1:8000/tickets/{ticket.pk}/" in words(codes.RECEIVED)


def test_who_lost_the_right_to_the_ticket_is_not_told_any_more(world: World, ticket: Ticket) -> None:
    notice = last(codes.RECEIVED)
    assert may_still_be_told(notice)
    Membership.objects.filter(person=world.contact).update(is_active=False)
    assert not may_still_be_told(notice)
