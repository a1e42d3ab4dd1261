"""Kills at the instants that chance would rarely hit: real programs, held there."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psutil
import pytest
from django.urls import reverse

from plazo.notices.models import Notice
from plazo.tickets.models import Ticket
from tests.faults.browser import Browser
from tests.faults.conftest import Database, Opens, environment_of
from tests.faults.ledger import REPORT, Ledger
from tests.faults.people import send_report
from tests.faults.processes import PATIENCE, Desk
from tests.notices.sink import Sink
from tests.worker.conftest import opened
from tests.world import PASSWORD


@pytest.mark.parametrize(
    ("at", "own_database", "tickets_then"),
    [
        ("after the files", "on_sqlite", 0),
        ("inside the transaction", "on_sqlite", 0),
        ("inside the transaction", "on_postgres", 0),
        ("before the answer", "on_postgres", 1),
    ],
    indirect=["own_database"],
)
def test_the_web_killed_at_an_instant_takes_the_same_report_once(
    at: str, own_database: Database, tickets_then: int, open_desk: Opens, ledger: Ledger
) -> None:
    desk = open_desk(own_database)
    reached = desk.start_held(at)
    desk.await_web()
    browser = Browser(desk.base)
    browser.sign_in(own_database.world.contact.email, PASSWORD, path=reverse("account_login"))
    with ThreadPoolExecutor(1) as pool:
        sending = pool.submit(send_report, browser, ledger.open(REPORT))
        desk.await_that(reached.exists)
        desk.kill("web")
        assert Ticket.objects.count() == tickets_then
        desk.start("web")
        sending.result(timeout=PATIENCE)
    assert browser.met.total() > 0
    desk.kill("web")
    ledger.check_rows()
    # What the killed request had stored and no row refers to, or the repeated one stored in vain.
    assert ledger.check_files() <= 1


def test_the_worker_killed_while_it_connects_sends_one_copy(
    own_database: Database, open_desk: Opens, tmp_path: Path
) -> None:
    desk = open_desk(own_database)
    opened(own_database.world)
    with deaf_host() as port:
        desk.environment = environment_of(own_database.url, tmp_path / "var", port)
        desk.start("worker")
        desk.await_that(lambda: is_connecting(desk, port))
        desk.kill("worker")
    notice = Notice.objects.get()
    tried = notice.attempts  # once, or again where the machine was slower than the lease
    assert tried >= 1
    assert (notice.state, notice.fence) == (Notice.WAITING, tried)
    with Sink(port) as sink:
        desk.start("worker")
        desk.await_that(lambda: not Notice.objects.filter(state=Notice.WAITING).exists())
        desk.kill("worker")
    assert [each.raw for each in sink.received] == [bytes(notice.raw)]
    notice.refresh_from_db()
    assert (notice.state, notice.attempts, notice.fence) == (Notice.SENT, tried + 1, tried + 1)


@contextmanager
def deaf_host() -> Iterator[int]:
    """A mail host whose machine is there and takes no connection: its queue of callers is full."""
    with ExitStack() as callers:
        listening = callers.enter_context(socket.socket())
        listening.bind(("127.0.0.1", 0))
        listening.listen(0)
        callers.enter_context(socket.create_connection(listening.getsockname()))
        yield listening.getsockname()[1]


def is_connecting(desk: Desk, port: int) -> bool:
    worker = psutil.Process(desk.running["worker"].pid)
    return any(
        each.status == psutil.CONN_SYN_SENT and each.raddr and each.raddr[1] == port
        for each in worker.net_connections("tcp")
    )
