"""The base of the commands that may refuse: what they say reaches the terminal in their own words."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError


class PlainCommand(BaseCommand):
    """Ends in a terminal with the words of its `CommandError` alone, without the name of the class."""

    _in_terminal = False

    def run_from_argv(self, argv: list[str]) -> None:
        self._in_terminal = True
        super().run_from_argv(argv)

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            return super().execute(*args, **options)
        except CommandError as error:
            if not self._in_terminal or options["traceback"]:
                raise
            self.stderr.write(str(error))
            sys.exit(error.returncode)
