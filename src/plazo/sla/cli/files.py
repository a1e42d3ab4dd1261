"""`plazo policy`: check, show and compare policy files, and print their JSON Schema."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

from plazo.sla.cli.arguments import Misused, Parser, chosen, language_of
from plazo.sla.difference import differences
from plazo.sla.loader import PolicyError, json_schema, load_policy
from plazo.sla.loader.problems import say
from plazo.sla.publishing import published_html, published_page

USAGE = """plazo policy check FILE… [--language es|en]
     plazo policy show FILE [--format markdown|html] [--language es|en]
     plazo policy diff OLD NEW [--language es|en]
     plazo policy schema"""

HELP = say(
    f"""Trabaja con archivos de acuerdo.

Uso: {USAGE}

  check   dice cada error con archivo, línea, campo y qué escribir
  show    imprime el acuerdo como la página que se publica
  diff    dice en palabras qué cambia del anterior al nuevo
  schema  imprime el JSON Schema de un archivo de acuerdo
""",
    f"""Works with policy files.

Usage: {USAGE}

  check   says each fault with file, line, field and what to write
  show    prints the agreement as the page that is published
  diff    says in words what changes from the old one to the new one
  schema  prints the JSON Schema of a policy file
""",
)
_WANTED = {
    None: say("Indique uno o más archivos.", "Name one file or more."),
    0: say("Aquí no se indica ningún archivo.", "No file is named here."),
    1: say("Indique un archivo.", "Name one file."),
    2: say("Indique dos archivos: el anterior y el nuevo.", "Name two files: the old one and the new one."),
}


def run_policy(words: Sequence[str]) -> int:
    """Run `plazo policy …`; the exit code. Raises PolicyError and Misused."""
    parser = Parser(USAGE)
    parser.add_argument("action", nargs="?")
    parser.add_argument("files", nargs="*")
    parser.add_argument("--format", default="markdown")
    parser.add_argument("--language", default="es")
    if not words or {"-h", "--help"} & set(words):
        sys.stdout.write(HELP.in_language(language_of(words)))
        return 0 if words else 2
    given = parser.parse_intermixed_args(list(words))
    if given.action is None:
        raise Misused(
            say(
                f"Indique qué hacer: check, show, diff o schema.\nUso: {USAGE}",
                f"Name what to do: check, show, diff or schema.\nUsage: {USAGE}",
            )
        )
    action = chosen("policy", given.action, ("check", "show", "diff", "schema"))
    language = chosen("--language", given.language, ("es", "en"))
    form = chosen("--format", given.format, ("markdown", "html"))
    if action == "schema":
        _files(given.files, 0)
        sys.stdout.write(json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n")
        return 0
    if action == "check":
        return _check(_files(given.files, None), language)
    if action == "show":
        (file,) = _files(given.files, 1)
        policy = load_policy(file)
        page = published_html(policy, language) if form == "html" else published_page(policy, language)
        sys.stdout.write(page)
        return 0
    old, new = _files(given.files, 2)
    return _diff(old, new, language)


def _files(files: list[str], count: int | None) -> list[str]:
    """The files, as many as the action takes; None: one or more."""
    if count is None and files:
        return files
    if count is not None and len(files) == count:
        return files
    wanted = _WANTED[count]
    raise Misused(say(f"{wanted.es}\nUso: {USAGE}", f"{wanted.en}\nUsage: {USAGE}"))


def _check(files: list[str], language: str) -> int:
    code = 0
    for file in files:
        try:
            policy = load_policy(file)
        except PolicyError as error:
            code = 1
            for problem in error.problems:
                sys.stdout.write(problem.sentence(language) + "\n")
            continue
        kinds = len(policy.kinds)
        text = say(
            f"{file}: en orden (versión {policy.version}, {kinds} tipos).",
            f"{file}: in order (version {policy.version}, {kinds} kinds).",
        )
        sys.stdout.write(text.in_language(language) + "\n")
    return code


def _diff(old: str, new: str, language: str) -> int:
    found = differences(load_policy(old), load_policy(new), language)
    for sentence in found:
        sys.stdout.write(sentence + "\n")
    if not found:
        sys.stdout.write(
            say("Ambas versiones dicen lo mismo.", "Both versions say the same.").in_language(language) + "\n"
        )
    return 1 if found else 0
