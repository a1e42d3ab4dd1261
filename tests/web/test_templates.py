"""What the content policy forbids is nowhere in the templates."""

import re
from pathlib import Path

import pytest

SCRIPTS = sorted(Path("src/plazo/web/static/plazo/js").glob("*.js"))
TEMPLATES = sorted(Path("src/plazo/web/templates").rglob("*.html"))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: "/".join(path.parts[4:]))
def test_no_template_needs_an_inline_style_or_script(template: Path):
    text = template.read_text()
    assert not re.search(r"\sstyle=|<style|\son\w+=|hx-on|javascript:", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: "/".join(path.parts[4:]))
def test_every_form_that_posts_carries_its_token(template: Path):
    for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", template.read_text(), re.S):
        assert "{% csrf_token %}" in form


@pytest.mark.parametrize(
    "script", sorted(Path("src/plazo/web/static/plazo/js").glob("*.js")), ids=lambda p: p.name
)
def test_no_script_builds_code_or_markup_from_text(script: Path):
    assert not re.search(
        r"\beval\(|new Function|innerHTML|insertAdjacentHTML|document\.write", script.read_text()
    )
