"""Figures as a spreadsheet opens them."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from plazo.reports.compliance import Line
from plazo.reports.csvfile import HEADERS, compliance_csv, harmless

LINE = Line(
    1, "Andes Ltda", "2026-11", "resolution", met=7, missed=1, waived=1, canned=2, overrun=3_600, reopened=3
)


def rows(*lines: Line, language: str = "es-cl") -> list[list[str]]:
    text = compliance_csv(lines, language).removeprefix("\ufeff")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_a_file_begins_with_its_mark_and_its_header() -> None:
    assert compliance_csv([], "es-cl").startswith("\ufeffmes;cliente;")
    assert rows() == [list(HEADERS["es"])]


def test_an_english_reader_reads_english_in_the_same_columns() -> None:
    header, line = rows(LINE, language="en")
    assert ";".join(header) == (
        "month;client;target;met;missed;waived;canned_replies;false_solutions;overrun_seconds;"
        "percent;adjusted_percent"
    )
    assert ";".join(line) == "2026-11;Andes Ltda;solution;7;1;1;2;3;3600;87,5;100,0"


def test_a_line_is_a_row_with_decimal_commas() -> None:
    assert ";".join(rows(LINE)[1]) == "2026-11;Andes Ltda;solución;7;1;1;2;3;3600;87,5;100,0"


def test_nothing_to_keep_leaves_the_percentage_empty() -> None:
    assert rows(replace(LINE, met=0, missed=0, waived=0))[1][-2:] == ["", ""]


@pytest.mark.parametrize("name", ['Sur; "S" y Cía', "Dos\nlíneas"])
def test_a_name_with_separators_stays_in_its_cell(name: str) -> None:
    assert rows(replace(LINE, organization=name))[1][1] == name


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_name_that_would_be_a_formula_is_marked_as_text(start: str) -> None:
    assert harmless(f"{start}1+1") == f"'{start}1+1"
    assert rows(replace(LINE, organization=f"{start}cmd"))[1][1].startswith("'")


def test_a_plain_name_is_left_alone() -> None:
    assert harmless("Ñandú SpA") == "Ñandú SpA"
    assert harmless("") == ""
