"""Figures by client and month, over the verdicts of real tickets."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from plazo.kit import clock
from plazo.reports.compliance import Line, lines, missed, missed_since, months, totals
from plazo.tickets import actions
from plazo.tickets.actions import open_ticket
from plazo.tickets.actions.waiving import decide_waiver, request_waiver
from plazo.tickets.models import Ticket
from tests.world import World

OPENED = datetime(2026, 11, 18, 13, tzinfo=UTC)
IN_TIME = datetime(2026, 11, 18, 14, tzinfo=UTC)
LATE = datetime(2026, 11, 18, 20, tzinfo=UTC)  # response alone is missed by then


def ticket(world: World, answered: datetime | None = None, **changes: Any) -> Ticket:
    """High priority at Andes: 3 h to answer."""
    given: dict[str, Any] = {
        "requester": world.contact,
        "organization": world.andes,
        "contract_version": world.andes_contract,
        "channel": "portal",
        "subject": "No sale ninguna factura",
        "body": "Desde la mañana.",
        "kind": "ALTO-01",
    } | changes
    with clock.at(given.pop("opened", OPENED)):
        opened = open_ticket(given.pop("requester"), **given)
    if answered:
        with clock.at(answered):
            actions.reply(opened.pk, actor=world.consultant, body="Ya lo vemos.")
    return opened


def waived(world: World, each: Ticket) -> None:
    with clock.at(LATE):
        request = request_waiver(
            each.pk, actor=world.consultant, metric="response", cause="Corte.", holder="third_party"
        )
        decide_waiver(each.pk, actor=world.lead, request=request, approved=True)


def response(found: list[Line]) -> Line:
    (line,) = [each for each in found if each.metric == "response"]
    return line


def test_a_month_without_verdicts_has_no_lines(world: World) -> None:
    ticket(world)
    assert lines("2026-11") == []
    assert months() == []


def test_kept_and_missed_terms_are_counted_by_client(world: World) -> None:
    ticket(world, IN_TIME)
    ticket(world, LATE)
    line = response(lines("2026-11"))
    assert (line.organization, line.met, line.missed, line.waived) == ("Andes Ltda", 1, 1, 0)
    assert line.percent == Decimal("50.0")
    assert line.overrun > 0


def test_a_waived_miss_stays_a_miss_and_leaves_the_adjusted_figure(world: World) -> None:
    ticket(world, IN_TIME)
    waived(world, ticket(world, LATE))
    line = response(lines("2026-11"))
    assert (line.missed, line.waived) == (1, 1)
    assert (line.percent, line.adjusted_percent) == (Decimal("50.0"), Decimal("100.0"))


def test_nothing_but_waived_misses_leaves_nothing_to_adjust_by(world: World) -> None:
    waived(world, ticket(world, LATE))
    line = response(lines("2026-11"))
    assert (line.percent, line.adjusted_percent) == (Decimal("0.0"), None)


def test_clients_are_sorted_as_people_sort_them(world: World) -> None:
    ticket(world, IN_TIME)
    norte = {"organization": world.norte, "contract_version": world.norte_contract}
    ticket(world, IN_TIME, requester=world.norte_contact, **norte)
    assert [each.organization for each in lines("2026-11")] == ["Andes Ltda", "Norte SpA"]


def test_named_clients_alone_are_counted(world: World) -> None:
    ticket(world, IN_TIME)
    assert lines("2026-11", organizations=[world.norte.pk]) == []
    assert months([world.norte.pk]) == []
    assert months([world.andes.pk]) == ["2026-11"]


def test_months_come_newest_first(world: World) -> None:
    october = datetime(2026, 10, 6, 13, tzinfo=UTC)
    ticket(world, datetime(2026, 10, 6, 14, tzinfo=UTC), opened=october)
    ticket(world, IN_TIME)
    assert months() == ["2026-11", "2026-10"]
    assert months(limit=1) == ["2026-11"]


def test_several_months_are_read_at_once(world: World) -> None:
    ticket(world, datetime(2026, 10, 6, 14, tzinfo=UTC), opened=datetime(2026, 10, 6, 13, tzinfo=UTC))
    ticket(world, IN_TIME)
    with CaptureQueriesContext(connection) as captured:
        assert [each.month for each in lines("2026-10", "2026-11")] == ["2026-10", "2026-11"]
    assert len(captured) == 3


def test_totals_add_the_clients_of_each_metric(world: World) -> None:
    ticket(world, IN_TIME)
    norte = {"organization": world.norte, "contract_version": world.norte_contract}
    ticket(world, LATE, requester=world.norte_contact, **norte)
    total = response(totals(lines("2026-11"), month="2026-11", label="Todos"))
    assert (total.organization, total.met, total.missed) == ("Todos", 1, 1)


def test_the_tickets_behind_a_figure_are_those_it_counts(world: World) -> None:
    ticket(world, IN_TIME)
    late = ticket(world, LATE)
    assert [each.ticket for each in missed("2026-11", world.andes.pk, world.lead)] == [late]
    assert missed("2026-10", world.andes.pk, world.lead) == []
    assert missed("2026-11", world.norte.pk, world.lead) == []


def test_the_tickets_behind_a_figure_are_shown_only_to_who_sees_them(world: World) -> None:
    ticket(world, LATE)
    assert len(missed("2026-11", world.andes.pk, world.client_administrator)) == 1
    assert missed("2026-11", world.andes.pk, world.norte_contact) == []


def test_a_long_list_goes_on_where_its_page_ended(world: World) -> None:
    first, second = ticket(world, LATE), ticket(world, LATE)
    (one,) = missed("2026-11", world.andes.pk, world.lead, limit=1)
    (two,) = missed("2026-11", world.andes.pk, world.lead, after=one.pk)
    assert [one.ticket, two.ticket] == [first, second]


def test_a_solution_that_was_none_is_counted_with_the_one_that_was(world: World) -> None:
    opened = ticket(world)
    with clock.at(IN_TIME):
        actions.resolve(opened.pk, actor=world.consultant, body="Listo.")
        actions.reopen(opened.pk, actor=world.contact, body="Sigue igual.")
        assert [each.reopened for each in lines("2026-11")] == [0]
        actions.resolve(opened.pk, actor=world.consultant, body="Ahora sí.")
    found = {each.metric: each.reopened for each in lines("2026-11")}
    assert found == {"response": 0, "resolution": 1}
    assert totals(lines("2026-11"), month="2026-11", label="Todos")[1].reopened == 1


def test_what_was_missed_since_an_instant_is_counted(world: World) -> None:
    late = ticket(world, LATE)
    miss = late.clocks.get(metric="response").missed_at
    assert miss is not None
    assert list(missed_since(miss).values_list("ticket", flat=True)) == [late.pk]
    assert not missed_since(miss + timedelta(seconds=1)).exists()
