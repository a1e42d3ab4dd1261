"""Our commands in a terminal: help and refusals in Spanish, without what every command of Django's says."""

from __future__ import annotations

import pytest
from django.core.management.base import CommandError, CommandParser

from plazo.kit.command import MISUSED, PlainCommand


class Weigh(PlainCommand):
    help = "Pesa lo que se le da."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--kilos", type=int, default=1, help="cuánto pesa")

    def handle(self, *args: object, **options: object) -> None:
        if options["kilos"] == 13:
            raise CommandError("Trece no se pesan.", returncode=3)
        self.stdout.write(f"{options['kilos']} kg")


def ends(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = 0
    try:
        Weigh().run_from_argv(["plazo", "weigh", *words])
    except SystemExit as end:
        code = int(end.code or 0)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_a_command_does_its_work(capsys: pytest.CaptureFixture[str]) -> None:
    assert ends(capsys, "--kilos", "4") == (0, "4 kg\n", "")


def test_help_is_ours_alone_and_in_spanish(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = ends(capsys, "--help")
    assert code == 0
    assert out.startswith("Uso: plazo weigh [-h] [--kilos KILOS]\n\nPesa lo que se le da.\n\nOpciones:\n")
    assert "muestra esta ayuda" in out
    assert "--settings" not in out
    assert "--verbosity" not in out


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--kilos", "abc"), "--kilos: «abc» no es un número entero"),
        (("--kilos",), "--kilos: falta su valor"),
        (("--libras", "3"), "sobra «--libras 3»"),
    ],
)
def test_options_that_are_not_understood_are_refused_in_words(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], why: str
) -> None:
    code, out, err = ends(capsys, *words)
    assert (code, out) == (MISUSED, "")
    assert err == f"No se entiende la orden: {why}.\nUso: plazo weigh [-h] [--kilos KILOS]\n"


def test_a_refusal_ends_with_its_words_and_its_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert ends(capsys, "--kilos", "13") == (3, "", "Trece no se pesan.\n")
