"""Reading the YAML of a policy file into plain data that knows where each field stands.

YAML 1.2 in its core schema, less what a policy has no use for: aliases, tags and several documents
in one file are refused, and so are keys given twice. The events of the parser are read one by one,
so that neither depth nor size costs more than the limits below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    DocumentStartEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from plazo.sla.loader.problems import Finding, Path, say
from plazo.sla.policy import Text

MAX_BYTES = 1 << 20
MAX_DEPTH = 24

Place = tuple[int, int]

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT = re.compile(r"[-+]?(?:[0-9]{1,18}\.[0-9]{0,18}|\.[0-9]{1,18})")
_WORDS: dict[str, Any] = {"": None, "~": None, "null": None, "true": True, "false": False}


@dataclass(slots=True)
class Source:
    """The data of a file and the place (line and column from 1) of each field."""

    data: Any = None
    places: dict[Path, Place] = field(default_factory=lambda: {(): (1, 1)})

    def place(self, path: Path) -> Place:
        """Where a field stands, or the closest field around it that the file has."""
        while path not in self.places:
            path = path[:-1]
        return self.places[path]

    def shown(self, path: Path) -> Path:
        """The part of a path that the file has."""
        while path not in self.places:
            path = path[:-1]
        return path


class SourceError(Exception):
    """A text that is no YAML we read. `finding` says what; `place` where."""

    def __init__(self, message: Text, mend: Text, *, place: Place, path: Path = ()) -> None:
        self.finding = Finding(path, message, mend)
        self.place = place
        super().__init__(message.en)


def read_source(raw: str | bytes) -> Source:
    """The data of a policy's text; SourceError at the first thing that cannot be read."""
    text = _decoded(raw)
    _refuse_unprintable(text)
    try:
        return _Builder().build(_events(text))
    except MarkedYAMLError as error:
        raise _syntax_error(error) from error
    except (YAMLError, ValueError, OverflowError) as error:
        # ValueError and OverflowError: a \U escape or a %YAML version beyond all numbers.
        raise SourceError(
            say("El texto no es YAML válido.", "The text is not valid YAML."),
            say(
                "Revise los escapes \\x, \\u y \\U y las líneas que empiezan con %.",
                "Check the escapes \\x, \\u and \\U and the lines that begin with %.",
            ),
            place=(1, 1),
        ) from error


def _decoded(raw: str | bytes) -> str:
    size = len(raw) if isinstance(raw, bytes) else len(raw.encode("utf-8", "surrogatepass"))
    if size > MAX_BYTES:
        raise SourceError(
            say("El archivo pesa más de 1 MiB.", "The file is larger than 1 MiB."),
            say("Deje en él solo el acuerdo.", "Leave only the agreement in it."),
            place=(1, 1),
        )
    if isinstance(raw, str):
        return raw.removeprefix("\ufeff")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        raise SourceError(
            say("El archivo no está en UTF-8.", "The file is not in UTF-8."),
            say("Guárdelo con la codificación UTF-8.", "Save it in the encoding UTF-8."),
            place=(before.count(b"\n") + 1, error.start - before.rfind(b"\n")),
        ) from error


def _refuse_unprintable(text: str) -> None:
    match = _UNPRINTABLE.search(text)
    if match:
        before = text[: match.start()]
        raise _unprintable(match.group(), (before.count("\n") + 1, match.start() - before.rfind("\n")))


def _unprintable(character: str, place: Place, path: Path = ()) -> SourceError:
    name = f"U+{ord(character):04X}"
    return SourceError(
        say(
            f"Hay un carácter que no se puede mostrar ({name}).",
            f"There is a character that cannot be shown ({name}).",
        ),
        say("Bórrelo y escriba solo texto.", "Delete it and write text only."),
        place=place,
        path=path,
    )


def _events(text: str) -> Iterator[Any]:
    parser = YAML(typ="safe", pure=True)
    events: Iterator[Any] = parser.parse(text)
    return events


def _syntax_error(error: MarkedYAMLError) -> SourceError:
    mark = error.problem_mark or error.context_mark
    place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    reason = f" ({error.problem})" if error.problem else ""
    return SourceError(
        say("El texto no es YAML válido.", f"The text is not valid YAML{reason}."),
        say(
            "Revise la sangría, los dos puntos y las comillas de esta línea y de la anterior.",
            "Check the indentation, the colons and the quotes of this line and of the one before.",
        ),
        place=place,
    )


