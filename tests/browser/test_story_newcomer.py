"""A newcomer starts the desk, signs in as each role, stops it, and starts it again."""

from __future__ import annotations

import re
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from pgcluster import reserved_port
from tests.browser.programs import Installation, empty_database, is_listening
from tests.browser.visits import Visits, link, sign_in

pytestmark = pytest.mark.story

RESTART = 30.0  # seconds of its own work, which other programs do not lengthen

FIRST_PAGES = {
    "Solicitante": ("Inicio", "Tickets", "Contrato"),
    "Adm. del cliente": ("Inicio", "Personas", "Cumplimiento"),
    "Consultora": ("Cola", "Llamada"),
    "Jefatura": ("Cola", "Cumplimiento", "Exenciones", "Retenidos"),
    "Administración": ("Cola", "Administración"),
}


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    with empty_database(f"newcomer_{tmp_path.stat().st_ino}") as database:
        yield Installation(tmp_path, database)


def line(shown: str, name: str) -> str:
    """What stands behind a name on the terminal."""
    found = re.search(rf"^\s+{re.escape(name)}:?\s+(\S+)", shown, re.MULTILINE)
    assert found, shown
    return found[1]


def test_a_newcomer_runs_the_desk_enters_as_each_role_and_stops_it(
    installation: Installation, new_context: Callable[..., Any]
) -> None:
    port = reserved_port()
    options = ("--port", str(port), "--workers", "1", "--tickets", "12")
    with installation.running(*options) as desk:
        shown = desk.reads("Ctrl-C detiene todo.")
        assert re.search(r"Listo: \d+ tickets y \d+ eventos", shown)
        password = line(shown, "Contraseña")
        file = Path(line(shown, "guardada en"))
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert file.read_text().strip() == password
        address = line(shown, "Mesa de ayuda")
        assert address == f"http://127.0.0.1:{port}/"
        desk.answers(port)
        enter_as_each(shown, Visits(address, new_context), password)
        assert desk.press_ctrl_c() == 0
        assert not any(each.is_running() for each in desk.programs)
        assert len(desk.programs) >= 2
        assert not is_listening(port)
        assert "Traceback" not in desk.output.read_text()

    with installation.running(*options) as desk:
        again = desk.reads("Ctrl-C detiene todo.")
        assert desk.cpu_seconds() < RESTART
        assert "Listo:" not in again
        assert line(again, "Contraseña") == password
        desk.answers(port)
        assert desk.press_ctrl_c() == 0


def enter_as_each(shown: str, visits: Visits, password: str) -> None:
    for role, pages in FIRST_PAGES.items():
        page = visits.window()
        sign_in(page, line(shown, role), password)
        navigation = page.get_by_role("navigation", name="Principal")
        for name in pages:
            expect(link(navigation, name)).to_be_visible()
        page.context.close()
    assert visits.faults == []
