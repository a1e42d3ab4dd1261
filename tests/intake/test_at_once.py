"""The same report sent several times at the same moment is one ticket, on both databases."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection, connections
from django.db.models import Model

from plazo.intake.accept import Accepted, accept
from plazo.intake.models import Submission
from plazo.intake.refusals import KeyReused
from plazo.intake.report import Report
from plazo.tickets.models import Event, Message, Ticket
from tests.world import World, build_world

SENDINGS = 4


@pytest.fixture
def threads(transactional_db: None, tmp_path: Path) -> Threads:
    return Threads(build_world(), tmp_path / "plazo.sqlite3")


class Threads:
    """Threads that all see the cast: on SQLite a copy on disk, as its database in memory never waits."""

    def __init__(self, world: World, copy: Path) -> None:
        self.world = world
        self.settings = dict(connection.settings_dict)
        if connection.vendor == "sqlite":
            with closing(sqlite3.connect(copy)) as target:
                connection.connection.backup(target)
            self.settings["NAME"] = str(copy)

    def run(self, work: Callable[[int], Any], times: int = SENDINGS) -> list[Any]:
        """What each thread got, all begun at the same moment."""
        start = Barrier(times)

        def apart(number: int) -> Any:
            start.wait(timeout=20)
            try:
                return work(number)
            finally:
                connection.close()

        # Only connections opened meanwhile take these settings; the test's own keeps its dictionary.
        with patch.dict(connections.settings, default=self.settings), ThreadPoolExecutor(times) as pool:
            return list(pool.map(apart, range(times)))

    def rows(self, *models: type[Model]) -> list[int]:
        """How many rows there are where the threads wrote."""
        (counts,) = self.run(lambda _: [model._default_manager.count() for model in models], times=1)
        return list(counts)


def send(world: World, body: str) -> Accepted | None:
    report = Report(organization_id=world.andes.pk, subject="Asunto", body=body)
    try:
        result = accept(report, key="k1", sender=world.contact, channel="portal")
    except KeyReused:
        return None
    assert isinstance(result, Accepted)
    return result


def test_a_double_click_makes_one_ticket(threads: Threads) -> None:
    results = threads.run(lambda _: send(threads.world, "Texto"))
    assert len({result.ticket.pk for result in results}) == 1
    assert sum(result.created for result in results) == 1
    assert threads.rows(Ticket, Submission, Message, Event) == [1, 1, 1, 1]


def test_different_contents_under_one_key_make_one_ticket_and_refusals(threads: Threads) -> None:
    results = threads.run(lambda number: send(threads.world, f"Texto {number}"))
    assert sum(result is not None for result in results) == 1
    assert threads.rows(Ticket, Submission) == [1, 1]
