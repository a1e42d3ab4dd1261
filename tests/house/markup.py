"""The house rules on pages and sheets. A rule yields a line for each place that breaks it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

TEMPLATE_SYNTAX = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
TRANSLATED = re.compile(r"\{%-?\s*blocktrans.*?\{%-?\s*endblocktrans\w*\s*-?%\}", re.DOTALL)
CLASS_BLOCK = re.compile(r"\{% block \w+_class %\}.*?\{% endblock %\}", re.DOTALL)
CLOCK_TAG = re.compile(r"\{%-?\s*now\b")
LITERAL_COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch)a?\(", re.IGNORECASE)
DECLARATION = re.compile(r"[\w-]+\s*:\s*([^;{}]+)(?=[;}])")
CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# Elsewhere a # starts the name of a place in the page.
COLOUR_ATTRIBUTES = {"fill", "stroke", "color", "bgcolor", "stop-color", "flood-color", "content", "style"}

SAID_ATTRIBUTES = {"title", "aria-label", "placeholder", "alt", "data-label", "data-say"}
# Keys and code read the same in every language.
UNSPOKEN = {"kbd", "code", "script", "style"}
WORD = re.compile(r"[^\W\d_]{2,}")


def inline_code(html: str) -> Iterator[str]:
    """The content security policy runs no script and applies no style that stands in a page."""
    for line, tag, attributes in elements(html):
        names = [name for name, _ in attributes]
        if tag == "style" or (tag == "script" and "src" not in names):
            yield f"{line}: <{tag}> in the page"
        for name, value in attributes:
            if name == "style" or name.startswith(("on", "hx-on")):
                yield f"{line}: {name}="
            elif value and value.strip().lower().startswith("javascript:"):
                yield f"{line}: {name}=javascript:"


def page_colours(html: str) -> Iterator[str]:
    for line, _, attributes in elements(html):
        for name, value in attributes:
            if name in COLOUR_ATTRIBUTES and value and LITERAL_COLOUR.search(value):
                yield f"{line}: {name}={value}"


def sheet_colours(css: str) -> Iterator[str]:
    for value in DECLARATION.findall(CSS_COMMENT.sub("", css)):
        if LITERAL_COLOUR.search(value):
            yield value.strip()


def clock_tags(html: str) -> Iterator[str]:
    """A page is told the time by its view, as everything else is."""
    for tag in CLOCK_TAG.finditer(html):
        yield f"{html.count(chr(10), 0, tag.start()) + 1}: {{% now %}}"


def untranslated_words(html: str) -> Iterator[str]:
    """What is read, or read aloud, goes through the catalogue."""
    parser = Texts()
    for syntax in (TRANSLATED, CLASS_BLOCK, TEMPLATE_SYNTAX):
        html = blanked(syntax, html)
    parser.feed(html)
    for line, text in parser.found:
        if WORD.search(text):
            yield f"{line}: {text.strip()}"


class Texts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, str]] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag
        self.found += [(self.getpos()[0], value or "") for name, value in attrs if name in SAID_ATTRIBUTES]

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside not in UNSPOKEN:
            self.found.append((self.getpos()[0], data))


class Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, str, list[tuple[str, str | None]]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((self.getpos()[0], tag, attrs))


def elements(html: str) -> list[tuple[int, str, list[tuple[str, str | None]]]]:
    """The start tags of a template, with what Django would fill in taken out line for line."""
    parser = Elements()
    parser.feed(blanked(TEMPLATE_SYNTAX, html))
    return parser.found


def blanked(syntax: re.Pattern[str], html: str) -> str:
    """The template without what matches, its lines numbered as before."""
    return syntax.sub(lambda found: "\n" * found[0].count("\n"), html)
