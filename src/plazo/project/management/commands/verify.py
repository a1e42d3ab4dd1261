"""`plazo verify`: recompute every ticket from its timeline, and check chain and seals."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import CommandError

from plazo.kit.command import PlainCommand
from plazo.tickets.verify import Verification

SHOWN = 50


class Command(PlainCommand):
    help = "Recalcula cada ticket desde su historial y revisa la cadena y los sellos."

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        verification = Verification()
        found = 0
        for difference in verification:
            found += 1
            if found <= SHOWN:
                place = "sello" if difference.ticket is None else f"ticket {difference.ticket}"
                self.stdout.write(
                    f"{place}: {difference.where} {difference.name}: "
                    f"guardado {difference.stored!r}, corresponde {difference.expected!r}"
                )
        took = max(time.monotonic() - started, 0.001)
        looked = (
            f"{verification.tickets} tickets, {verification.events} eventos, {verification.seals} sellos "
            f"en {took:.1f} s"
        )
        if found:
            raise CommandError(f"{found} diferencias en {looked}.")
        self.stdout.write(f"Sin diferencias: {looked}.")
