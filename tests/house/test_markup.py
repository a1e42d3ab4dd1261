"""Pages carry no code of their own, and colours are named once."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.house import markup
from tests.house.sources import PACKAGE, name_of, package_files

TOKENS = PACKAGE / "web" / "static" / "plazo" / "tokens.css"

BAD = [
    (markup.inline_code, '<p style="color: red">x</p>'),
    (markup.inline_code, "<style>p { margin: 0 }</style>"),
    (markup.inline_code, "<script>go()</script>"),
    (markup.inline_code, '<button onclick="go()">x</button>'),
    (markup.inline_code, '<button hx-on:click="go()">x</button>'),
    (markup.inline_code, '<a href="javascript:go()">x</a>'),
    (markup.page_colours, '<rect fill="#1b6b3f"/>'),
    (markup.page_colours, '<rect stroke="rgb(0, 0, 0)"/>'),
    (markup.sheet_colours, "p { color: #FFF; }"),
    (markup.sheet_colours, "p { border: 1px solid hsl(0 0% 0%) }"),
    (markup.sheet_colours, "a:hover { background: oklch(0.5 0.1 20); }"),
    (markup.clock_tags, "{% now 'Y' %}"),
    (markup.untranslated_words, "<p>Hola</p>"),
    (markup.untranslated_words, "<p>{{ name }}, <b>bienvenida</b></p>"),
    (markup.untranslated_words, '<button title="Enviar"></button>'),
    (markup.untranslated_words, '<b>{% translate "Hola" %}</b> a todos'),
]

GOOD = [
    (markup.inline_code, '<script src="{% static "plazo/app.js" %}" defer></script>'),
    (markup.inline_code, '<p class="{{ kind }}" {% if one %}hidden{% endif %}>x</p>'),
    (markup.inline_code, '{# <p style="color: red"> #}'),
    (markup.page_colours, '<a href="#abc" hx-target="#face">x</a>'),
    (markup.page_colours, '<rect fill="url(#pat-pause)" stroke="currentColor"/>'),
    (markup.sheet_colours, "#abc { color: var(--plazo-text); }"),
    (markup.sheet_colours, "a:hover #abc { margin: 0 } /* color: #fff; */"),
    (markup.clock_tags, "{{ now|date }}"),
    (
        markup.untranslated_words,
        '<p title="{% translate "Enviar" %}">{% translate "Hola" %} · {{ name }} <kbd>Enter</kbd></p>',
    ),
    (markup.untranslated_words, "<p>{% blocktranslate with a=b %}Hola {{ a }}{% endblocktranslate %}</p>"),
    (markup.untranslated_words, '<input name="asunto" class="grande">'),
]

Rule = Callable[[str], Iterator[str]]


@pytest.mark.parametrize(("rule", "text"), BAD)
def test_a_rule_finds_what_breaks_it(rule: Rule, text: str) -> None:
    assert list(rule(text))


@pytest.mark.parametrize(("rule", "text"), GOOD)
def test_a_rule_lets_pass_what_keeps_it(rule: Rule, text: str) -> None:
    assert list(rule(text)) == []


def test_a_finding_names_its_line_behind_a_tag_of_several_lines() -> None:
    assert list(markup.inline_code("{% comment %}\n{% with\n a=1 %}\n<p style=''>")) == ["4: style="]


def test_templates_carry_no_code_of_their_own() -> None:
    assert breaks(markup.inline_code, package_files(".html")) == []


def test_templates_name_no_literal_colour() -> None:
    assert breaks(markup.page_colours, package_files(".html")) == []


def test_sheets_name_no_literal_colour_but_for_the_tokens() -> None:
    assert breaks(markup.sheet_colours, (path for path in package_files(".css") if path != TOKENS)) == []


def test_templates_read_no_clock() -> None:
    assert breaks(markup.clock_tags, package_files(".html", ".txt")) == []


def test_templates_say_nothing_that_is_not_translated() -> None:
    assert breaks(markup.untranslated_words, package_files(".html")) == []


def breaks(rule: Rule, paths: Iterator[Path] | list[Path]) -> list[str]:
    return [
        f"{name_of(path)}:{finding}" for path in paths for finding in rule(path.read_text(encoding="utf-8"))
    ]
