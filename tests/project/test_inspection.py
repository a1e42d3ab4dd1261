"""What the doctor sees."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from plazo.kit import clock
from plazo.notices.models import Notice
from plazo.people.models import Person
from plazo.project import inspection
from plazo.project.inspection import troubles
from plazo.worker.holds import hold
from plazo.worker.models import Heartbeat, Setback
from tests.notices.conftest import opened
from tests.world import NOW, World

pytestmark = pytest.mark.django_db


durability = inspection._durability


@pytest.fixture(autouse=True)
def own_place(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder that only its owner enters, and a database that keeps time and what it is told."""
    monkeypatch.setattr(inspection, "database_drift", timedelta)
    monkeypatch.setattr(inspection, "_durability", lambda: iter(()))
    tmp_path.chmod(0o700)
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.BASE_URL = "http://127.0.0.1:8000"
    settings.MAIL_TRANSPORT = "file"
    return tmp_path


@pytest.fixture
def working(world: World) -> Iterator[World]:
    """A desk with a worker that lives."""
    with clock.at(NOW):
        Heartbeat.objects.create(name="uno", started_at=NOW, beat_at=NOW)
        yield world


def found() -> str:
    return "\n".join(troubles())


def test_a_desk_in_order_has_no_trouble(working: World, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("doctor")
    assert capsys.readouterr().out == "Todo en orden.\n"


def test_troubles_are_counted_and_end_with_an_error(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CommandError, match=r"^1 cosa por arreglar\.$"):
        call_command("doctor")
    assert "plazo worker" in capsys.readouterr().out


def test_an_empty_database_lacks_administrator_agreement_and_worker() -> None:
    text = found()
    assert "Nadie administra la mesa" in text
    assert "No hay un acuerdo publicado" in text
    assert "Ningún trabajador da señales" in text


def test_a_worker_silent_for_five_minutes_is_missed(working: World) -> None:
    with clock.at(NOW + timedelta(minutes=5)):
        assert found() == ""
    with clock.at(NOW + timedelta(minutes=5, seconds=1)):
        assert "Ningún trabajador da señales" in found()


def test_a_secret_that_others_can_read_is_named(working: World, own_place: Path) -> None:
    secret = own_place / "secret_key"
    secret.touch(mode=0o644)
    secret.chmod(0o644)
    assert found() == "", "nobody else enters the folder"
    own_place.chmod(0o755)
    assert f"chmod 600 {secret}" in found()
    secret.chmod(0o600)
    assert str(secret) not in found()


def test_debug_and_open_hosts_are_faults(working: World, settings: Any) -> None:
    settings.DEBUG = True
    settings.ALLOWED_HOSTS = ["*"]
    assert "PLAZO_DEBUG" in found()
    assert "PLAZO_HOSTS" in found()


def test_a_public_address_needs_https_and_mail(working: World, settings: Any) -> None:
    settings.BASE_URL = "http://mesa.example"
    assert "PLAZO_HTTPS=true" in found()
    assert "PLAZO_EMAIL_TRANSPORT=smtp" in found()
    settings.SESSION_COOKIE_SECURE = True
    assert "PLAZO_HTTPS=true" not in found()


def test_a_mail_host_that_does_not_answer_is_named(working: World, settings: Any) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        settings.MAIL_TRANSPORT = "smtp"
        settings.EMAIL_HOST, settings.EMAIL_PORT = unused.getsockname()
        assert f"127.0.0.1:{settings.EMAIL_PORT} no contesta" in found()


def test_clocks_far_apart_are_shown(working: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspection, "database_drift", lambda: timedelta(minutes=2))
    assert "difieren en 0:02:00" in found()


def test_a_database_that_may_lose_commits_is_shown(working: World) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL synchronous_commit = off")
            assert "PostgreSQL puede perder" in "".join(durability())
        else:
            assert "".join(durability()) == "", "as the settings ask for"


def test_a_hold_is_shown_with_the_way_out(working: World) -> None:
    hold("el reloj saltó")
    assert "el reloj saltó" in found()
    assert "plazo hold --lift" in found()


def test_work_that_keeps_failing_is_shown_with_its_error(working: World) -> None:
    Setback.objects.create(subject="ticket:12", failures=4, error="boom", failed_at=NOW, retry_at=NOW)
    assert "«ticket:12» falló 4 veces (boom)" in found()


def test_failed_and_stuck_notices_are_shown(working: World) -> None:
    opened(working)
    notice = Notice.objects.order_by("pk").first()
    assert notice is not None
    assert found() == ""
    with clock.at(NOW + timedelta(hours=2)):
        assert "avisos atrasados en más de una hora" in found()
    Notice.objects.update(state=Notice.FAILED)
    assert f"{Notice.objects.count()} avisos no se pudieron entregar" in found()


def test_a_timeline_without_a_seal_for_two_days_is_shown(working: World) -> None:
    opened(working)
    with clock.at(NOW + timedelta(days=2)):
        assert "no se sella" not in found()
    with clock.at(NOW + timedelta(days=2, seconds=1)):
        assert "no se sella" in found()


def test_without_a_database_only_that_is_said_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise OperationalError("connection refused\nIs the server running?")

    monkeypatch.setattr(connection, "ensure_connection", away)
    assert (
        found() == "No se alcanza la base de datos (connection refused). Revise DATABASE_URL y el servidor."
    )


def test_the_last_administrator_gone_is_a_fault(working: World) -> None:
    Person.objects.filter(pk=working.administrator.pk).update(is_active=False)
    assert "Nadie administra la mesa" in found()
