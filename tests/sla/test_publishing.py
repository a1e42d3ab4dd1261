"""The published page: whole, true to the policy, in both languages, and not to be broken by its texts."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from plazo.sla.loader import load_policy, read_policy
from plazo.sla.policy import METRICS
from plazo.sla.publishing import assumptions, published_html, published_page
from plazo.sla.publishing.wording import days_of, period, plain

COACHER = Path(__file__).parents[2] / "policies" / "coacher.yaml"
GOOD = COACHER.read_text(encoding="utf-8")
POLICY = load_policy(COACHER)
PAGES = {language: published_page(POLICY, language) for language in ("es", "en")}


class Outline(HTMLParser):
    """The tags of a page, and whether each one is closed."""

    VOID = frozenset({"meta", "br", "hr", "img", "link", "input"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_kind_stands_on_the_page_with_its_description(language: str) -> None:
    for kind in POLICY.kinds:
        assert f"| {kind.code} | {plain(kind.title.in_language(language))}" in PAGES[language]
        assert plain(kind.description.in_language(language)) in PAGES[language]


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_clause_stands_on_the_page(language: str) -> None:
    clauses = [window.clause for window in POLICY.windows.values()]
    clauses += [getattr(POLICY.targets, metric).clause for metric in METRICS]
    clauses += [
        POLICY.reporters.clause,
        POLICY.channels.clause,
        POLICY.counting.hours,
        POLICY.counting.response,
    ]
    assert [text for text in clauses if plain(text.in_language(language)) not in PAGES[language]] == []


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_assumption_stands_on_the_page(language: str) -> None:
    for name, reason in assumptions(POLICY, language):
        assert f"- **{plain(name)}.** {plain(reason)}" in PAGES[language]


def test_the_terms_stand_in_hours_by_priority_and_level() -> None:
    for row in (
        "| Alta | 3 h | 6 h | 12 h |",
        "| Baja | 12 h | 24 h | 48 h |",
        "| Baja | 48 h | 96 h | 192 h |",
    ):
        assert row in PAGES["es"]
    assert "| High | 12 h | 24 h | 48 h |" in PAGES["en"]


def test_terms_longer_than_a_week_of_the_window_are_said_to_be() -> None:
    assert "- Servicio 8x5, Respuesta: con 38 h por semana, 48 h son más de una semana hábil." in PAGES["es"]
    assert "192 h are more than 5 working weeks" in PAGES["en"]


def test_a_window_that_never_closes_needs_no_such_remark() -> None:
    assert "Servicio 24x7, " not in PAGES["es"]


def test_the_page_names_document_digest_and_which_governs() -> None:
    assert f"SHA-256: `{POLICY.document.sha256}`" in PAGES["es"]
    assert "Si difieren, rige el documento." in PAGES["es"]
    policy = read_policy(GOOD.replace("governs: document", "governs: policy"), name="x")
    assert "Si difieren, rige esta página." in published_page(policy)
    assert "this page governs" in published_page(policy, "en")


def test_the_page_names_version_date_and_zone() -> None:
    assert "versión 1 · rige desde el miércoles 1 de enero de 2025 · America/Santiago" in PAGES["es"]
    assert "version 1 · in force from Wednesday 1 January 2025" in PAGES["en"]


def test_the_page_says_how_pauses_begin_and_end() -> None:
    row = "| En espera del cliente | el cliente | la palabra del cliente; exige un mensaje | 10 días |"
    assert row in PAGES["es"]
    assert "| Waiting for the courier | a third party | the consultant | 5 days |" in PAGES["en"]


def test_channels_are_marked_as_assumed() -> None:
    assert "Canales: portal, correo electrónico, teléfono, WhatsApp y API. *(supuesto)*" in PAGES["es"]


def test_both_parties_find_a_place_to_sign() -> None:
    assert re.search(r"\| Firma \| (\\_){5,}", PAGES["es"])
    assert re.search(r"\| Signature \| (\\_){5,}", PAGES["en"])


def test_both_languages_have_the_same_sections() -> None:
    levels = {language: re.findall(r"^#+ ", page, re.MULTILINE) for language, page in PAGES.items()}
    assert levels["es"] == levels["en"]


def test_a_policy_without_pauses_steps_or_terms_says_so() -> None:
    text = GOOD.replace("basic: 48h", "basic: none", 1).replace(
        "of: response", "of: response\n    without_term: none", 1
    )
    policy = read_policy(text, name="x")
    pauses = policy.pauses.model_copy(update={"reasons": {}})
    escalation = policy.escalation.model_copy(update={"steps": ()})
    page = published_page(policy.model_copy(update={"pauses": pauses, "escalation": escalation}))
    assert "| Baja | 12 h | 24 h | sin plazo |" in page
    assert "No hay pausas" in page
    assert "## Avisos internos" not in page


def test_an_accepted_exception_and_a_kinds_own_term_are_shown() -> None:
    text = GOOD.replace("premium: 3h\n", "premium: {term: 7h, accept: acordado aparte}\n", 1)
    text = text.replace("code: BAJO-01\n", "code: BAJO-01\n    resolution: 60h\n", 1)
    page = published_page(read_policy(text, name="x"))
    assert "- Alta, Premium: acordado aparte" in page
    assert "- BAJO-01: solución a más tardar en 60 h." in page


@pytest.mark.parametrize(("language", "tag"), [("es", "es-CL"), ("en", "en")])
def test_the_html_page_is_whole_and_says_its_language(language: str, tag: str) -> None:
    page = published_html(POLICY, language)
    outline = Outline(page)
    assert outline.open == []
    assert f'<html lang="{tag}">' in page
    assert outline.seen.count("h1") == outline.seen.count("main") == outline.seen.count("title") == 1


def test_the_html_page_needs_nothing_from_elsewhere() -> None:
    page = published_html(POLICY)
    assert not {"script", "link", "img", "iframe"} & set(Outline(page).seen)
    assert "http" not in page


def test_every_table_has_column_headers_with_a_scope() -> None:
    page = published_html(POLICY)
    assert page.count("<table>") == 8
    assert "<th>" not in page
    assert "></th>" not in page


HOSTILE = "<script>alert(1)</script> | [x](javascript:alert(1)) *b* `c` &lt; # ~~d~~"


def test_markup_in_a_text_is_shown_and_not_obeyed() -> None:
    provider = POLICY.provider.model_copy(update={"name": HOSTILE})
    kind = POLICY.kinds[0].model_copy(
        update={"title": POLICY.kinds[0].title.model_copy(update={"es": f"1. {HOSTILE}\n\n# no"})}
    )
    page = published_html(
        POLICY.model_copy(update={"provider": provider, "kinds": (kind, *POLICY.kinds[1:])})
    )
    outline = Outline(page)
    assert not {"script", "a", "del"} & set(outline.seen)
    assert outline.seen.count("h1") == 1
    assert "&lt;script&gt;alert(1)&lt;/script&gt; | [x](javascript:alert(1)) *b* `c` &amp;lt; # ~~d~~" in page


def test_a_table_row_keeps_its_cells_whatever_a_text_holds() -> None:
    kind = POLICY.kinds[0].model_copy(
        update={"title": POLICY.kinds[0].title.model_copy(update={"es": "a | b\\|c"})}
    )
    page = published_html(POLICY.model_copy(update={"kinds": (kind,)}))
    assert "<td>a | b\\|c</td>" in page


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (("mon", "tue", "wed", "thu"), "lunes a jueves"),
        (("mon", "wed", "fri"), "lunes, miércoles y viernes"),
        (("sat", "sun"), "sábado y domingo"),
        (("fri",), "viernes"),
    ],
)
def test_weekdays_are_named_as_people_name_them(days: tuple, words: str) -> None:
    assert days_of(days, "es") == words


@pytest.mark.parametrize(
    ("seconds", "words"), [(86_400, "1 día"), (432_000, "5 días"), (5_400, "1 h 30 min")]
)
def test_a_period_is_told_in_days_where_it_has_whole_ones(seconds: int, words: str) -> None:
    assert period(seconds, "es") == words
