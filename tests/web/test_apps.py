"""What a field refuses by itself is told in the desk's words."""

from __future__ import annotations

import pytest
from django.utils import translation

from plazo.web.administration.forms import PersonForm


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", "Acórtelo a no más de 120 caracteres (tiene 121)."),
        ("en", "Shorten it to 120 characters at most (it has 121)."),
    ],
)
def test_a_text_too_long_says_how_many_characters_it_may_have(language: str, words: str) -> None:
    with translation.override(language):
        assert PersonForm({"name": "x" * 121, "email": "a@b.cl"}).errors["name"] == [words]


@pytest.mark.parametrize(
    ("language", "words"),
    [("es", "Escríbalo de nuevo, sin pegarlo."), ("en", "Type it again, without pasting.")],
)
def test_a_null_character_says_what_to_do(language: str, words: str) -> None:
    with translation.override(language):
        (told,) = PersonForm({"name": "Ana\0", "email": "a@b.cl"}).errors["name"]
    assert str(told).endswith(words)


def test_a_field_left_empty_keeps_its_own_words() -> None:
    with translation.override("es"):
        assert PersonForm({"email": "a@b.cl"}).errors["name"] == ["Este campo es obligatorio."]
