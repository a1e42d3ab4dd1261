"""`plazo doctor`: what is wrong with this installation, and how to mend it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError

from plazo.kit.command import PlainCommand
from plazo.project.inspection import troubles


class Command(PlainCommand):
    help = "Dice qué está mal en la instalación y cómo arreglarlo."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        found = 0
        for trouble in troubles():
            found += 1
            self.stdout.write(f"- {trouble}")
        if found:
            raise CommandError("1 cosa por arreglar." if found == 1 else f"{found} cosas por arreglar.")
        self.stdout.write("Todo en orden.")
