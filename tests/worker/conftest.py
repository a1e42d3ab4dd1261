"""Real worker processes beside the test, on the database of the run, and a real mail host."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.db import connection

from plazo.kit import clock
from plazo.notices.models import Notice
from plazo.tickets.actions import open_ticket
from plazo.tickets.models import Ticket
from tests.notices.sink import Sink
from tests.world import World, build_world

PATIENCE = 60.0  # seconds until something that must happen counts as not happening


@pytest.fixture
def sink() -> Iterator[Sink]:
    with Sink() as host:
        yield host


@pytest.fixture
def shared_database(transactional_db: None, tmp_path: Path) -> Iterator[str]:
    """The address of the test's database as other processes reach it; on SQLite it moves to a file."""
    if connection.vendor != "sqlite":
        parts = connection.settings_dict
        yield f"postgresql://{parts['USER']}:{parts['PASSWORD']}@{parts['HOST']}:{parts['PORT']}/{parts['NAME']}"
        return
    connection.ensure_connection()
    memory, name = connection.connection, connection.settings_dict["NAME"]
    file = tmp_path / "test.sqlite3"
    with sqlite3.connect(file) as copy:
        memory.backup(copy)
    copy.close()
    connection.connection, connection.settings_dict["NAME"] = None, str(file)
    try:
        yield f"sqlite:///{file}"
    finally:
        connection.close()
        connection.connection, connection.settings_dict["NAME"] = memory, name


@pytest.fixture
def live_world(shared_database: str) -> World:
    return build_world()


@dataclass
class Workers:
    """Starts worker processes, and ends those that are left."""

    environment: dict[str, str]
    folder: Path
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self) -> subprocess.Popen[bytes]:
        return self._run("django", "worker", "--tick", "0.1")

    def start_many(self, count: int) -> None:
        self._run("tests.worker.flock", str(count))

    def _run(self, *module: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", *module]
        with (self.folder / f"worker-{len(self.started)}.log").open("wb") as log:
            # A session of its own, so that its children end with it.
            worker = subprocess.Popen(
                command, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        self.started.append(worker)
        return worker

    def kill(self, worker: subprocess.Popen[bytes]) -> None:
        worker.send_signal(signal.SIGKILL)
        worker.wait()

    def stop_between_writes(self, worker: subprocess.Popen[bytes]) -> None:
        """Stop it where it holds no lock: on SQLite nobody else could write until it goes on."""
        end = time.monotonic() + PATIENCE
        worker.send_signal(signal.SIGSTOP)
        while not _may_write():
            assert time.monotonic() < end, self.log()
            worker.send_signal(signal.SIGCONT)
            time.sleep(0.02)
            worker.send_signal(signal.SIGSTOP)

    def end_all(self) -> None:
        for worker in self.started:
            if worker.poll() is None:
                os.killpg(worker.pid, signal.SIGKILL)
                worker.wait()

    def log(self) -> str:
        return "".join(path.read_text() for path in sorted(self.folder.glob("worker-*.log")))


def _may_write() -> bool:
    if connection.vendor != "sqlite":
        return True
    with closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=0.2, isolation_level=None)) as own:
        try:
            own.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return False
        return True


@pytest.fixture
def workers(shared_database: str, sink: Sink, tmp_path: Path) -> Iterator[Workers]:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "plazo.project.settings",
        "DATABASE_URL": shared_database,
        "PLAZO_DATA_DIR": str(tmp_path / "var"),
        "PLAZO_EMAIL_TRANSPORT": "smtp",
        "PLAZO_EMAIL_PORT": str(sink.port),
        "PLAZO_EMAIL_TLS": "0",
        # No slow machine misses them; where a worker dies, `end_leases` moves on to their end.
        "PLAZO_EMAIL_LEASE_SECONDS": "120",
        "PLAZO_EMAIL_ANSWER_SECONDS": "60",
    }
    found = Workers(environment, tmp_path)
    yield found
    found.end_all()


def opened(world: World) -> Ticket:
    return open_ticket(
        world.contact,
        organization=world.andes,
        contract_version=world.andes_contract,
        channel="portal",
        subject="No sale ninguna factura",
        body="Desde la mañana.",
        kind="ALTO-01",
    )


def wait_until(holds: Callable[[], bool], workers: Workers | None = None) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, workers.log() if workers else "it never came true"
        time.sleep(0.05)


def end_leases() -> None:
    """As if the time had passed that the dead may hold what they took."""
    Notice.objects.filter(leased_until__gt=clock.now()).update(leased_until=clock.now())


def states() -> set[str]:
    return set(Notice.objects.values_list("state", flat=True))
