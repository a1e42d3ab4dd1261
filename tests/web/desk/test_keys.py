"""One table of keys: what the help lists is what the pages bind."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import reverse

from plazo.web.desk.keys import JUMPS, KEYS, help_for
from plazo.web.desk.panels import _OPENERS, _RESOLVE, _WAIT
from tests.web.conftest import Browse, Opened
from tests.web.desk.conftest import address
from tests.world import World

TEMPLATES = [
    path
    for folder in ("desk", "lead", "administration")
    for path in Path("src/plazo/web/templates", folder).glob("*.html")
]
SCRIPT = Path("src/plazo/web/static/plazo/js/desk.js").read_text()
CODES = {code for key in KEYS for code in key.codes}


def bound() -> set[str]:
    """All keys that a page of the desk names."""
    literal = {
        key
        for path in TEMPLATES
        for keys in re.findall(r'data-key="([^"{]+)"', path.read_text())
        for key in keys.split()
    }
    return literal | {key for _, key in _OPENERS.values() if key} | {_WAIT.key, _RESOLVE.key}


def test_every_key_a_page_binds_is_in_the_help():
    assert bound() <= CODES


def test_every_key_of_the_help_is_bound():
    by_script = {"j", "k", "x", "Enter"}  # steps, marks, and what a link does by itself
    assert CODES - bound() <= by_script


def test_the_keys_on_a_row_are_those_of_the_ticket():
    on_row = set(re.findall(r"^  (\w): \[", SCRIPT, re.M))
    on_ticket = {code for key in KEYS if key.where == "ticket" for code in key.codes}
    assert on_row
    assert on_row < on_ticket


def test_no_key_means_two_things_in_one_place():
    for where in ("list", "ticket", "everywhere"):
        codes = [code for key in KEYS if key.where == where for code in key.codes]
        assert len(codes) == len(set(codes))
    assert "g" not in CODES
    assert len({jump.letter for jump in JUMPS}) == len(JUMPS)


@pytest.mark.parametrize(
    ("who", "letters"), [("consultant", "q"), ("lead", "qre"), ("administrator", "qreca")]
)
def test_a_jump_leads_only_where_its_reader_may_go(browse: Browse, world: World, who: str, letters: str):
    person = getattr(world, who)
    jumps = help_for(person)["jumps"]
    assert "".join(jump["letter"] for jump in jumps) == letters
    client = browse(person)
    assert all(client.get(jump["url"]).status_code == 200 for jump in jumps)


@pytest.mark.parametrize("path", ["/mesa/", "/mesa/teclas/"])
def test_the_help_stands_on_each_page_of_the_desk(browse: Browse, world: World, path: str):
    text = browse(world.consultant).get(path).content.decode()
    for key in KEYS:
        assert f"<kbd>{key.shown}</kbd>" in text
    assert text.count('data-go="q"') == 1


def test_keys_can_be_switched_off(browse: Browse, world: World, opened: Opened):
    client = browse(world.consultant)
    assert 'data-keys="off"' not in client.get(address(opened())).content.decode()
    client.cookies["keys"] = "off"
    assert 'data-keys="off"' in client.get(address(opened())).content.decode()


def test_the_help_is_reached_without_scripts(browse: Browse, world: World):
    assert f'href="{reverse("desk-keys")}"' in browse(world.consultant).get("/mesa/").content.decode()
