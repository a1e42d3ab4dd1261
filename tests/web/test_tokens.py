"""The colours: measured by WCAG 2, written down once."""

import re
from pathlib import Path

import pytest

STATIC = Path("src/plazo/web/static/plazo")
TOKENS = (STATIC / "tokens.css").read_text()
GROUNDS = ("bg", "surface", "raised", "sel", "note")
WORDS = ("text", "muted", "primary", "link", "ok", "risk", "missed", "paused")
SHAPES = ("line", "used", "focus")
DRAWN_ON = ("bg", "surface", "raised", "sel")


def blocks() -> list[dict[str, str]]:
    found = re.findall(r"\{([^{}]*--plazo-bg:[^{}]*)\}", TOKENS)
    return [dict(re.findall(r"--plazo-([\w-]+): (#[0-9A-F]{6});", block)) for block in found]


LIGHT, *DARK = blocks()


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_measured_as_the_standard_says():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#1B2430", "#FFFFFF") == pytest.approx(15.65, abs=0.01)


@pytest.mark.parametrize("theme", [LIGHT, DARK[0]], ids=["light", "dark"])
@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("ground", GROUNDS)
def test_words_can_be_read_on_every_ground(theme: dict[str, str], word: str, ground: str):
    assert contrast(theme[word], theme[ground]) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK[0]], ids=["light", "dark"])
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("ground", DRAWN_ON)
def test_edges_and_drawings_can_be_told_from_every_ground(theme: dict[str, str], shape: str, ground: str):
    assert contrast(theme[shape], theme[ground]) >= 3


@pytest.mark.parametrize("theme", [LIGHT, DARK[0]], ids=["light", "dark"])
def test_a_button_can_be_read(theme: dict[str, str]):
    assert contrast(theme["on-primary"], theme["primary"]) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK[0]], ids=["light", "dark"])
def test_what_is_left_stands_out_by_its_outline(theme: dict[str, str]):
    assert contrast(theme["left"], theme["used"]) >= 3


def test_the_dark_colours_are_the_same_by_system_and_by_choice():
    by_system, by_choice = DARK
    assert by_system == by_choice


def test_both_themes_name_the_same_tokens():
    assert set(LIGHT) == set(DARK[0])


@pytest.mark.parametrize("sheet", sorted(STATIC.glob("*.css")), ids=lambda sheet: sheet.name)
def test_only_the_tokens_hold_literal_colours(sheet: Path):
    literal = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch|lab)a?\(")
    assert sheet.name == "tokens.css" or not literal.search(sheet.read_text())


@pytest.mark.parametrize("sheet", sorted(STATIC.glob("*.css")), ids=lambda sheet: sheet.name)
def test_every_token_used_is_defined(sheet: Path):
    used = set(re.findall(r"var\(--plazo-([\w-]+)", sheet.read_text()))
    assert used <= set(re.findall(r"--plazo-([\w-]+):", TOKENS))
