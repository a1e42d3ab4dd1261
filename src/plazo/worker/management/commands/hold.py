"""`plazo hold`: stops automatic work on all workers, or lets it go on."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from plazo.worker import holds


class Command(BaseCommand):
    help = "Hold automatic work (mail, escalations, closings) on all workers; --lift lets it go on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--reason", default="by hand", help="shown while it stands")
        parser.add_argument("--lift", action="store_true", help="let automatic work go on")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["lift"]:
            self.stdout.write(f"Lifted: {holds.lift_all()}.")
        else:
            self.stdout.write(f"Held: {holds.hold(options['reason'])}.")
