"""Terms, policies and an installation, asked about in a terminal."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from plazo.kit import clock
from plazo.tickets import actions
from plazo.tickets.models import Event, Ticket
from plazo.worker.models import Heartbeat
from tests.browser.arrivals import arrived
from tests.browser.programs import Installation
from tests.worker.conftest import shared_database
from tests.world import POLICY, World, build_world

__all__ = ["shared_database"]

pytestmark = [pytest.mark.story, pytest.mark.django_db(transaction=True)]

DUE = (
    "due", "--policy", str(POLICY), "--window", "8x5", "--level", "premium",
    "--priority", "high", "--at", "2026-09-17T17:30",
)  # fmt: skip
RESPONSE = """\
Le respondemos a más tardar el lunes 21 de septiembre, 11:30 (hora de Santiago).
1. Jueves 17, 17:30 a 18:00: 30 min.
2. Viernes 18: feriado legal (Independencia Nacional); sábado 19: feriado legal (Día de las Glorias \
del Ejército) y fuera de su horario; domingo 20: fuera de su horario. No se cuenta.
3. Lunes 21, 9:00 a 11:30: 2 h 30 min.
Suma: 3 h.
Según el acuerdo: Una vez reportado un incidente a la mesa de ayuda, un consultor de soporte se comunica con \
el cliente dentro del tiempo de respuesta de la tabla, según la prioridad asignada al incidente. Es el \
tiempo asegurado que demora nuestro equipo en responder a una solicitud o requerimiento de soporte.
"""


@pytest.fixture
def terminal(tmp_path: Path) -> Installation:
    """A terminal on a machine without a desk."""
    return Installation(tmp_path)


@pytest.fixture
def desk(shared_database: str, tmp_path: Path) -> Installation:
    """A desk with a few tickets, of which other processes read."""
    return Installation(tmp_path, shared_database)


@pytest.fixture
def world_of_the_desk(desk: Installation) -> World:
    """Somebody asked forty minutes ago, and was answered."""
    world = build_world()
    asked_at = clock.now() - timedelta(minutes=40)
    ticket = arrived(world, "No salen las facturas", at=asked_at)
    with clock.at(asked_at + timedelta(minutes=10)):
        actions.reply(ticket.pk, actor=world.consultant, body="Lo vemos.")
    return world


def test_the_term_of_the_example_is_printed_with_its_reasons(terminal: Installation) -> None:
    asked = terminal.plazo(*DUE)
    assert (asked.returncode, asked.stderr) == (0, "")
    assert asked.stdout == RESPONSE


def test_the_solution_is_owed_at_four_times_the_term(terminal: Installation) -> None:
    asked = terminal.plazo(*DUE, "--metric", "resolution")
    first, *_, total, _clause = asked.stdout.splitlines()
    assert first == "La solución se debe a más tardar el martes 22 de septiembre, 12:30 (hora de Santiago)."
    assert total == "Suma: 12 h = 4 × 3 h."


def test_the_same_answer_comes_as_data(terminal: Installation) -> None:
    answer = json.loads(terminal.plazo(*DUE, "--json").stdout)
    assert answer["due_at"] == "2026-09-21T11:30:00-03:00"
    assert [item["type"] for item in answer["explanation"]["items"]] == ["counted", "closed", "counted"]


def test_a_policy_is_checked_shown_and_compared(terminal: Installation, tmp_path: Path) -> None:
    checked = terminal.plazo("policy", "check", str(POLICY))
    assert (checked.returncode, checked.stdout) == (0, f"{POLICY}: en orden (versión 1, 35 tipos).\n")
    assert terminal.plazo("policy", "show", str(POLICY)).stdout.startswith(
        "# Tipos de soporte y niveles de servicio\n"
    )
    page = terminal.plazo("policy", "show", str(POLICY), "--format", "html")
    assert page.stdout.startswith("<!doctype html>")

    source = POLICY.read_text(encoding="utf-8").replace("\nversion: 1", "\nversion: 2")
    newer, broken = tmp_path / "v2.yaml", tmp_path / "mala.yaml"
    newer.write_text(source.replace("premium: 3h", "premium: 2h"), encoding="utf-8")
    broken.write_text(source.replace("premium: 3h", "premium: 40h"), encoding="utf-8")
    assert terminal.plazo("policy", "diff", str(POLICY), str(newer)).stdout.splitlines() == [
        "Acuerdo, versión: de «1» a «2».",
        "Respuesta, prioridad Alta, nivel Premium, plazo: de «3 h» a «2 h».",
        "Solución, prioridad Alta, nivel Premium, plazo: de «12 h» a «8 h».",
    ]
    refused = terminal.plazo("policy", "check", str(broken))
    assert refused.returncode == 1
    place = f"{broken}, línea 167, columna 9, targets.response.terms.high.premium"
    assert place in refused.stdout + refused.stderr


def test_verify_finds_nothing_until_somebody_touches_a_row(
    desk: Installation, world_of_the_desk: World
) -> None:
    sound = desk.plazo("verify")
    assert sound.returncode == 0, sound.stderr
    assert sound.stdout.startswith("Sin diferencias: 1 tickets, ")

    ticket = Ticket.objects.get()
    Ticket.objects.update(queue_at=clock.now())
    answer = Event.objects.get(code="replied")
    Event.objects.filter(pk=answer.pk).update(body=answer.body.replace("false", "true"))
    touched = desk.plazo("verify")
    assert touched.returncode == 1
    assert f"ticket {ticket.pk}: " in touched.stdout
    assert "diferencias en" in touched.stderr


def test_doctor_names_what_is_wrong_and_how_to_mend_it(desk: Installation, world_of_the_desk: World) -> None:
    silent = "- Ningún trabajador da señales: los avisos y escalamientos no salen. Ejecute: plazo worker"
    ill = desk.plazo("doctor")
    assert ill.returncode == 1
    assert silent in ill.stdout.splitlines()

    Heartbeat.objects.create(name="trabajador", started_at=clock.now(), beat_at=clock.now())
    well = desk.plazo("doctor")
    assert silent not in well.stdout.splitlines()
    if connection.vendor == "sqlite":
        assert well.stdout == "Todo en orden.\n"
        assert well.returncode == 0
