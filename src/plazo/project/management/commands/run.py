"""`plazo run`: set up the database, keep the demo world fresh, start web and worker, stop both together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from plazo.project.demo import keeping
from plazo.project.demo.cast import ADMINISTRATOR, COMPANIES, DESK

STOPS_WITHIN = 20


class Command(BaseCommand):
    help = "Prepara todo, arma el mundo de demostración y levanta la web y el trabajador."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2, help="procesos de la web")

    def handle(self, *args: Any, **options: Any) -> None:
        port: int = options["port"]
        call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        started = time.monotonic()
        self.stdout.write("Preparando el mundo de demostración…")
        built = keeping.keep_fresh()
        if built is not None:
            took = time.monotonic() - started
            self.stdout.write(f"Listo: {built.tickets} tickets y {built.events} eventos en {took:.0f} s.")
        environment = os.environ | {"PLAZO_BASE_URL": f"http://127.0.0.1:{port}"}
        programs = [
            subprocess.Popen(command, env=environment)  # noqa: S603 - our own programs
            for command in _commands(port, options["workers"])
        ]
        self._greet(port)
        code = _watch(programs)
        if code:
            raise CommandError(f"Un proceso terminó por sí solo con código {code}; se detuvo el resto.")

    def _greet(self, port: int) -> None:
        lines = [
            "",
            f"  Mesa de ayuda:   http://127.0.0.1:{port}/",
            f"  Contraseña:      {keeping.password()}   (la misma para todos)",
            f"                   guardada en {settings.MEDIA_ROOT.parent}",
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


def _commands(port: int, workers: int) -> list[list[str]]:
    programs = Path(sys.executable).parent
    granian = [
        str(programs / "granian"),
        "--interface", "wsgi",
        "--host", "127.0.0.1",
        "--port", str(port),
        "--workers", str(workers),
        "--blocking-threads", "4",
        "--log-level", "warning",
        "plazo.project.wsgi:application",
    ]  # fmt: skip
    return [granian, [str(programs / "plazo"), "worker"]]


def _watch(programs: list[subprocess.Popen[bytes]]) -> int:
    """Wait for a signal, or for one program to end by itself; then stop all. The exit code of that one."""
    stopping = False

    def stop(*_: object) -> None:
        nonlocal stopping
        stopping = True

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    code = 0
    while not stopping:
        ended = [program for program in programs if program.poll() is not None]
        if ended:
            code = ended[0].returncode or 1
            break
        time.sleep(0.2)
    for program in programs:
        program.terminate()
    for program in programs:
        try:
            program.wait(STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            program.kill()
    return code
