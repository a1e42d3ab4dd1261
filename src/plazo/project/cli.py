"""The program `plazo`: the engine's own commands without a framework, all others by Django."""

from __future__ import annotations

import os
import sys

from plazo.sla.cli import COMMANDS
from plazo.sla.cli import main as engine


def main() -> int:
    """Run the command of `sys.argv`; the exit code."""
    words = sys.argv[1:]
    if words and words[0] in COMMANDS:
        return engine(words)
    # Only here, so that the engine's commands start without loading Django.
    from django.core.management import execute_from_command_line

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plazo.project.settings")
    execute_from_command_line(["plazo", *words])
    return 0
