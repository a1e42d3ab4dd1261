"""The program `plazo`: the engine's own commands without a framework, all others by Django."""

from __future__ import annotations

import os
import sys

from plazo.sla.cli import COMMANDS, MISUSED
from plazo.sla.cli import main as engine


def main() -> int:
    """Run the command of `sys.argv`; the exit code."""
    words = sys.argv[1:]
    if words and words[0] in COMMANDS:
        return engine(words)
    # Only here, so that the engine's commands start without loading Django.
    from django.core.management import execute_from_command_line

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plazo.project.settings")
    if words and not _is_known(words[0]):
        sys.stderr.write(_unknown(words[0]))
        return MISUSED
    execute_from_command_line(["plazo", *words])
    return 0


def _is_known(word: str) -> bool:
    return word.startswith("-") or word in ("help", "version") or word in _commands()


def _unknown(word: str) -> str:
    own = sorted(COMMANDS | {name for name, app in _commands().items() if str(app).startswith("plazo.")})
    return (
        f"plazo: no existe la orden «{word}».\n"
        f"Las órdenes son: {', '.join(own)}.\n"
        "Las demás, de Django: plazo help.\n"
    )


def _commands() -> dict[str, str]:
    import django
    from django.core.management import get_commands

    django.setup()
    return get_commands()
