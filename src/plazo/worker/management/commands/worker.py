"""`plazo worker`: fires what falls due, delivers notices, keeps house."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from plazo.notices.transports import configured
from plazo.worker.program import Worker


class Command(BaseCommand):
    help = "Fire what falls due and deliver notices, until Ctrl-C. Any number may run side by side."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--deliverers", type=int, default=2, help="messages on their way at a time")
        parser.add_argument("--tick", type=float, default=1.0, help="seconds between looks")

    def handle(self, *args: Any, **options: Any) -> None:
        Worker(configured(), deliverers=options["deliverers"], tick=options["tick"]).run()