@dataclass(slots=True)
class _Level:
    """A mapping or a list being filled. `key` waits for its value."""

    container: dict[str, Any] | list[Any]
    path: Path
    key: str | None = None


class _Builder:
    """Builds the data from the events of the parser."""

    def __init__(self) -> None:
        self.source = Source()
        self.levels: list[_Level] = []
        self.documents = 0

    def build(self, events: Iterator[Any]) -> Source:
        for event in events:
            if isinstance(event, DocumentStartEvent):
                self._start_document(event)
            elif isinstance(event, NodeEvent):
                self._refuse_extras(event)
                self._node(event)
            elif isinstance(event, CollectionEndEvent):
                self.levels.pop()
        return self.source

    def _start_document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            raise SourceError(
                say("Hay más de un documento en el archivo.", "There is more than one document in the file."),
                say(
                    "Deje una versión del acuerdo por archivo y quite las líneas «---» que sobran.",
                    "Keep one version of the agreement per file and remove the surplus lines “---”.",
                ),
                place=_place(event),
            )

    def _refuse_extras(self, event: Any) -> None:
        if isinstance(event, AliasEvent) or event.anchor is not None:
            what, mend = "anclas (&) ni alias (*)", "anchors (&) or aliases (*)"
        elif getattr(event, "tag", None) is not None:
            what, mend = "etiquetas (!)", "tags (!)"
        else:
            return
        raise SourceError(
            say(f"Un acuerdo no usa {what} de YAML.", f"A policy does not use YAML {mend}."),
            say(
                "Escriba el valor completo en cada lugar; si es texto, entre comillas.",
                "Write the whole value in each place; if it is text, in quotes.",
            ),
            place=_place(event),
            path=self._path_of_next(),
        )

    def _path_of_next(self) -> Path:
        if not self.levels:
            return ()
        level = self.levels[-1]
        step = len(level.container) if isinstance(level.container, list) else level.key
        return level.path if step is None else (*level.path, step)

    def _node(self, event: Any) -> None:
        level = self.levels[-1] if self.levels else None
        if level is not None and isinstance(level.container, dict) and level.key is None:
            self._key(level, event)
            return
        path = self._path_of_next()
        if level is not None and isinstance(level.container, list):
            self.source.places[path] = _place(event)
        value = self._value(event, path)
        if level is None:
            self.source.data = value
        elif isinstance(level.container, list):
            level.container.append(value)
        elif level.key is not None:
            level.container[level.key] = value
            level.key = None
        if not isinstance(event, ScalarEvent):
            self._descend(_Level(value, path), event)

    def _value(self, event: Any, path: Path) -> Any:
        if isinstance(event, MappingStartEvent):
            return {}
        if isinstance(event, SequenceStartEvent):
            return []
        match = _UNPRINTABLE.search(event.value)
        if match:
            raise _unprintable(match.group(), _place(event), path)
        return event.value if event.style else _plain(event.value)

    def _descend(self, level: _Level, event: Any) -> None:
        if len(self.levels) >= MAX_DEPTH:
            raise SourceError(
                say(
                    f"Hay más de {MAX_DEPTH} niveles de sangría o de corchetes.",
                    f"There are more than {MAX_DEPTH} levels of indentation or brackets.",
                ),
                say(
                    "Revise los corchetes y las llaves que se abren aquí.",
                    "Check the brackets and braces opened here.",
                ),
                place=_place(event),
            )
        self.levels.append(level)

    def _key(self, level: _Level, event: Any) -> None:
        if not isinstance(event, ScalarEvent) or not event.value:
            raise SourceError(
                say("El nombre de un campo debe ser una palabra.", "The name of a field must be a word."),
                say("Escriba «nombre: valor».", "Write “name: value”."),
                place=_place(event),
                path=level.path,
            )
        match = _UNPRINTABLE.search(event.value)
        if match:
            raise _unprintable(match.group(), _place(event), level.path)
        path = (*level.path, event.value)
        if event.value in level.container:
            first = self.source.places[path][0]
            raise SourceError(
                say(
                    f"«{event.value}» ya está en la línea {first}.",
                    f"“{event.value}” is already in line {first}.",
                ),
                say("Deje uno solo de los dos.", "Keep only one of the two."),
                place=_place(event),
                path=path,
            )
        self.source.places[path] = _place(event)
        level.key = event.value


def _place(event: Any) -> Place:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _plain(text: str) -> Any:
    """The value of a word without quotes, by the core schema of YAML 1.2; "09:00" and dates stay text."""
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text
