"""`plazo run`: set up the database, keep the demo world fresh, start web and worker, stop both together."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from threading import Event
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError, CommandParser

from plazo.kit.command import PlainCommand
from plazo.project.demo import keeping
from plazo.project.demo.build import TICKETS
from plazo.project.demo.cast import ADMINISTRATOR, COMPANIES, DESK

STOPS_WITHIN = 20.0
LOOKS_EVERY = 0.2
LAST_PORT = 65535


class Command(PlainCommand):
    help = "Prepara todo, arma el mundo de demostración y levanta la web y el trabajador."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="puerto de la web")
        parser.add_argument("--workers", type=int, default=2, help="procesos de la web")
        parser.add_argument(
            "--tickets", type=int, default=TICKETS, help="tamaño del mundo de demostración, cuando se arma"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        port: int = options["port"]
        _check(port, options["workers"], options["tickets"])
        call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        started = time.monotonic()
        self.stdout.write("Preparando el mundo de demostración…")
        built = keeping.keep_fresh(tickets=options["tickets"])
        if built is not None:
            took = time.monotonic() - started
            self.stdout.write(f"Listo: {built.tickets} tickets y {built.events} eventos en {took:.0f} s.")
        environment = os.environ | {"PLAZO_BASE_URL": f"http://127.0.0.1:{port}"}
        stopping = _stop_signals()
        programs: list[subprocess.Popen[bytes]] = []
        try:
            for command in commands(port, options["workers"]):
                # In groups of their own: Ctrl-C reaches this process alone, which stops them in order.
                programs.append(subprocess.Popen(command, env=environment, process_group=0))  # noqa: S603 - ours
            while _all_run(programs) and not _answers(port) and not stopping.wait(LOOKS_EVERY):
                pass
            if _all_run(programs):
                self._greet(port)
            code = _watch(programs, stopping)
        finally:
            _end(programs)
        if code:
            raise CommandError(f"Un proceso terminó por sí solo con código {code}; se detuvo el resto.")

    def _greet(self, port: int) -> None:
        lines = [
            "",
            f"  Mesa de ayuda:   http://127.0.0.1:{port}/",
            f"  Contraseña:      {keeping.password()}   (la misma para todos)",
            f"                   guardada en {keeping.password_file()}",
            "",
            f"  Solicitante      contacto2@{COMPANIES[0].key}.example",
            f"  Adm. del cliente contacto1@{COMPANIES[0].key}.example",
            f"  Consultora       {DESK[1][0]}",
            f"  Jefatura         {DESK[0][0]}",
            f"  Administración   {ADMINISTRATOR[0]}",
            "",
            "  Ctrl-C detiene todo.",
            "",
        ]
        self.stdout.write("\n".join(lines))


def _check(port: int, workers: int, tickets: int) -> None:
    """Refuse what cannot work, before anything is started."""
    if not 1 <= port <= LAST_PORT:
        raise CommandError(f"El puerto debe estar entre 1 y {LAST_PORT}.")
    if workers < 1:
        raise CommandError("La web necesita al menos un proceso: --workers 1.")
    if tickets < 0:
        raise CommandError("El mundo de demostración no puede tener menos de 0 tickets.")
    with socket.socket() as probe:
        # As the web binds it, save for SO_REUSEPORT: that lets two desks share a port without a word.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise CommandError(f"El puerto {port} es del sistema; {_another(port)}") from None
        except OSError:
            raise CommandError(f"El puerto {port} está ocupado; {_another(port)}") from None


def _another(port: int) -> str:
    return f"elija otro: {_program()} run --port {8700 if port != 8700 else 8701}"


def _program() -> str:
    """How to call us again: `make run` uses a program that is on nobody's path."""
    called = sys.argv[0]
    return called if Path(called).name == "plazo" and shutil.which("plazo") is None else "plazo"


def commands(port: int, workers: int) -> list[list[str]]:
    """How the web and the worker are started."""
    programs = Path(sys.executable).parent
    granian = [
        str(programs / "granian"),
        "--interface", "wsgi",
        "--host", "127.0.0.1",
        "--port", str(port),
        "--workers", str(workers),
        "--blocking-threads", "4",
        # One process killed must not end the others' work.
        "--respawn-failed-workers",
        "--log-level", "warning",
        "plazo.project.wsgi:application",
    ]  # fmt: skip
    return [granian, [str(programs / "plazo"), "worker"]]


def _stop_signals() -> Event:
    """Set once somebody asks to stop: Ctrl-C, a service manager, a terminal that closes."""
    stopping = Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stopping.set())
    return stopping


def _all_run(programs: list[subprocess.Popen[bytes]]) -> bool:
    return all(program.poll() is None for program in programs)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _watch(programs: list[subprocess.Popen[bytes]], stopping: Event) -> int:
    """Wait for a signal, or for one program to end by itself. The exit code of that one."""
    while _all_run(programs) and not stopping.wait(LOOKS_EVERY):
        pass
    ended = [program.returncode or 1 for program in programs if program.poll() is not None]
    return 0 if stopping.is_set() else ended[0]


def _end(programs: list[subprocess.Popen[bytes]]) -> None:
    """Stop all that still run, by force what does not listen."""
    for program in programs:
        program.terminate()
    for program in programs:
        try:
            program.wait(STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            os.killpg(program.pid, signal.SIGKILL)
