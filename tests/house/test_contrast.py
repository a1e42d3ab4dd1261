"""The colours keep the contrast that WCAG 2 asks for, computed anew from the sheet that names them."""

import re
from functools import cache

import pytest

from tests.house.sources import PACKAGE

TOKENS = PACKAGE / "web" / "static" / "plazo" / "tokens.css"
BLOCK = re.compile(r"\{([^{}]*)\}")
TOKEN = re.compile(r"--plazo-([\w-]+)\s*:\s*(#[0-9a-fA-F]{6})\s*;")

GROUNDS = ("bg", "surface", "sel", "note")
TEXTS = ("text", "muted", "primary", "link", "ok", "risk", "missed", "paused")
# WCAG 2.2: 1.4.3 for text, 1.4.11 for shapes and borders that carry meaning.
TEXT_RATIO, SHAPE_RATIO = 4.5, 3.0
MIDDLE_GREY = 0.18

THEMES = pytest.mark.parametrize("theme", ["light", "dark"])


@THEMES
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", TEXTS)
def test_text_can_be_read_on_every_ground(theme: str, text: str, ground: str) -> None:
    assert contrast(theme, text, ground) >= TEXT_RATIO


@THEMES
def test_the_words_of_a_button_can_be_read(theme: str) -> None:
    assert contrast(theme, "on-primary", "primary") >= TEXT_RATIO


@THEMES
@pytest.mark.parametrize("ground", ["bg", "surface", "sel"])
@pytest.mark.parametrize("shape", ["line", "used", "focus"])
def test_a_shape_stands_out_from_every_ground(theme: str, shape: str, ground: str) -> None:
    assert contrast(theme, shape, ground) >= SHAPE_RATIO


@THEMES
def test_the_outline_of_what_is_left_stands_out_from_its_fill(theme: str) -> None:
    assert contrast(theme, "used", "left") >= SHAPE_RATIO


@THEMES
def test_raised_cards_take_the_same_text(theme: str) -> None:
    assert min(contrast(theme, text, "raised") for text in TEXTS) >= TEXT_RATIO


def test_dark_is_the_same_however_it_is_chosen() -> None:
    assert all(dark == tokens("dark") for dark in palettes(dark=True))


def test_every_light_token_has_its_dark_one() -> None:
    assert tokens("light").keys() == tokens("dark").keys()


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#FFFFFF", 21.0), ("#767676", "#FFFFFF", 4.54), ("#FFF4D6",) * 2 + (1.0,)],
)
def test_the_ratio_is_the_published_one(one: str, other: str, ratio: float) -> None:
    assert ratio_of(one, other) == pytest.approx(ratio, abs=0.005)


def contrast(theme: str, one: str, other: str) -> float:
    return ratio_of(tokens(theme)[one], tokens(theme)[other])


def tokens(theme: str) -> dict[str, str]:
    return palettes(dark=theme == "dark")[0]


@cache
def palettes(*, dark: bool) -> list[dict[str, str]]:
    """Each block of the sheet that names the colours anew, on a dark ground or on a light one."""
    css = re.sub(r"/\*.*?\*/", "", TOKENS.read_text(encoding="utf-8"), flags=re.DOTALL)
    found = [dict(TOKEN.findall(body)) for body in BLOCK.findall(css)]
    return [palette for palette in found if palette and (luminance(palette["bg"]) < MIDDLE_GREY) == dark]


def ratio_of(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    red, green, blue = (linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
