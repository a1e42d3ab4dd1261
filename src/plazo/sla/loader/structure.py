"""What the model refuses, in words: each error of pydantic becomes a finding with its mend."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from pydantic import ValidationError

from plazo.sla.loader.problems import Finding, Path, say
from plazo.sla.loader.schema import json_schema
from plazo.sla.policy import Text

_DURATION = say(
    "Escriba la duración con su unidad, por ejemplo 3h, 45m, 1h30m o 5d.",
    "Write the duration with its unit, such as 3h, 45m, 1h30m or 5d.",
)
_BY_FIELD: dict[str, Text] = {
    "sha256": say(
        "Escriba los 64 dígitos hexadecimales en minúscula que da `sha256sum` del documento firmado.",
        "Write the 64 lower-case hexadecimal digits that `sha256sum` gives for the signed document.",
    ),
    "country": say(
        "Escriba el código de dos letras mayúsculas del país, por ejemplo CL.",
        "Write the two capital letters of the country, such as CL.",
    ),
    "from": say(
        "Escriba la hora de 00:00 a 23:59, por ejemplo 09:00.",
        "Write the time from 00:00 to 23:59, such as 09:00.",
    ),
    "to": say(
        "Escriba la hora de 00:00 a 24:00, por ejemplo 18:00.",
        "Write the time from 00:00 to 24:00, such as 18:00.",
    ),
}
_CODE = say(
    "Escriba un código de letras sin tilde, números, «.», «_» o «-», de 40 signos como máximo.",
    "Write a code of unaccented letters, digits, “.”, “_” or “-”, of at most 40 characters.",
)
_NOT_EMPTY = say("Escriba el texto, con al menos una letra.", "Write the text, with at least one letter.")

Wording = Callable[[dict[str, Any], Path], tuple[Text, Text]]


def structure_findings(error: ValidationError, data: object) -> Iterator[Finding]:
    """The findings of a validation, by their path in the data that was validated."""
    details = error.errors(include_url=False)
    for detail in details:
        if detail["type"] == "too_short" and any(
            _is_inside(other["loc"], detail["loc"]) for other in details
        ):
            # Its elements are there, and their own faults are told.
            continue
        path = _path(detail, data)
        worded = _WORDINGS.get(detail["type"], _other)
        message, mend = worded(dict(detail), path)
        yield Finding(path, message, mend)


def _is_inside(loc: Path, outer: Path) -> bool:
    return len(loc) > len(outer) and loc[: len(outer)] == outer


def _path(detail: Any, data: object) -> Path:
    """The steps of an error that the data has, and the name of what is missing in it."""
    steps = detail["loc"]
    path: Path = ()
    for step in steps:
        try:
            data = data[step]  # type: ignore[index]  # what cannot be indexed ends below
        except (KeyError, IndexError, TypeError):
            return (*path, step) if detail["type"] == "missing" else path
        path = (*path, step)
    return path


def closest(word: str, known: Iterable[str]) -> Text:
    """A mend that offers the known words, the closest one first of all."""
    names = list(known)
    near = difflib.get_close_matches(word, names, n=1, cutoff=0.6)
    if near:
        return say(f"Quizás quiso escribir «{near[0]}».", f"Perhaps you meant “{near[0]}”.")
    listed = ", ".join(names) or "-"
    return say(f"Use uno de estos: {listed}.", f"Use one of these: {listed}.")


def _last(path: Path) -> str:
    return str(path[-1]) if path else ""


def _missing(detail: dict[str, Any], path: Path) -> tuple[Text, Text]:
    name = _last(path)
    about = _schema_at(path).get("description", "")
    hint = f" ({about})" if about else ""
    return (
        say(f"Falta «{name}».", f"“{name}” is missing."),
        say(f"Agregue aquí la línea «{name}: …».", f"Add the line “{name}: …” here{hint}."),
    )


def _unknown(detail: dict[str, Any], path: Path) -> tuple[Text, Text]:
    name = _last(path)
    known = _schema_at(path[:-1]).get("properties", {})
    return say(f"«{name}» no es un campo conocido aquí.", f"“{name}” is no known field here."), closest(
        name, known
    )


def _pattern(detail: dict[str, Any], path: Path) -> tuple[Text, Text]:
    value, name = detail["input"], _last(path)
    message = say(
        f"«{_short(value)}» no tiene la forma esperada.", f"“{_short(value)}” is not of the expected form."
    )
    if detail["ctx"].get("pattern") == r"\S":
        return say("El texto está en blanco.", "The text is blank."), _NOT_EMPTY
    return message, _BY_FIELD.get(name, _CODE)


def _text_type(detail: dict[str, Any], path: Path) -> tuple[Text, Text]:
    if detail["input"] is None:
        return say("El campo está vacío.", "The field is empty."), _BY_FIELD.get(_last(path), _NOT_EMPTY)
    value = _short(detail["input"])
    return (
        say(f"Se esperaba un texto y hay otra cosa ({value}).", f"A text was expected, not this ({value})."),
        say(
            "Escriba el texto; si parece un número, entre comillas.",
            "Write the text; if it looks like a number, in quotes.",
        ),
    )


def _empty_text(detail: dict[str, Any], path: Path) -> tuple[Text, Text]:
    return say("El texto está vacío.", "The text is empty."), _NOT_EMPTY


def _long_text(detail: dict[str, Any], path: Path) -> tuple[Text, Text]:
    return say("El código es demasiado largo.", "The code is too long."), _CODE


def _mapping_type(detail: dict[str, Any], path: Path) -> tuple[Text, Text]:
    fields = [key for key in _schema_at(path).get("properties", {}) if key != "assumed"]
    listed = ", ".join(fields[:4]) or "código"
    what = _short(detail["input"])
    return (
        say(
            f"Se esperaba un grupo de campos y hay otra cosa ({what}).",
            f"A group of fields was expected, not this ({what}).",
        ),
        say(
            f"Escriba debajo, con más sangría, líneas «nombre: valor» ({listed}…).",
            f"Write below, further indented, lines “name: value” ({listed}…).",
        ),
    )


def _list_type(detail: dict[str, Any], path: Path) -> tuple[Text, Text]:
    what = _short(detail["input"])
    return (
        say(f"Se esperaba una lista y hay otra cosa ({what}).", f"A list was expected, not this ({what})."),
        say(
            "Escriba una lista: «[uno, dos]», o una línea «- …» por elemento.",
            "Write a list: “[one, two]”, or one line “- …” per element.",
        ),
    )


def _too_few(detail: dict[str, Any], path: Path) -> tuple[Text, Text]:
    return (
        say("No tiene ningún elemento.", "It has no element."),
        say("Agregue al menos uno.", "Add at least one."),
    )


def _choice(detail: dict[str, Any], path: Path) -> tuple[Text, Text]:
    known = [word.strip("'") for word in detail["ctx"]["expected"].replace(" or ", ", ").split(", ")]
    value = _short(detail["input"])
    return say(f"«{value}» no es una opción.", f"“{value}” is no option."), closest(value, known)


def _whole_number(detail: dict[str, Any], path: Path) -> tuple[Text, Text]:
    low, high = detail.get("ctx", {}).get("gt", 0), detail.get("ctx", {}).get("le")
    top = (f", de {high} como máximo", f", of at most {high}") if high else ("", "")
    value = _short(detail["input"])
    return (
        say(f"Se esperaba un número entero y hay «{value}».", f"A whole number was expected, not “{value}”."),
        say(
            f"Escriba un número entero mayor que {low}{top[0]}, sin comillas.",
            f"Write a whole number above {low}{top[1]}, without quotes.",
        ),
    )


def _yes_or_no(detail: dict[str, Any], path: Path) -> tuple[Text, Text]:
    value = _short(detail["input"])
    return (
        say(f"Se esperaba sí o no y hay «{value}».", f"Yes or no was expected, not “{value}”."),
        say("Escriba true o false, sin comillas.", "Write true or false, without quotes."),
    )


def _duration(detail: dict[str, Any], path: Path) -> tuple[Text, Text]:
    value = _short(detail["input"])
    return say(f"«{value}» no es una duración.", f"“{value}” is no duration."), _DURATION


def _duration_range(detail: dict[str, Any], path: Path) -> tuple[Text, Text]:
    value = _short(detail["input"])
    return (
        say(f"La duración «{value}» está fuera de rango.", f"The duration “{value}” is out of range."),
        say("Escriba una duración de 1m a 3660d.", "Write a duration from 1m to 3660d."),
    )


def _day(detail: dict[str, Any], path: Path) -> tuple[Text, Text]:
    value = _short(detail["input"])
    return (
        say(f"«{value}» no es una fecha.", f"“{value}” is no date."),
        say(
            "Escriba año, mes y día, por ejemplo 2026-03-01.",
            "Write year, month and day, such as 2026-03-01.",
        ),
    )


def _other(detail: dict[str, Any], path: Path) -> tuple[Text, Text]:
    value = _short(detail["input"])
    return (
        say(
            f"El valor «{value}» no es válido ({detail['type']}).",
            f"The value “{value}” is not valid ({detail['type']}).",
        ),
        say("Compare el campo con policies/schema.json.", "Compare the field with policies/schema.json."),
    )


def _short(value: object) -> str:
    """A value small enough to quote, in one line."""
    if value is None:
        return "vacío"
    if isinstance(value, bool):
        return str(value).lower()
    text = " ".join(str(value).split())
    return text if len(text) <= 40 else text[:39] + "…"


def _schema_at(path: Path) -> dict[str, Any]:
    """The part of the JSON Schema that describes a path; empty where it describes nothing."""
    root = json_schema()
    node = root
    for step in path:
        node = _mapping_in(node, root)
        if isinstance(step, int):
            node = node.get("items", {})
        else:
            node = node.get("properties", {}).get(step) or _any_value(node)
        if not isinstance(node, dict):
            return {}
    return {**_mapping_in(node, root), **{key: node[key] for key in ("description",) if key in node}}


def _any_value(node: dict[str, Any]) -> Any:
    """What a mapping with free keys holds."""
    return next(iter(node.get("patternProperties", {}).values()), node.get("additionalProperties", {}))


def _mapping_in(node: dict[str, Any], root: dict[str, Any]) -> dict[str, Any]:
    """A schema with its reference followed; of alternatives, the one that has fields."""
    if "$ref" in node:
        return _mapping_in(root["$defs"][node["$ref"].rsplit("/", 1)[-1]], root)
    for option in node.get("anyOf", ()):
        chosen = _mapping_in(option, root)
        if {"properties", "patternProperties", "additionalProperties", "items"} & chosen.keys():
            return chosen
    return node


_WORDINGS: dict[str, Wording] = {
    "missing": _missing,
    "extra_forbidden": _unknown,
    "string_pattern_mismatch": _pattern,
    "string_type": _text_type,
    "string_too_short": _empty_text,
    "string_too_long": _long_text,
    "model_type": _mapping_type,
    "model_attributes_type": _mapping_type,
    "dict_type": _mapping_type,
    "tuple_type": _list_type,
    "list_type": _list_type,
    "too_short": _too_few,
    "literal_error": _choice,
    "int_type": _whole_number,
    "greater_than": _whole_number,
    "less_than_equal": _whole_number,
    "bool_type": _yes_or_no,
    "duration": _duration,
    "duration_range": _duration_range,
    "day": _day,
}
