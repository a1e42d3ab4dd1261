"""The desk's real programs, as `plazo run` starts them, killed and started again like any service."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from plazo.project.management.commands.run import commands

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120.0


@dataclass
class Desk:
    """Web and worker in sessions of their own, so that a kill takes all of one and nothing else."""

    environment: Mapping[str, str]
    folder: Path
    port: int
    web_processes: int = 2
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def start(self, *names: str) -> None:
        web, worker = commands(self.port, self.web_processes)
        programs = {"web": web, "worker": [*worker, "--tick", "0.1"]}
        for name in names:
            self.run(name, programs[name])

    def start_held(self, at: str) -> Path:
        """The web, held once at an instant named in `held_wsgi`; the file is there when it is reached."""
        flag = self.folder / "held"
        web, _ = commands(self.port, 1)
        found = filter(None, (str(ROOT), self.environment.get("PYTHONPATH")))
        more = {
            "PLAZO_TEST_HOLD_AT": at,
            "PLAZO_TEST_HOLD_FLAG": str(flag),
            "PYTHONPATH": os.pathsep.join(found),
        }
        self.run("web", [*web[:-1], "tests.faults.held_wsgi:application"], more)
        return flag

    def run(self, name: str, command: Sequence[str], more: Mapping[str, str] | None = None) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                command,
                env={**self.environment, **(more or {})},
                cwd=self.folder,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def await_web(self) -> None:
        """Until a page is answered; a web that ended by itself is started again, as a service is."""
        end = time.monotonic() + PATIENCE
        while not self._answers():
            assert time.monotonic() < end, self.log()
            if self.running["web"].poll() is not None:
                self.kill("web")
                self.start("web")
            time.sleep(0.05)

    def await_that(self, holds: Callable[[], bool]) -> None:
        """What must happen happens in `PATIENCE` seconds."""
        end = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < end, self.log()
            time.sleep(0.05)

    def kill(self, name: str) -> None:
        """kill -9 of a program with all its processes."""
        program = self.running[name]
        try:
            os.killpg(program.pid, signal.SIGKILL)
        except ProcessLookupError:
            assert program.poll() is not None
        program.wait()

    def kill_one_web_process(self) -> bool:
        """kill -9 of the process that has answered longest; False when there was none."""
        try:
            oldest = min(psutil.Process(self.running["web"].pid).children(), key=psutil.Process.create_time)
            oldest.send_signal(signal.SIGKILL)
        except (psutil.NoSuchProcess, ValueError):
            return False
        return True

    def end(self) -> None:
        for name in self.running:
            self.kill(name)

    def log(self) -> str:
        return "".join(path.read_text()[-6_000:] for path in sorted(self.folder.glob("*.log")))

    def manage(self, *words: str) -> subprocess.CompletedProcess[str]:
        """A command of the desk, run to its end."""
        command = [Path(sys.executable).with_name("plazo"), *words]
        return subprocess.run(
            command, env=dict(self.environment), capture_output=True, text=True, check=False, timeout=120
        )

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.base}cuenta/ingresar/", timeout=5) as answer:  # noqa: S310 - our own
                return bool(answer.status == 200)
        except OSError:
            return False
