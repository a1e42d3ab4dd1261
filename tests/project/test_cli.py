"""The program `plazo` before a command of Django's takes over."""

from __future__ import annotations

import pytest

from plazo.project.cli import main
from plazo.sla.cli import COMMANDS, MISUSED


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr("sys.argv", ["plazo", *words])
    return main()


def test_an_unknown_command_is_answered_in_spanish_with_those_there_are(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "nada") == MISUSED
    first, second, _ = capsys.readouterr().err.splitlines()
    assert first == "plazo: no existe la orden «nada»."
    named = second.removeprefix("Las órdenes son: ").removesuffix(".").split(", ")
    assert {"doctor", "hold", "run", "verify", "worker", *COMMANDS} <= set(named)
    assert "migrate" not in named


@pytest.mark.parametrize("word", ["help", "--version", "check"])
def test_a_known_command_is_left_to_django(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], word: str
) -> None:
    assert run(monkeypatch, word) == 0
    assert capsys.readouterr().err == ""
