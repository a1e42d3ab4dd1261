"""The radar: what falls due in the next working hours, by whoever has it, handed on from there."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plazo.contracts.models import PolicyVersion
from plazo.intake.accept import accept
from plazo.intake.report import Report
from plazo.kit import clock
from plazo.people.actions import set_desk_role
from plazo.tickets import actions, queries
from plazo.tickets.models import Ticket
from plazo.web.lead import radar
from tests.web.conftest import Browse, Opened
from tests.world import NOW, World

PATH = "/mesa/radar/"
ASSIGN = f"{PATH}asignar/"


def heads(text: str) -> list[str]:
    return re.findall(r'<th scope="col"[^>]*>([^<]+)</th>', text)


def rows(text: str) -> dict[str, list[list[int]]]:
    """The numbers of the tickets by row and column."""
    found = {}
    for row in re.findall(r"<tr>\s*<th scope=\"row\">.*?</tr>", text, re.S):
        name = re.search(r'<th scope="row">([^<]+)', row)
        assert name
        cells = re.findall(r"<td[^>]*>(.*?)</td>", row, re.S)
        found[name[1].strip()] = [
            [int(each) for each in re.findall(r"tickets/(\d+)/", cell)] for cell in cells
        ]
    return found


def mark(ticket: Ticket) -> str:
    return f"{ticket.pk}.{ticket.length}"


def test_a_ticket_stands_in_the_hour_it_falls_due_and_the_row_of_its_holder(
    browse: Browse, world: World, opened: Opened
):
    free = opened()  # an answer by 13:00
    held = opened(world.norte_contact, organization_id=world.norte.pk, kind="ALTO-01")  # 12x5 Standard: 16:00
    actions.take(held.pk, actor=world.consultant)
    text = browse(world.lead).get(PATH).content.decode()
    columns = heads(text)[1:]
    assert columns[:6] == ["10 h", "11 h", "12 h", "13 h", "cierre", "15 h"]
    shown = rows(text)
    assert shown["Sin asignar"][columns.index("13 h")] == [free.pk]
    assert shown["Consultora Uno"][columns.index("16 h")] == [held.pk]


def test_the_hours_go_on_into_the_next_day(browse: Browse, world: World, opened: Opened):
    opened()
    with clock.at(datetime(2026, 11, 18, 15, tzinfo=UTC)):  # 12:00
        columns = heads(browse(world.lead).get(PATH).content.decode())
    today = ["12 h", "13 h", "cierre", "15 h", "16 h", "17 h", "cierre"]
    assert columns[1:] == [*today, "jue 9 h", "jue 10 h", "jue 11 h"]


def test_what_falls_due_later_or_is_missed_already_is_not_on_it(browse: Browse, world: World, opened: Opened):
    opened(kind="BAJO-01")
    client = browse(world.lead)
    assert "Nadie vence en las próximas 8 horas hábiles." in client.get(PATH).content.decode()
    missed = opened()
    with clock.at(NOW + timedelta(hours=7)):
        actions.fire_due_steps(missed.pk)
        text = client.get(PATH).content.decode()
    assert missed.pk not in [number for cells in rows(text).values() for cell in cells for number in cell]
    assert re.search(r'Incumplidos hoy <span class="count">1<', text)
    assert re.search(r'ya vencidos <span class="count">1<', text)


def test_the_counts_lead_to_what_they_count(browse: Browse, world: World, opened: Opened):
    opened()
    with clock.at(NOW + timedelta(hours=2, minutes=40)):
        text = browse(world.lead).get(PATH).content.decode()
    assert re.search(r'href="/mesa/\?vista=por-vencer">.*?<span class="count">1<', text)
    assert 'href="/mesa/exenciones/"' in text
    assert 'class="blip at-risk"' in text


def test_before_any_agreement_nothing_falls_due(browse: Browse, world: World):
    PolicyVersion.objects.update(published_at=None)
    assert "Nadie vence" in browse(world.lead).get(PATH).content.decode()


def test_marked_tickets_change_hands(browse: Browse, world: World, opened: Opened):
    one, two = opened(), opened()
    given = {"to": world.other_consultant.pk, "ticket": [mark(one), mark(two)]}
    text = browse(world.lead).post(ASSIGN, given, follow=True).content.decode()
    assert "2 tickets asignados." in text
    assert {each.assignee for each in Ticket.objects.all()} == {world.other_consultant}


def test_a_ticket_can_be_let_go(browse: Browse, world: World, opened: Opened):
    ticket = opened()
    actions.take(ticket.pk, actor=world.consultant)
    ticket.refresh_from_db()
    browse(world.lead).post(ASSIGN, {"to": "", "ticket": mark(ticket)})
    ticket.refresh_from_db()
    assert ticket.assignee is None


def test_a_ticket_that_changed_meanwhile_is_named_and_the_rest_are_handed_on(
    browse: Browse, world: World, opened: Opened
):
    one, two = opened(), opened()
    actions.reply(one.pk, actor=world.consultant, body="Ya lo vemos.")
    given = {"to": world.other_consultant.pk, "ticket": [mark(one), mark(two), "999.1"]}
    text = browse(world.lead).post(ASSIGN, given, follow=True).content.decode()
    assert f"#{one.pk}: Alguien escribió mientras usted escribía." in text
    assert "El ticket #999 no existe." in text
    assert "1 ticket asignado." in text
    one.refresh_from_db()
    assert one.assignee is None


@pytest.mark.parametrize("marks", [[], ["x"], ["1"], ["0.1"], ["1.1", "<b>"], ["9" * 20 + ".1"]])
def test_without_marked_tickets_nothing_is_handed_on(
    browse: Browse, world: World, opened: Opened, marks: list[str]
):
    ticket = opened()
    response = browse(world.lead).post(ASSIGN, {"to": world.consultant.pk, "ticket": marks})
    assert response.status_code == 422
    assert "Marque los tickets que cambian de manos." in response.content.decode()
    ticket.refresh_from_db()
    assert ticket.assignee is None


def test_a_refused_form_keeps_its_marks(browse: Browse, world: World, opened: Opened):
    ticket = opened()
    response = browse(world.lead).post(ASSIGN, {"to": world.contact.pk, "ticket": mark(ticket)})
    assert response.status_code == 422
    assert f'value="{mark(ticket)}" checked' in response.content.decode()


def test_whoever_left_the_desk_keeps_a_row_while_holding_tickets(
    browse: Browse, world: World, opened: Opened
):
    ticket = opened()
    actions.take(ticket.pk, actor=world.other_consultant)
    set_desk_role(world.other_consultant, "", actor=world.administrator)
    shown = rows(browse(world.lead).get(PATH).content.decode())
    assert [ticket.pk] in shown["Consultor Dos"]


def test_more_than_fits_says_so(browse: Browse, world: World, opened: Opened):
    opened()
    opened()
    with patch.object(radar, "SHOWN", 1):
        text = browse(world.lead).get(PATH).content.decode()
    assert "Vence más de lo que cabe aquí" in text


@pytest.mark.parametrize("who", ["consultant", "contact", "client_administrator"])
def test_the_radar_is_for_leads(browse: Browse, world: World, opened: Opened, who: str):
    ticket = opened()
    client = browse(getattr(world, who))
    assert client.get(PATH).status_code == 404
    assert client.post(ASSIGN, {"to": world.consultant.pk, "ticket": mark(ticket)}).status_code == 404


def test_more_tickets_cost_no_more_queries(browse: Browse, world: World, opened: Opened):
    opened()
    client = browse(world.lead)
    client.get(PATH)
    with CaptureQueriesContext(connection) as one:
        client.get(PATH)
    for _ in range(6):
        opened()
    with CaptureQueriesContext(connection) as seven:
        text = client.get(PATH).content.decode()
    assert sum(len(cell) for cells in rows(text).values() for cell in cells) == 7
    assert len(seven) == len(one)


def test_what_falls_due_is_one_range_of_the_index(world: World, opened: Opened):
    opened()
    with CaptureQueriesContext(connection) as captured:
        assert len(queries.falling_due(world.lead, NOW, NOW + timedelta(hours=8))) == 1
    assert len(captured) == 1
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {captured[0]['sql']}")
            plan = " | ".join(row[3] for row in cursor.fetchall())
        assert "USING INDEX ticket_queue (queue_at>? AND queue_at<?)" in plan
        assert "TEMP B-TREE" not in plan


def test_reports_that_wait_for_a_decision_are_counted(browse: Browse, world: World):
    report = Report(organization_id=world.ocaso.pk, subject="Sin correo", body="No llega nada.")
    accept(report, key="k1", sender=world.ocaso_contact, channel="portal")
    page = browse(world.lead).get(PATH).text
    assert 'Retenidos <span class="count">1</span>' in page
