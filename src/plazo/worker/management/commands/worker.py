"""`plazo worker`: fires what falls due, delivers notices, keeps house."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from plazo.kit.command import PlainCommand
from plazo.notices.transports import configured
from plazo.worker.program import Worker


class Command(PlainCommand):
    help = "Registra lo que vence y entrega los avisos, hasta Ctrl-C. Pueden correr varios."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--deliverers", type=int, default=2, help="avisos que se entregan a la vez")
        parser.add_argument(
            "--tick", type=float, default=1.0, help="segundos entre una mirada y la siguiente"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        Worker(configured(), deliverers=options["deliverers"], tick=options["tick"]).run()
