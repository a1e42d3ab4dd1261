"""Many people at once, and two on one ticket: nobody is told of a lock, nobody writes over another."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.urls import reverse

from plazo.notices.models import Notice
from tests.faults.browser import Browser, Page
from tests.faults.conftest import Database, Opens
from tests.faults.ledger import REPLY, REPORT, Entry, Ledger
from tests.faults.people import CLASHED, Crowd, send_reply, send_report
from tests.notices.sink import Sink
from tests.world import PASSWORD

WRITES = 60
ROUNDS = 4


@pytest.mark.parametrize("own_database", ["on_sqlite"], indirect=True)
def test_eight_writers_and_a_worker_never_meet_a_locked_database(
    own_database: Database, open_desk: Opens, ledger: Ledger, sink: Sink
) -> None:
    desk, world = open_desk(own_database), own_database.world
    desk.start("web", "worker")
    desk.await_web()
    crowd = Crowd(desk.base, ledger)
    with crowd.at_work(
        contacts=[
            world.contact,
            world.colleague,
            world.client_administrator,
            world.norte_contact,
            world.sur_contact,
        ],
        consultants=[world.consultant, world.other_consultant, world.lead],
    ):
        crowd.await_entries(WRITES)
    desk.await_that(lambda: not Notice.objects.filter(state=Notice.WAITING).exists())
    assert not crowd.met
    assert "locked" not in desk.log()
    desk.end()
    ledger.check_rows()
    ledger.check_files()
    ledger.check_notices(sink)


def test_of_two_who_answer_one_ticket_at_once_the_second_is_told_and_keeps_the_text(
    own_database: Database, open_desk: Opens, ledger: Ledger
) -> None:
    desk, world = open_desk(own_database), own_database.world
    desk.start("web")
    desk.await_web()
    contact, first, second = (Browser(desk.base) for _ in range(3))
    people = (world.contact, world.consultant, world.other_consultant)
    for browser, person in zip((contact, first, second), people, strict=True):
        browser.sign_in(person.email, PASSWORD, path=reverse("account_login"))
    for _ in range(ROUNDS):
        report = send_report(contact, ledger.open(REPORT))
        answers = answer_at_once((first, second), ledger, report)
        assert sorted(page.status for _, page in answers) == [302, CLASHED]
        ((entry, refused),) = [each for each in answers if each[1].status == CLASHED]
        path = reverse("desk-reply", args=[report.ticket])
        assert refused.form(path)["body"].strip() == entry.body
    desk.kill("web")
    ledger.check_rows()


def answer_at_once(
    browsers: tuple[Browser, Browser], ledger: Ledger, report: Entry
) -> list[tuple[Entry, Page]]:
    """Both have the page open and send at the same moment; the first answer to each."""
    together = threading.Barrier(len(browsers))

    def answer(browser: Browser) -> tuple[Entry, Page]:
        entry = ledger.open(REPLY, report.ticket)
        return entry, send_reply(browser, entry, before=lambda: together.wait(timeout=60))

    with ThreadPoolExecutor(len(browsers)) as pool:
        return list(pool.map(answer, browsers))
