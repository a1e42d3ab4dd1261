"""The program `plazo` before a command of Django's takes over."""

from __future__ import annotations

import pytest
from django.core.management import get_commands

from plazo.project.cli import main
from plazo.sla.cli import COMMANDS, MISUSED


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr("sys.argv", ["plazo", *words])
    return main()


def test_an_unknown_command_is_answered_in_spanish_with_those_there_are(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "nada") == MISUSED
    first, second, third = capsys.readouterr().err.splitlines()
    assert first == "plazo: no existe la orden «nada»."
    named = second.removeprefix("Las órdenes son: ").removesuffix(".").split(", ")
    assert {"doctor", "hold", "run", "verify", "worker", *COMMANDS} <= set(named)
    assert "migrate" not in named
    assert "plazo help --commands" in third


@pytest.mark.parametrize(("words", "code"), [((), MISUSED), (("help",), 0), (("-h",), 0), (("--help",), 0)])
def test_help_names_our_commands_on_one_screen(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: int
) -> None:
    assert run(monkeypatch, *words) == code
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) <= 24
    assert max(map(len, lines)) <= 84
    told = {line.split()[0] for line in lines if line.startswith("  ")}
    assert told == {name for name, app in get_commands().items() if str(app).startswith("plazo.")} | COMMANDS


def test_help_on_a_command_of_the_engine_is_its_own(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "help", "due") == 0
    assert capsys.readouterr().out.startswith("Dice cuándo vence un plazo")


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("PLAZO_EMAIL_PORT", "abc", "PLAZO_EMAIL_PORT: «abc» no sirve. Escriba un número entero.\n"),
        ("PLAZO_DEBUG", "quizás", "PLAZO_DEBUG: «quizás» no sirve. Escriba true o false.\n"),
        ("PLAZO_MAX_UPLOAD_MB", "0", "PLAZO_MAX_UPLOAD_MB: «0» no sirve. Escriba un número mayor que 0.\n"),
        ("PLAZO_EMAIL_TRANSPORT", "paloma", "Escriba 'file', 'console' o 'smtp'.\n"),
        ("PLAZO_HOSTS", "mesa.example", 'Escriba una lista como ["mesa.example"].\n'),
        ("PLAZO_DATA_DIR", "/proc/ninguna", "PLAZO_DATA_DIR: /proc/ninguna no existe ni se puede crear.\n"),
        ("PLAZO_DATA_DIR", __file__, "no es lo que se espera, carpeta o archivo.\n"),
        ("PLAZO_SECRET_KEY_FILE", "/ninguno", "PLAZO_SECRET_KEY_FILE: /ninguno no existe"),
        ("DATABASE_URL", "mysql://a/b", "DATABASE_URL: escriba postgresql://"),
    ],
)
def test_a_variable_that_cannot_be_used_is_named_with_what_to_write(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    variable: str,
    value: str,
    said: str,
) -> None:
    monkeypatch.setenv(variable, value)
    assert run(monkeypatch, "doctor") == MISUSED
    captured = capsys.readouterr()
    assert said in captured.err
    assert captured.out == ""


@pytest.mark.parametrize("word", ["check", "--version"])
def test_a_known_command_is_left_to_django(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], word: str
) -> None:
    assert run(monkeypatch, word) == 0
    assert capsys.readouterr().err == ""
