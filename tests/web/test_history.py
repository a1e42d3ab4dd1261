"""The history of a ticket in words."""

from __future__ import annotations

import pytest
from django.utils import translation

from plazo.contracts.terms import terms_of
from plazo.people.models import Person
from plazo.sla import timeline as events
from plazo.tickets import queries
from plazo.tickets.models import Ticket
from plazo.web import history
from tests.english import spanish_in
from tests.lives import Lives
from tests.world import World

CODES = {value for name, value in vars(events).items() if name.isupper() and isinstance(value, str)}


@pytest.fixture
def lives(world: World) -> Lives:
    return Lives(world)


def told(ticket: Ticket, reader: Person, *, under_terms: bool = True) -> list[tuple[str, str]]:
    """Each code with its sentence."""
    found = Ticket.objects.get(pk=ticket.pk)
    terms = terms_of(found.contract_version_id) if under_terms and found.contract_version_id else None
    return [(each.entry.code, each.words) for each in history.lines(queries.history(found, reader), terms)]


def test_everything_that_can_happen_has_its_sentence(lives: Lives):
    lines = [line for ticket in lives.all() for line in told(ticket, lives.world.lead)]
    assert {code for code, _ in lines} == CODES
    assert [code for code, words in lines if words == code] == []


def test_every_sentence_has_its_english(lives: Lives):
    tickets = lives.all()
    names = list(Person.objects.values_list("name", flat=True))
    with translation.override("en"):
        lines = [line for ticket in tickets for line in told(ticket, lives.world.lead)]
    assert [words for _, words in lines if spanish_in(words, except_for=names)] == []


def test_an_escalation_says_how_much_of_the_term_had_gone_by(lives: Lives):
    lines = told(lives.missed(), lives.world.lead)
    steps = [words for code, words in lines if code == events.ESCALATED]
    assert steps[:3] == [f"Escalamiento del plazo de respuesta: {percent} %" for percent in (50, 75, 100)]


def test_an_escalation_under_terms_that_no_longer_rule_says_its_code(lives: Lives):
    lines = told(lives.missed(), lives.world.lead, under_terms=False)
    assert (events.ESCALATED, "Escalamiento del plazo de respuesta: half") in lines


def test_a_hand_over_names_who_takes_it(lives: Lives):
    lines = told(lives.answered(), lives.world.lead)
    assert [words for code, words in lines if code == events.ASSIGNED] == [
        "Asignado a Consultora Uno",
        "Quedó sin asignar",
        "Asignado a Consultora Uno",
    ]


def test_a_call_says_whether_they_spoke(lives: Lives):
    lines = told(lives.answered(), lives.world.lead)
    assert [words for code, words in lines if code == events.CALLED] == [
        "La mesa llamó y no habló con el cliente",
        "La mesa habló por teléfono con el cliente",
    ]


def test_a_closing_says_who_closed_it(lives: Lives):
    assert told(lives.confirmed(), lives.world.lead)[-1] == (events.CLOSED, "El cliente lo cerró")
    alone = told(lives.left_alone(), lives.world.lead)
    assert alone[-1] == (events.CLOSED, "Se cerró por sí solo, sin noticias del cliente")


def test_a_contact_reads_neither_notes_nor_escalations(lives: Lives):
    read = {code for ticket in lives.all() for code, _ in told(ticket, lives.world.contact)}
    assert not read & {events.NOTED, events.ESCALATED}
