"""What `plazo run` refuses before it starts anything, and what it leaves behind when it fails."""

from __future__ import annotations

import socket
import subprocess
import sys
from typing import Any

import psutil
import pytest
from django.core.management import CommandError, call_command

from pgcluster import reserved_port
from plazo.project.management.commands import run

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]


@pytest.fixture
def nothing_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> None:
        pytest.fail("something was started")

    monkeypatch.setattr(run, "call_command", fail)
    monkeypatch.setattr(subprocess, "Popen", fail)


@pytest.fixture
def prepared(monkeypatch: pytest.MonkeyPatch) -> None:
    """A desk that needs no preparation, and signals left as they are."""
    monkeypatch.setattr(run, "call_command", lambda *_, **__: None)
    monkeypatch.setattr(run.keeping, "keep_fresh", lambda **_: None)
    monkeypatch.setattr(run, "_stop_signals", run.Event)


@pytest.mark.usefixtures("nothing_starts")
@pytest.mark.parametrize("port", [-1, 0, 65536, 99999])
def test_a_number_that_is_no_port_is_refused(port: int) -> None:
    with pytest.raises(CommandError, match=r"^El puerto debe estar entre 1 y 65535\.$") as refused:
        call_command("run", port=port)
    assert refused.value.returncode == 1


@pytest.mark.usefixtures("nothing_starts")
@pytest.mark.parametrize("shares", [False, True], ids=["its_own", "shared"])
def test_a_port_where_somebody_listens_is_refused(shares: bool) -> None:
    with socket.socket() as other:
        if shares:  # as the web of another desk does
            other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CommandError) as refused:
            call_command("run", port=port)
    assert str(refused.value) == f"El puerto {port} está ocupado; elija otro: plazo run --port 8700"


@pytest.mark.usefixtures("nothing_starts")
def test_a_program_on_nobodys_path_is_named_as_it_was_called(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", [".venv/bin/plazo", "run"])
    monkeypatch.setattr("shutil.which", lambda name: None)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(CommandError, match=r"elija otro: \.venv/bin/plazo run --port 8700$"):
            call_command("run", port=other.getsockname()[1])


@pytest.mark.usefixtures("nothing_starts")
@pytest.mark.parametrize(
    ("option", "said"),
    [({"tickets": -5}, "menos de 0 tickets"), ({"workers": 0}, "al menos un proceso")],
    ids=["tickets", "workers"],
)
def test_amounts_that_make_no_sense_are_refused(option: dict[str, int], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        call_command("run", port=reserved_port(), **option)


def test_a_port_just_left_is_free_again() -> None:
    with socket.socket() as web:
        web.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        web.bind(("127.0.0.1", 0))
        web.listen()
        port = web.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)) as reader:
            web.accept()[0].close()  # who closes first lingers
            assert reader.recv(1) == b""
    run._check(port, workers=1, tickets=0)


@pytest.mark.usefixtures("prepared")
def test_a_program_that_cannot_start_ends_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "commands", lambda *_: [SLEEPER, ["/no/such/program"]])
    with pytest.raises(FileNotFoundError):
        call_command("run", port=reserved_port())
    assert sleepers() == []


@pytest.mark.usefixtures("prepared")
def test_a_failure_while_all_run_ends_them(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_port: int) -> bool:
        raise OverflowError

    monkeypatch.setattr(run, "commands", lambda *_: [SLEEPER, SLEEPER])
    monkeypatch.setattr(run, "_answers", fail)
    with pytest.raises(OverflowError):
        call_command("run", port=reserved_port())
    assert sleepers() == []


@pytest.mark.usefixtures("prepared")
def test_a_program_that_ends_by_itself_ends_the_other_and_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "commands", lambda *_: [SLEEPER, [sys.executable, "-c", "raise SystemExit(3)"]])
    with pytest.raises(CommandError, match="con código 3"):
        call_command("run", port=reserved_port())
    assert sleepers() == []


def sleepers() -> list[psutil.Process]:
    """What this process started and still runs."""
    return [child for child in psutil.Process().children() if child.status() != psutil.STATUS_ZOMBIE]


def test_a_terminal_reads_the_refusal_alone(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run.Command().run_from_argv(["plazo", "run", "--port", "99999"])
    assert ended.value.code == 1
    assert capfd.readouterr().err == "El puerto debe estar entre 1 y 65535.\n"
