"""The clocks of a ticket as a classification would leave them, without writing anything."""

from __future__ import annotations

from plazo.tickets import actions, clocks
from plazo.tickets.models import Ticket
from tests.tickets.conftest import at, instant, opened, read, told
from tests.world import World


def test_a_classification_foreseen_is_the_one_that_comes(world: World) -> None:
    ticket = opened(world, kind=None)
    foreseen = clocks.classified_as(read(ticket, "14:00"), kind="BAJO-01", priority="low").assessment
    with at("14:00"):
        actions.classify(ticket.pk, actor=world.consultant, kind="BAJO-01")
    assert foreseen.clocks == read(ticket, "14:00").assessment.clocks


def test_foreseeing_writes_nothing(ticket: Ticket) -> None:
    clocks.classified_as(read(ticket, "14:00"), kind="BAJO-01", priority="low")
    assert told(ticket) == ["opened"]


def test_a_classification_that_would_miss_the_answer_says_so(world: World) -> None:
    ticket = opened(world, kind="BAJO-01")
    foreseen = clocks.classified_as(read(ticket, "18:00"), kind="ALTO-01", priority="high").assessment
    assert str(foreseen.clocks["response"].state) == "missed"
    assert foreseen.clocks["response"].missed_at == instant("18:00")
