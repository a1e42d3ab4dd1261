"""The house rules that walk the syntax tree. A rule yields a finding for each place that breaks it."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    line: int
    what: str


Rule = Callable[[ast.Module], Iterator[Finding]]

WRITES = {"save", "create", "get_or_create", "update_or_create", "bulk_create", "bulk_update", "delete"}
WRITES |= {f"a{name}" for name in WRITES}
# They live outside the domain tables, so a page may write them.
WRITABLE_IN_PAGES = {"session", "cache"}
QUERYSET_METHODS = {"filter", "exclude", "all", "objects", "select_related", "order_by"}
SHORTCUTS = {"django.shortcuts.get_object_or_404", "django.shortcuts.get_list_or_404"}

WALL_CLOCKS = {
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "datetime.datetime.today",
    "datetime.date.today",
    "django.utils.timezone.now",
    "django.utils.timezone.localdate",
    "django.db.models.functions.Now",
    "time.time",
    "time.time_ns",
}
AUTOMATIC_TIMES = {"auto_now", "auto_now_add"}
HOUSE_CLOCK = "plazo.kit.clock"
GETTEXT = tuple(f"django.utils.translation.{kind}gettext" for kind in ("", "n", "p", "np"))

SYNONYMS = {"agent": "consultant", "customer": "organization or contact", "issue": "ticket", "case": "ticket"}
# Words of other trades, which mean something else.
OTHER_TRADES = ("user_agent", "lower_case", "upper_case", "snake_case", "camel_case", "case_insensitive")


def writes(tree: ast.Module) -> Iterator[Finding]:
    """A write goes through an action: no page, API or channel saves, creates, changes or deletes a row."""
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        if not isinstance(call.func, ast.Attribute):
            continue
        names = attribute_names(call.func.value)
        is_write = call.func.attr in WRITES
        is_update = call.func.attr in {"update", "aupdate"} and QUERYSET_METHODS & set(names)
        if (is_write or is_update) and not (names and names[-1] in WRITABLE_IN_PAGES):
            yield Finding(call.lineno, f".{call.func.attr}( outside the actions")


def managers(tree: ast.Module) -> Iterator[Finding]:
    """A page reads through `queries` and `access`, so that no one sees another company's rows."""
    origins = imported_names(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}:
            yield Finding(node.lineno, f".{node.attr} in a page")
        elif isinstance(node, ast.Name) and origins.get(node.id) in SHORTCUTS:
            yield Finding(node.lineno, f"{node.id} in a page")


def wall_clock(tree: ast.Module) -> Iterator[Finding]:
    """The time is asked of `plazo.kit.clock.now()` alone, which tests and the demo world move."""
    origins = imported_names(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Name) and dotted(node, origins) in WALL_CLOCKS:
            yield Finding(node.lineno, f"{dotted(node, origins)} reads the wall clock")
        elif isinstance(node, ast.keyword) and node.arg in AUTOMATIC_TIMES:
            yield Finding(node.value.lineno, f"{node.arg} reads the wall clock")


def any_clock(tree: ast.Module) -> Iterator[Finding]:
    """In the pure core `now` is always an argument: not even the house clock is read."""
    yield from wall_clock(tree)
    origins = imported_names(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Name) and dotted(node, origins).startswith(HOUSE_CLOCK):
            yield Finding(node.lineno, "the pure core is told the time")


def synonyms(tree: ast.Module) -> Iterator[Finding]:
    """One word for one thing: the names we give keep to the glossary."""
    for line, name in given_names(tree):
        for word in words_of(name):
            if word.removesuffix("s") in SYNONYMS:
                yield Finding(line, f"{name}: say {SYNONYMS[word.removesuffix('s')]}")


def stored_deadlines(tree: ast.Module) -> Iterator[Finding]:
    """What is stored is `due_at`; a deadline is only spoken of."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            for line, name in given_names(ast.Module(node.body, [])):
                if "deadline" in words_of(name):
                    yield Finding(line, f"{name}: say due_at")


def uncollected_texts(tree: ast.Module) -> Iterator[Finding]:
    """What translators are given is found in the source, so a text is a plain literal outside f-strings."""
    origins = imported_names(tree)
    in_strings = {
        inner for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for inner in ast.walk(node)
    }
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        if not dotted(call.func, origins).startswith(GETTEXT):
            continue
        if call in in_strings:
            yield Finding(call.lineno, "a translated text inside an f-string is not collected")
        if not all(isinstance(text, ast.Constant) for text in call.args[:1]):
            yield Finding(call.lineno, "a translated text that is no literal is not collected")


def imported_names(tree: ast.Module) -> dict[str, str]:
    """Each name that an import binds, with the dotted name it stands for."""
    origins: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                bound = alias.asname or alias.name.split(".")[0]
                origins[bound] = alias.name if alias.asname else bound
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                origins[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return origins


def dotted(node: ast.expr, origins: dict[str, str]) -> str:
    """The full name of `a.b.c`, or nothing where it starts at something that was not imported."""
    if isinstance(node, ast.Name):
        return origins.get(node.id, "")
    if isinstance(node, ast.Attribute):
        start = dotted(node.value, origins)
        return f"{start}.{node.attr}" if start else ""
    return ""


def attribute_names(node: ast.expr) -> list[str]:
    """The names along `a.b(…).c`, calls looked through."""
    if isinstance(node, ast.Call):
        return attribute_names(node.func)
    if isinstance(node, ast.Attribute):
        return [*attribute_names(node.value), node.attr]
    return [node.id] if isinstance(node, ast.Name) else []


def given_names(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.lineno, node.name
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.attr


def words_of(name: str) -> list[str]:
    """`CamelCase` and `snake_case` names in lower-case words, those of other trades taken out."""
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
    for phrase in OTHER_TRADES:
        snake = snake.replace(phrase, "")
    return [word for word in snake.split("_") if word]
