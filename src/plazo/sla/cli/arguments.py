"""Reading the words of a command, with refusals in both languages."""

from __future__ import annotations

import argparse
from collections.abc import Collection
from typing import NoReturn

from plazo.sla.loader.problems import say
from plazo.sla.loader.structure import closest
from plazo.sla.policy import Text


class Misused(Exception):
    """A command that cannot be understood; `text` says why and what to write."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.en)


class Parser(argparse.ArgumentParser):
    """An argument parser that raises Misused and leaves the help to us."""

    def __init__(self, usage: str) -> None:
        super().__init__(add_help=False, allow_abbrev=False, usage=usage)

    def error(self, message: str) -> NoReturn:
        """Raise Misused with the usage; the reason is the standard parser's own."""
        raise Misused(
            say(
                f"No se entiende la orden ({message}).\nUso: {self.usage}",
                f"The command is not understood ({message}).\nUsage: {self.usage}",
            )
        )


def chosen(option: str, value: str, known: Collection[str]) -> str:
    """The value, if it is a known one; Misused, with the closest known one, if not."""
    if value in known:
        return value
    hint = closest(value, known)
    raise Misused(
        say(f"{option}: «{value}» no existe. {hint.es}", f"{option}: “{value}” does not exist. {hint.en}")
    )
