"""Rows as a queue, taken under a lease with a fence."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import QuerySet

from plazo.kit import clock
from plazo.kit.claim import claim, finish, release, renew, write
from plazo.notices.models import Notice
from plazo.tickets.actions import open_ticket
from tests.world import NOW, World

MINUTE = timedelta(minutes=1)


@pytest.fixture
def waiting(world: World) -> QuerySet[Notice]:
    for seconds in (2, 0, 1):
        with clock.at(NOW + timedelta(seconds=seconds)):
            open_ticket(
                world.contact,
                organization=world.andes,
                contract_version=world.andes_contract,
                channel="portal",
                subject=str(seconds),
                body="Texto.",
            )
    return Notice.objects.filter(state=Notice.WAITING)


def take(waiting: QuerySet[Notice], *, after: timedelta = MINUTE, limit: int = 1) -> list[Notice]:
    with clock.at(NOW + after):
        return claim(waiting, lease=MINUTE, limit=limit)


def test_the_longest_due_is_taken_first(waiting: QuerySet[Notice]) -> None:
    assert [each.ticket.subject for each in take(waiting, limit=3)] == ["0", "1", "2"]


def test_a_row_is_not_taken_before_its_time(waiting: QuerySet[Notice]) -> None:
    assert len(take(waiting, after=timedelta(seconds=1), limit=3)) == 2


def test_a_taken_row_is_not_taken_again_while_its_lease_lasts(waiting: QuerySet[Notice]) -> None:
    first, second = take(waiting)[0], take(waiting)[0]
    assert first.pk != second.pk


def test_a_lease_that_ended_frees_the_row_with_another_number(waiting: QuerySet[Notice]) -> None:
    first = take(waiting)[0]
    again = take(waiting, after=2 * MINUTE)[0]
    assert (again.pk, again.fence, again.attempts) == (first.pk, first.fence + 1, 2)


def test_an_attempt_counts_from_the_taking(waiting: QuerySet[Notice]) -> None:
    row = take(waiting)[0]
    assert Notice.objects.get(pk=row.pk).attempts == row.attempts == 1


def test_whoever_was_overtaken_can_do_nothing_more(waiting: QuerySet[Notice]) -> None:
    first = take(waiting)[0]
    take(waiting, after=2 * MINUTE)
    assert not renew(first, lease=MINUTE)
    assert not write(first, subject="zombi")
    assert not finish(first, state=Notice.SENT)
    assert not release(first)
    assert Notice.objects.get(pk=first.pk).state == Notice.WAITING


def test_whoever_was_late_but_not_overtaken_may_finish(waiting: QuerySet[Notice]) -> None:
    row = take(waiting)[0]
    with clock.at(NOW + 10 * MINUTE):
        assert finish(row, state=Notice.SENT)


def test_a_renewed_lease_lasts_from_now(waiting: QuerySet[Notice]) -> None:
    row = take(waiting)[0]
    with clock.at(NOW + MINUTE + timedelta(seconds=30)):
        assert renew(row, lease=MINUTE)
    assert row.pk not in [each.pk for each in take(waiting, after=2 * MINUTE, limit=3)]


def test_a_released_row_is_free_and_its_attempt_does_not_count(waiting: QuerySet[Notice]) -> None:
    row = take(waiting)[0]
    assert release(row)
    again = take(waiting)[0]
    assert (again.pk, again.attempts) == (row.pk, 1)


def test_two_who_read_the_same_row_do_not_both_get_it(waiting: QuerySet[Notice]) -> None:
    one, other = (Notice.objects.earliest("next_attempt_at") for _ in range(2))
    assert [renew(one, lease=MINUTE), finish(other, fence=7), renew(one, lease=MINUTE)] == [True, True, False]
