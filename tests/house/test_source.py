"""The sources keep the house rules."""

import ast
from collections.abc import Iterable
from pathlib import Path

from tests.house import syntax
from tests.house.sources import PACKAGE, is_under, name_of, package_files

PURE = ("sla", "triage", "mailparse")
PAGES = ("web", "api")


def test_the_rules_walk_the_whole_package() -> None:
    assert {name_of(path) for path in sources()} >= {"src/plazo/kit/clock.py", "src/plazo/sla/clock.py"}


def test_pages_the_api_and_channels_write_through_actions_only() -> None:
    faces = [path for path in sources() if is_under(path, *PAGES) or is_channel(path)]
    assert breaks(syntax.writes, faces) == []


def test_pages_and_the_api_read_through_queries_and_access_only() -> None:
    assert breaks(syntax.managers, (path for path in sources() if is_under(path, *PAGES))) == []


def test_the_pure_core_is_told_the_time() -> None:
    assert breaks(syntax.any_clock, (path for path in sources() if is_under(path, *PURE))) == []


def test_only_the_house_clock_reads_the_wall_clock() -> None:
    readers = (path for path in sources() if path != PACKAGE / "kit" / "clock.py")
    assert breaks(syntax.wall_clock, readers) == []


def test_names_keep_to_the_glossary() -> None:
    assert breaks(syntax.synonyms, sources()) == []


def test_no_field_stores_a_deadline() -> None:
    assert breaks(syntax.stored_deadlines, (path for path in sources() if "models" in str(path))) == []


def test_every_text_can_be_collected_for_translation() -> None:
    assert breaks(syntax.uncollected_texts, sources()) == []


def sources() -> list[Path]:
    return package_files(".py")


def is_channel(path: Path) -> bool:
    """Each folder in `intake` is a channel; the modules beside them are what all channels enter by."""
    return is_under(path, "intake") and path.parent != PACKAGE / "intake" and "migrations" not in path.parts


def breaks(rule: syntax.Rule, paths: Iterable[Path]) -> list[str]:
    return [
        f"{name_of(path)}:{finding.line}: {finding.what}"
        for path in paths
        for finding in rule(ast.parse(path.read_text(encoding="utf-8")))
    ]
