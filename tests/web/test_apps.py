"""What a field refuses by itself is told in the desk's words."""

from __future__ import annotations

import pytest
from allauth.account.forms import LoginForm
from django.forms import Form
from django.http import QueryDict
from django.utils import translation

from plazo.web.administration.contracts import EndForm
from plazo.web.administration.forms import PersonForm
from plazo.web.administration.policies import DocumentForm
from plazo.web.portal.reporting import ReportForm


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


@pytest.mark.parametrize(("language", "words"), [("es", "Complete este dato."), ("en", "Fill this in.")])
@pytest.mark.parametrize(
    ("form", "field"),
    [(PersonForm, "name"), (EndForm, "ends_on"), (DocumentForm, "document"), (LoginForm, "login")],
    ids=["text", "date", "file", "entrance"],
)
def test_a_field_left_empty_says_what_to_do(form: type[Form], field: str, language: str, words: str) -> None:
    with translation.override(language):
        assert form(QueryDict()).errors[field] == [words]


def test_a_form_that_knows_more_of_a_field_left_empty_says_more() -> None:
    with translation.override("es"):
        assert ReportForm.base_fields["subject"].error_messages["required"] == (
            "Escriba en pocas palabras qué falla."
        )
