"""Figures say truly whether their bound is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import portal, verify
from benchmarks.__main__ import HEAD, write_section
from benchmarks.figures import Figure, table


@pytest.mark.parametrize(
    ("value", "at_least", "kept"),
    [(3.9, False, True), (4.0, False, True), (4.1, False, False), (3.9, True, False), (4.0, True, True)],
)
def test_a_bound_is_the_most_or_the_least(value: float, at_least: bool, kept: bool) -> None:
    assert Figure("ratio", value, "×", 4.0, at_least=at_least).is_kept is kept


def test_without_a_bound_nothing_is_broken() -> None:
    figure = Figure("yardstick", 0.5, "ns")
    assert figure.is_kept
    assert figure.row() == "| yardstick | 0.50 ns |  |  |  |"


def test_a_figure_that_breaks_its_bound_stands_out() -> None:
    assert Figure("ratio", 4.82, "×", 4.0, beside="18 ms over 4 ms").row() == (
        "| ratio | 4.82× | ≤ 4.00× | **no** | 18 ms over 4 ms |"
    )


def test_a_rate_is_kept_from_its_bound_on() -> None:
    assert Figure("tickets", 12_345.6, "/s", 5_000.0, at_least=True).row() == (
        "| tickets | 12,346 /s | ≥ 5,000 /s | yes |  |"
    )


def test_a_table_has_a_row_for_each_figure() -> None:
    lines = table([Figure("one", 1.0, "ns"), Figure("two", 22.0, "ns")]).splitlines()
    assert [line.split(" | ")[0] for line in lines[2:]] == ["| one", "| two"]


def test_a_section_takes_the_place_of_its_older_self(tmp_path: Path) -> None:
    file = tmp_path / "benchmarks.md"
    write_section(file, verify.TITLE, "old\n\n| rows |")
    write_section(file, portal.TITLE, "other")
    write_section(file, verify.TITLE, "new\n\n| rows |")
    assert file.read_text() == (
        f"{HEAD}\n## {portal.TITLE}\n\nother\n\n## {verify.TITLE}\n\nnew\n\n| rows |\n"
    )
