"""`plazo doctor`: what is wrong with this installation, and how to mend it."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from plazo.contracts.queries import published_policies
from plazo.kit import clock
from plazo.people.queries import active_administrators
from plazo.worker.models import Heartbeat

LEAST_FREE = 1024**3
SILENT_AFTER = timedelta(minutes=5)


class Command(BaseCommand):
    help = "Dice qué está mal en la instalación y cómo arreglarlo."

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(_troubles())
        for trouble in found:
            self.stdout.write(f"- {trouble}")
        if found:
            raise CommandError(f"{len(found)} cosas por arreglar.")
        self.stdout.write("Todo en orden.")


def _troubles() -> Iterator[str]:
    yield from _files()
    try:
        connection.ensure_connection()
    except OperationalError as error:
        yield f"No se alcanza la base de datos ({error}). Revise DATABASE_URL y el servidor."
        return
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield "Faltan migraciones. Ejecute: plazo migrate"
        return
    yield from _rows()


def _files() -> Iterator[str]:
    data = settings.MEDIA_ROOT.parent
    if shutil.disk_usage(data).free < LEAST_FREE:
        yield f"Queda menos de 1 GiB libre en {data}. Libere espacio o mueva PLAZO_DATA_DIR."
    for name in ("secret_key", "demo-password"):
        path = data / name
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            yield f"{path} lo pueden leer otros. Ejecute: chmod 600 {path}"
    if settings.DEBUG:
        yield "PLAZO_DEBUG está encendido. Apáguelo fuera de desarrollo."


def _rows() -> Iterator[str]:
    if not active_administrators().exists():
        yield "Nadie administra la mesa. Agregue una persona con el rol de administración."
    if not published_policies().exists():
        yield "No hay un acuerdo publicado: no se pueden vender contratos. Publique uno en Administración."
    beat = Heartbeat.objects.order_by("-beat_at").values_list("beat_at", flat=True).first()
    if beat is None or clock.now() - beat > SILENT_AFTER:
        yield "Ningún trabajador da señales: los avisos y escalamientos no salen. Ejecute: plazo worker"
