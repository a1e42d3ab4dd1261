"""What can be wrong with an installation: each trouble in one line, with its mend."""

from __future__ import annotations

import os
import shutil
import smtplib
import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from plazo.contracts.queries import published_policies
from plazo.kit import clock
from plazo.notices.models import Notice
from plazo.people.queries import active_administrators
from plazo.tickets.models import Event, Seal
from plazo.worker.clockwatch import LARGEST_DRIFT, database_drift
from plazo.worker.holds import standing_hold
from plazo.worker.models import Heartbeat, Setback

LEAST_FREE: Final = 1024**3
SILENT_AFTER: Final = timedelta(minutes=5)
STUCK_AFTER: Final = timedelta(hours=1)
UNSEALED_AFTER: Final = timedelta(days=2)
COUNT_STOPS_AT: Final = 1_000
LOCAL: Final = ("127.0.0.1", "localhost", "::1")


def troubles() -> Iterator[str]:
    """All that is wrong, nearest to the machine first; what rests on a missing part is not looked at."""
    for look in (_disk, _private_files, _exposure, _mail):
        yield from look()
    try:
        connection.ensure_connection()
    except OperationalError as error:
        yield f"No se alcanza la base de datos ({_first_line(error)}). Revise DATABASE_URL y el servidor."
        return
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield "Faltan migraciones. Ejecute: plazo migrate"
        return
    for look in (_durability, _clocks, _agreement, _work, _outbox):
        yield from look()


def _disk() -> Iterator[str]:
    data = settings.MEDIA_ROOT.parent
    for folder in {data, settings.MEDIA_ROOT} if settings.MEDIA_ROOT.exists() else {data}:
        if not os.access(folder, os.W_OK | os.X_OK):
            yield f"No se puede escribir en {folder}. Entréguela al usuario que ejecuta Plazo: chown."
    if shutil.disk_usage(data).free < LEAST_FREE:
        yield f"Queda menos de 1 GiB libre en {data}. Libere espacio o mueva PLAZO_DATA_DIR."


def _private_files() -> Iterator[str]:
    data = settings.MEDIA_ROOT.parent
    for path in sorted((data / "secret_key", *data.glob("demo-password*"), *_database_files())):
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077 and _reachable(path):
            yield f"{path} lo pueden leer otros. Ejecute: chmod 600 {path}"


def _database_files() -> Iterator[Path]:
    if connection.vendor == "sqlite" and (name := str(connection.settings_dict["NAME"])) != ":memory:":
        yield Path(name)


def _reachable(path: Path) -> bool:
    """Others get to the file only where its folder lets them through."""
    return bool(stat.S_IMODE(path.parent.stat().st_mode) & 0o011)


def _exposure() -> Iterator[str]:
    if settings.DEBUG:
        yield "PLAZO_DEBUG está encendido: los errores muestran datos. Apáguelo fuera de desarrollo."
    if "*" in settings.ALLOWED_HOSTS:
        yield 'PLAZO_HOSTS acepta cualquier nombre. Escriba los de su mesa: PLAZO_HOSTS=["mesa.ejemplo.cl"]'
    if not _is_local() and not settings.SESSION_COOKIE_SECURE:
        yield f"{settings.BASE_URL} se sirve sin cifrar. Ponga HTTPS delante y PLAZO_HTTPS=true."


def _is_local() -> bool:
    return urlsplit(settings.BASE_URL).hostname in LOCAL


def _mail() -> Iterator[str]:
    if settings.MAIL_TRANSPORT != "smtp":
        if not _is_local():
            yield "Los avisos no salen por correo. Indique el servidor: PLAZO_EMAIL_TRANSPORT=smtp"
        return
    connect = smtplib.SMTP_SSL if settings.EMAIL_USE_SSL else smtplib.SMTP
    try:
        connect(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=5).close()
    except (OSError, smtplib.SMTPException) as error:
        host = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
        yield f"El servidor de correo {host} no contesta ({_first_line(error)}). Revise PLAZO_EMAIL_HOST."


def _durability() -> Iterator[str]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous")
            if cursor.fetchone()[0] < 2:
                yield "SQLite puede perder lo último guardado al cortarse la luz. Use synchronous=FULL."
            return
        cursor.execute("SELECT current_setting('synchronous_commit'), current_setting('fsync')")
        if set(cursor.fetchone()) & {"off"}:
            yield "PostgreSQL puede perder lo último guardado. Encienda fsync y synchronous_commit."


def _clocks() -> Iterator[str]:
    drift = database_drift()
    if drift > LARGEST_DRIFT:
        yield f"Los relojes de este equipo y de la base difieren en {drift}. Sincronícelos (NTP)."
    if (hold := standing_hold()) is not None:
        yield f"El trabajo automático está detenido ({hold.reason}). Para seguir: plazo hold --lift"


def _agreement() -> Iterator[str]:
    if not active_administrators().exists():
        yield "Nadie administra la mesa. Agregue una persona con el rol de administración."
    if not published_policies().exists():
        yield "No hay un acuerdo publicado: no se pueden vender contratos. Publique uno en Administración."


def _work() -> Iterator[str]:
    now = clock.now()
    beat = Heartbeat.objects.order_by("-beat_at").values_list("beat_at", flat=True).first()
    if beat is None or now - beat > SILENT_AFTER:
        yield "Ningún trabajador da señales: los avisos y escalamientos no salen. Ejecute: plazo worker"
    for setback in Setback.objects.order_by("pk")[:10]:
        yield (
            f"El trabajo «{setback.subject}» falló {setback.failures} veces ({setback.error}). "
            "Se reintenta solo; si sigue, revise el registro del trabajador."
        )
    last = Seal.objects.order_by("-day").values_list("sealed_at", flat=True).first()
    first = Event.objects.order_by("recorded_at").values_list("recorded_at", flat=True).first()
    if first is not None and now - max(last or first, first) > UNSEALED_AFTER:
        yield "El historial no se sella desde hace más de dos días. Revise el registro del trabajador."


def _outbox() -> Iterator[str]:
    failed = Notice.objects.filter(state=Notice.FAILED)[:COUNT_STOPS_AT].count()
    if failed:
        yield f"{_about(failed)} avisos no se pudieron entregar. Corrija las direcciones en Administración."
    if Notice.objects.filter(state=Notice.WAITING, next_attempt_at__lt=clock.now() - STUCK_AFTER).exists():
        yield "Hay avisos atrasados en más de una hora. Revise el trabajador y el servidor de correo."


def _about(count: int) -> str:
    return f"{count} o más" if count == COUNT_STOPS_AT else str(count)


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
