"""The program `plazo`: the engine's own commands without a framework, all others by Django."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Final

from plazo.sla.cli import COMMANDS, MISUSED
from plazo.sla.cli import main as engine

HELP = """\
Plazo: la mesa de ayuda cuyo acuerdo de servicio es el programa.

Uso: plazo ORDEN [opciones]

Acuerdos y plazos, sin base de datos:
  due       dice cuándo vence un plazo según un acuerdo, y por qué
  policy    comprueba, muestra y compara archivos de acuerdo

La mesa:
  run       prepara todo y levanta la web y el trabajador, hasta Ctrl-C
  worker    registra lo que vence y entrega los avisos, hasta Ctrl-C
  hold      detiene el trabajo automático; con --lift lo deja seguir
  verify    recalcula cada ticket desde su historial y revisa la cadena y los sellos
  doctor    dice qué está mal en la instalación y cómo arreglarlo

plazo ORDEN --help explica una orden. Las demás, de Django: plazo help --commands
"""
_ASKS_FOR_HELP: Final[Sequence[list[str]]] = ([], ["help"], ["-h"], ["--help"])


def main() -> int:
    """Run the command of `sys.argv`; the exit code."""
    words = sys.argv[1:]
    if words in _ASKS_FOR_HELP:
        sys.stdout.write(HELP)
        return 0 if words else MISUSED
    if words[0] == "help" and words[1] in COMMANDS:
        words = [words[1], "--help"]
    if words[0] in COMMANDS:
        return engine(words)
    return _django(words)


def _django(words: list[str]) -> int:
    # Only here, so that the engine's commands start without loading Django.
    from django.core.management import execute_from_command_line

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plazo.project.settings")
    if (wrong := _wrong_environment()) is not None:
        sys.stderr.write(f"{wrong}\n")
        return MISUSED
    if not _is_known(words[0]):
        sys.stderr.write(_unknown(words[0]))
        return MISUSED
    execute_from_command_line(["plazo", *words])
    return 0


def _wrong_environment() -> str | None:
    """What in the environment keeps the settings from loading."""
    from pydantic import ValidationError
    from pydantic_settings import SettingsError

    from plazo.project import environment

    try:
        environment.Environment()
    except (ValidationError, SettingsError) as error:
        return environment.words(error)
    return None


def _is_known(word: str) -> bool:
    return word.startswith("-") or word in ("help", "version") or word in _commands()


def _unknown(word: str) -> str:
    own = sorted(COMMANDS | {name for name, app in _commands().items() if str(app).startswith("plazo.")})
    return (
        f"plazo: no existe la orden «{word}».\n"
        f"Las órdenes son: {', '.join(own)}.\n"
        "Qué hace cada una: plazo help. Las demás, de Django: plazo help --commands\n"
    )


def _commands() -> dict[str, str]:
    import django
    from django.core.management import get_commands

    django.setup()
    return get_commands()
