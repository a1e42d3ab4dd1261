"""The project speaks of itself alone: no machine's folders, no download addresses."""

import re
from pathlib import Path

import pytest

from tests.house.sources import name_of, project_files

# Split, since this file is looked through as well.
PLACES = re.compile(
    "|".join(
        [
            re.escape("/wo" + "rk/"),
            re.escape("/ro" + "ot/"),
            re.escape("/ho" + "me/") + r"\w",
            "py" + r"pi\.org",
            "python" + r"hosted\.org",
            "npm" + r"js\.(org|com)",
            "deb" + r"ian\.(org|net)",
        ]
    )
)
LICENCES = ("LICENSE", "COPYING", "NOTICE")


@pytest.mark.parametrize("text", ["cd /wo" + "rk/main", "https://py" + "pi.org/simple", "npm" + "js.org"])
def test_a_place_outside_the_project_is_found(text: str) -> None:
    assert PLACES.search(text)


@pytest.mark.parametrize("text", ["/workers/", "the root of the project", "docs/dev/homework"])
def test_our_own_places_are_let_pass(text: str) -> None:
    assert not PLACES.search(text)


def test_no_file_speaks_of_a_machine_or_a_registry() -> None:
    assert [
        found for path in project_files() if not path.name.startswith(LICENCES) for found in places(path)
    ] == []


def places(path: Path) -> list[str]:
    text = path.read_bytes().decode("utf-8", errors="ignore")
    return [f"{name_of(path)}: {place[0]}" for place in PLACES.finditer(text)]
