"""The base of our commands: what they say in a terminal is in the desk's own words, help and refusals too."""

from __future__ import annotations

import sys
from argparse import Action, HelpFormatter
from collections.abc import Iterable
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser

from plazo.sla.cli.arguments import reason

MISUSED: Final = 2
_DJANGOS: Final = frozenset(
    {"version", "verbosity", "settings", "pythonpath", "traceback", "no_color", "force_color", "skip_checks"}
)
_HEADINGS: Final = {"options": "Opciones", "positional arguments": "Argumentos"}


class _Help(HelpFormatter):
    """Ours alone, in Spanish: the options that every command of Django's has are left out."""

    def start_section(self, heading: str | None) -> None:
        super().start_section(_HEADINGS.get(heading or "", heading))

    def add_usage(
        self, usage: str | None, actions: Iterable[Action], groups: Iterable[Any], prefix: str | None = None
    ) -> None:
        own = [action for action in actions if action.dest not in _DJANGOS]
        super().add_usage(usage, own, groups, "Uso: " if prefix is None else prefix)

    def add_argument(self, action: Action) -> None:
        if action.dest == "help":
            action.help = "muestra esta ayuda"
        if action.dest not in _DJANGOS:
            super().add_argument(action)


class PlainCommand(BaseCommand):
    """Ends in a terminal with the words of its `CommandError` alone, without the name of the class."""

    _in_terminal = False

    def create_parser(self, prog_name: str, subcommand: str, **options: Any) -> CommandParser:
        parser = super().create_parser("plazo", subcommand, formatter_class=_Help, **options)
        parser.called_from_command_line = False  # what it refuses is raised, and worded by us
        return parser

    def run_from_argv(self, argv: list[str]) -> None:
        self._in_terminal = True
        try:
            super().run_from_argv(argv)
        except CommandError as error:  # only the options come to here: the rest is met in `execute`
            why = reason(str(error).removeprefix("Error: ")).es
            usage = self.create_parser(argv[0], argv[1]).format_usage()
            self.stderr.write(f"No se entiende la orden: {why}.\n{usage}")
            sys.exit(MISUSED)

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            return super().execute(*args, **options)
        except CommandError as error:
            if not self._in_terminal or options["traceback"]:
                raise
            self.stderr.write(str(error))
            sys.exit(error.returncode)
