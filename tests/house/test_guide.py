"""The guide holds together: each link of a page leads to a page, each page is reached from the index."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.world import POLICY

ROOT = POLICY.parents[1]
GUIDE = ROOT / "docs" / "guia"
PAGES = sorted(GUIDE.glob("*.md"))
READMES = [ROOT / "README.md", ROOT / "README.es.md"]
_LINK = re.compile(r"\]\(([^)\s]+)\)")


def targets(page: Path) -> list[Path]:
    """The files of ours that a page leads to or shows."""
    found = _LINK.findall(page.read_text(encoding="utf-8"))
    return [
        page.parent / link.split("#")[0] for link in found if "://" not in link and not link.startswith("#")
    ]


def test_the_pictures_are_small() -> None:
    sizes = {path.name: path.stat().st_size for path in (ROOT / "docs" / "images").glob("*.png")}
    assert sizes
    assert max(sizes.values()) < 200_000, sizes


@pytest.mark.parametrize("page", [*PAGES, *READMES], ids=lambda page: page.name)
def test_every_link_leads_to_a_file(page: Path) -> None:
    assert [str(target) for target in targets(page) if not target.exists()] == []


def test_every_page_is_reached_from_the_index() -> None:
    reached = {target.resolve() for target in targets(GUIDE / "README.md")}
    assert set(PAGES) - {GUIDE / "README.md"} <= reached


def test_a_link_to_nowhere_would_be_found(tmp_path: Path) -> None:
    page = tmp_path / "pagina.md"
    page.write_text("Vea [esto](no-existe.md) y [aquello](https://plazo.example/).", encoding="utf-8")
    assert [target.exists() for target in targets(page)] == [False]
