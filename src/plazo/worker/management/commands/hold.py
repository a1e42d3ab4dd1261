"""`plazo hold`: stops automatic work on all workers, or lets it go on."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from plazo.kit.command import PlainCommand
from plazo.worker import holds


class Command(PlainCommand):
    help = "Detiene el trabajo automático (avisos, escalamientos, cierres) de todos los trabajadores."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--reason", default="a mano", help="se muestra mientras dure")
        parser.add_argument("--lift", action="store_true", help="deja que el trabajo siga")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["lift"]:
            self.stdout.write(f"Detenciones levantadas: {holds.lift_all()}.")
        else:
            self.stdout.write(f"Detenido: {holds.hold(options['reason'])}. Para que siga: plazo hold --lift")
