"""Reading the words of a command, with refusals in both languages."""

from __future__ import annotations

import argparse
import re
from collections.abc import Collection, Sequence
from typing import Final, NoReturn

from plazo.sla.loader.problems import say
from plazo.sla.loader.structure import closest
from plazo.sla.policy import Text
from plazo.sla.wording import spoken


class Misused(Exception):
    """A command that cannot be understood; `text` says why and what to write."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.en)


# What the standard parser says, and what we say instead.
_REASONS: Final = (
    (r"unrecognized arguments: (.+)", "sobra «{0}»", "“{0}” is not expected"),
    (
        r"argument (\S+): invalid int value: '(.*)'",
        "{0}: «{1}» no es un número entero",
        "{0}: “{1}” is no whole number",
    ),
    (r"argument (\S+): invalid float value: '(.*)'", "{0}: «{1}» no es un número", "{0}: “{1}” is no number"),
    (r"argument (\S+): expected one argument", "{0}: falta su valor", "{0}: its value is missing"),
    (r"argument (\S+): ignored explicit argument .*", "{0}: no lleva valor", "{0}: it takes no value"),
    (r"the following arguments are required: (.+)", "falta {0}", "{0} is missing"),
)


def reason(message: str) -> Text:
    """Why the standard parser refuses the words of a command."""
    for pattern, es, en in _REASONS:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return say(es.format(*found.groups()), en.format(*found.groups()))
    return say(message, message)


class Parser(argparse.ArgumentParser):
    """An argument parser that raises Misused and leaves the help to us."""

    def __init__(self, usage: str) -> None:
        super().__init__(add_help=False, allow_abbrev=False, usage=usage)

    def error(self, message: str) -> NoReturn:
        """Raise Misused with the reason and the usage."""
        why = reason(message)
        raise Misused(
            say(
                f"No se entiende la orden: {why.es}.\nUso: {self.usage}",
                f"The command is not understood: {why.en}.\nUsage: {self.usage}",
            )
        )


def chosen(option: str, value: str, known: Collection[str]) -> str:
    """The known value that is meant, in capitals or not; Misused, with the closest known one, if none is."""
    if value in known:
        return value
    alike = [each for each in known if each.casefold() == value.casefold()]
    if alike:
        return alike[0]
    hint = closest(value, known)
    raise Misused(
        say(f"{option}: «{value}» no existe. {hint.es}", f"{option}: “{value}” does not exist. {hint.en}")
    )


def language_of(words: Sequence[str]) -> str:
    """The language asked for, needed before the rest of the command is understood."""
    for place, word in enumerate(words):
        if word.startswith("--language="):
            return spoken(word.partition("=")[2])
        if word == "--language" and place + 1 < len(words):
            return spoken(words[place + 1])
    return "es"
