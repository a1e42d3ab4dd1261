"""The real programs, on a database and a data folder of their own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import psycopg
from django.db import connection

PLAZO = str(Path(sys.executable).with_name("plazo"))
PATIENCE = 60.0


@dataclass
class Installation:
    """Where a desk of its own keeps its data. An empty `database` leaves the choice to Plazo."""

    data: Path
    database: str = ""

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        own = {"PLAZO_DATA_DIR": str(self.data), "DJANGO_SETTINGS_MODULE": "plazo.project.settings"}
        return kept | own | ({"DATABASE_URL": self.database} if self.database else {})

    def plazo(self, *words: str, timeout: float = PATIENCE) -> subprocess.CompletedProcess[str]:
        """Run one command to its end."""
        return subprocess.run(
            [PLAZO, *words],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )

    @contextmanager
    def running(self, *words: str) -> Iterator[Running]:
        """`plazo run` in a terminal of its own; whatever is left of it is ended."""
        output = self.data / "terminal.txt"
        with output.open("wb") as terminal:
            started = subprocess.Popen(
                [PLAZO, "run", *words],
                env=self.environment,
                stdout=terminal,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        found = Running(started, output)
        try:
            yield found
        finally:
            found.end()


@dataclass
class Running:
    """A desk that runs, and what its terminal shows."""

    process: subprocess.Popen[bytes]
    output: Path
    programs: list[psutil.Process] = field(default_factory=list)

    def reads(self, text: str) -> str:
        """All that the terminal shows once it shows that text."""
        end = time.monotonic() + PATIENCE
        while text not in (shown := self.output.read_text()):
            assert self.process.poll() is None, shown
            assert time.monotonic() < end, shown
            time.sleep(0.05)
        return shown

    def answers(self, port: int) -> None:
        """The web takes connections."""
        end = time.monotonic() + PATIENCE
        while not is_listening(port):
            assert time.monotonic() < end, self.output.read_text()
            time.sleep(0.05)
        self.programs = psutil.Process(self.process.pid).children(recursive=True)

    def cpu_seconds(self) -> float:
        """What it and its programs have worked so far."""
        own = psutil.Process(self.process.pid)
        times = [each.cpu_times() for each in (own, *own.children(recursive=True))]
        return sum(each.user + each.system for each in times)

    def press_ctrl_c(self) -> int:
        """As a terminal does: the signal goes to all that runs in it. The exit code."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(PATIENCE)

    def end(self) -> None:
        if self.process.poll() is None:
            left = psutil.Process(self.process.pid).children(recursive=True)
            self.process.kill()
            self.process.wait()
            for each in left:
                each.kill()


def is_listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def empty_database(name: str) -> Iterator[str]:
    """The address of a new database on the server of this run; "" where a file of its own will do."""
    if connection.vendor == "sqlite":
        yield ""
        return
    parts = connection.settings_dict
    server = f"postgresql://{parts['USER']}:{parts['PASSWORD']}@{parts['HOST']}:{parts['PORT']}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as session:
        session.execute(f'CREATE DATABASE "{name}"'.encode())
        try:
            yield f"{server}/{name}"
        finally:
            session.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())
