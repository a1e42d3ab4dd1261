"""Texts from outside are safe to store, and compared as people read them."""

from __future__ import annotations

import pytest

from plazo.kit.refusals import Refused
from plazo.kit.text import clean, clean_line, fold


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("  hola  ", "hola"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\x00b\x07", "ab"),
        ("a\ud800b", "a\ufffdb"),
        ("\ud83d\ude00", "😀"),
        ("a\u202eb\u2028c\ufeff", "abc"),
        ("tab\tqueda", "tab\tqueda"),
        ("\u200b\x00", ""),
    ],
)
def test_a_text_is_cleaned_of_what_breaks_or_hides(given: str, kept: str) -> None:
    assert clean(given) == kept
    clean(given).encode()


def test_a_line_has_no_line_ends() -> None:
    assert clean_line("Asunto\r\nBcc: otra  persona") == "Asunto Bcc: otra persona"


def test_folding_takes_case_and_accents_away() -> None:
    assert fold("ÑANDÚ Straße") == "nandu strasse"


def test_a_refusal_is_known_by_its_name_in_words() -> None:
    class NotYetOpen(Refused):
        pass

    refusal = NotYetOpen(opens="09:00")
    assert (refusal.code, refusal.details) == ("not_yet_open", {"opens": "09:00"})
