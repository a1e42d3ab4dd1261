"""Each day that is over is sealed once, onto the seal before."""

from __future__ import annotations

from datetime import date

from plazo.tickets import actions
from plazo.tickets.chain import seal_after
from plazo.tickets.models import Seal, Ticket
from tests.tickets.conftest import at, opened
from tests.world import World

DAY = date(2026, 11, 18)
NEXT = date(2026, 11, 19)


def test_a_seal_holds_where_each_timeline_stood_at_the_end_of_the_day(world: World, ticket: Ticket) -> None:
    with at("14:00"):
        actions.reply(ticket.pk, actor=world.consultant, body="Lo vemos.")
    other = opened(world, "15:00")
    heads = [
        (ticket.pk, 2, ticket.events.get(seq=2).digest),
        (other.pk, 1, other.events.get().digest),
    ]
    with at("2026-11-19 00:10"):
        actions.note(ticket.pk, actor=world.consultant, body="Ya es otro día.")
        seal = actions.seal_day(DAY)
    assert seal is not None
    assert (seal.heads, seal.events, seal.digest) == (2, 3, seal_after("", heads))


def test_seals_are_chained_and_days_without_events_sealed_too(world: World, ticket: Ticket) -> None:
    with at("2026-11-20 00:10"):
        first, second = actions.seal_day(DAY), actions.seal_day(NEXT)
    assert first is not None
    assert second is not None
    assert (second.heads, second.digest) == (0, seal_after(first.digest, []))


def test_a_day_is_sealed_once_and_never_after_a_later_one(world: World, ticket: Ticket) -> None:
    with at("2026-11-20 00:10"):
        assert actions.seal_day(NEXT) is not None
        assert actions.seal_day(NEXT) is None
        assert actions.seal_day(DAY) is None
    assert Seal.objects.count() == 1


def test_a_day_is_sealed_when_writes_begun_on_it_have_ended(world: World, ticket: Ticket) -> None:
    for moment, is_over in (("23:59:59", False), ("2026-11-19 00:09:59", False), ("2026-11-19 00:10", True)):
        with at(moment):
            assert (actions.seal_day(DAY) is not None) is is_over
