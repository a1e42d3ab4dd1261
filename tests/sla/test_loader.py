"""Reading policy files: what is accepted, how faults are told, and that no text does any harm."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from plazo.sla.loader import MAX_BYTES, PolicyError, Problem, load_policy, read_policy
from plazo.sla.loader.source import MAX_DEPTH, SourceError, read_source
from plazo.sla.policy import Policy

COACHER = Path(__file__).parents[2] / "policies" / "coacher.yaml"
GOOD = COACHER.read_text(encoding="utf-8")


def problems_of(text: str | bytes) -> tuple[Problem, ...]:
    with pytest.raises(PolicyError) as refused:
        read_policy(text, name="uploaded.yaml")
    return refused.value.problems


def test_a_file_and_its_text_give_the_same_policy() -> None:
    assert load_policy(COACHER) == read_policy(GOOD, name="x") == read_policy(GOOD.encode(), name="x")


def test_a_byte_order_mark_is_no_part_of_the_policy() -> None:
    assert read_policy("\ufeff" + GOOD, name="x") == read_policy(b"\xef\xbb\xbf" + GOOD.encode(), name="x")


def test_lines_may_end_as_on_windows() -> None:
    assert read_policy(GOOD.replace("\n", "\r\n"), name="x") == read_policy(GOOD, name="x")


def test_a_file_that_is_not_there_is_a_problem_without_a_line() -> None:
    with pytest.raises(PolicyError) as refused:
        load_policy("policies/nowhere.yaml")
    (problem,) = refused.value.problems
    assert (problem.file, problem.line) == ("policies/nowhere.yaml", 0)
    assert "línea" not in problem.sentence("es")


def test_a_folder_is_no_policy_file(tmp_path: Path) -> None:
    with pytest.raises(PolicyError):
        load_policy(tmp_path)


def test_a_problem_says_file_line_column_field_fault_and_mend_in_the_readers_language() -> None:
    (problem,) = problems_of(GOOD.replace("premium: 3h", "premium: 7h", 1))
    line = GOOD[: GOOD.index("premium: 3h")].count("\n") + 1
    assert problem.sentence("es").startswith(
        f"uploaded.yaml, línea {line}, columna 9, targets.response.terms.high.premium: 7h es más que"
    )
    assert problem.sentence("es").endswith("«{term: 7h, accept: motivo}».")
    assert f"line {line}, column 9" in problem.sentence("en-GB")
    assert "Write 6h or less" in problem.sentence("en-GB")


def test_all_problems_are_told_at_once_in_the_order_of_the_file() -> None:
    text = GOOD.replace("zone: America/Santiago", "zone: UTC").replace("limit: 3d", "limit: 30d")
    text = text.replace("code: BAJO-12", "code: ALTO-01")
    fields = [problem.field for problem in problems_of(text)]
    assert fields == ["zone", "pauses.reasons.host.limit", "kinds[34].code"]


def test_all_faults_of_form_are_told_at_once() -> None:
    text = GOOD.replace("version: 1", "version: uno", 1).replace("premium: 3h", "premium: tres", 1)
    fields = [problem.field for problem in problems_of(text)]
    assert fields == ["version", "targets.response.terms.high.premium"]


def test_the_error_itself_reads_as_sentences() -> None:
    with pytest.raises(PolicyError, match=r"x\.yaml, line 17, column 1, zone: “UTC” is no time zone"):
        read_policy(GOOD.replace("zone: America/Santiago", "zone: UTC"), name="x.yaml")


@pytest.mark.parametrize("text", ["", "\n", "# nothing\n", "~", "- a\n- b\n", "plain words", "7"])
def test_what_is_no_group_of_fields_is_told_which_fields_to_write(text: str) -> None:
    (problem,) = problems_of(text)
    assert (problem.line, problem.field) == (1, "")
    assert "plazo" in problem.mend.es


def test_a_file_beyond_the_limit_is_refused_before_it_is_read() -> None:
    (problem,) = problems_of("#" * (MAX_BYTES + 1))
    assert "1 MiB" in problem.message.es


def test_the_limit_counts_bytes_not_letters() -> None:
    (problem,) = problems_of("ñ" * (MAX_BYTES // 2 + 1))
    assert "1 MiB" in problem.message.es


def test_bytes_of_another_encoding_are_told_their_line() -> None:
    (problem,) = problems_of("plazo: 1\ntitle: Alta ñ\n".encode("latin-1"))
    assert (problem.line, problem.column) == (2, 13)
    assert "UTF-8" in problem.mend.es


def test_a_bomb_of_aliases_is_refused_at_its_first_anchor() -> None:
    rows = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60)]
    (problem,) = problems_of("\n".join(rows))
    assert problem.line == 1


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_depth_is_bounded(opening: str) -> None:
    (problem,) = problems_of(opening * 20_000)
    assert str(MAX_DEPTH) in problem.message.es or "YAML" in problem.message.es


def test_words_numbers_and_times_are_read_by_the_core_schema_of_yaml_1_2() -> None:
    source = read_source("a: yes\nb: 09:00\nc: 2026-03-01\nd: 017\ne: true\nf: null\ng: '1'\nh: 1.5\ni: -3\n")
    assert source.data == {
        "a": "yes",
        "b": "09:00",
        "c": "2026-03-01",
        "d": 17,
        "e": True,
        "f": None,
        "g": "1",
        "h": 1.5,
        "i": -3,
    }


def test_a_number_of_thousands_of_digits_stays_text() -> None:
    assert read_source("a: " + "9" * 5_000).data == {"a": "9" * 5_000}


def test_fields_know_their_place() -> None:
    source = read_source("a:\n  b: [x,\n    y]\n")
    assert source.place(("a", "b")) == (2, 3)
    assert source.place(("a", "b", 1)) == (3, 5)
    assert source.place(("a", "b", 1, "deeper")) == (3, 5)


def test_a_directive_of_an_impossible_version_is_refused() -> None:
    with pytest.raises(SourceError):
        read_source("%YAML 9.9\n---\na: 1\n")


def test_an_accepted_break_of_order_is_accepted() -> None:
    cell = "premium:\n          term: 7h\n          accept: lo pidió el proveedor\n"
    policy = read_policy(GOOD.replace("premium: 3h\n", cell, 1), name="x")
    assert policy.seconds("response", priority="high", level="premium") == 7 * 3_600


def test_an_accepted_cell_does_not_excuse_its_neighbours() -> None:
    text = GOOD.replace("premium: 3h\n", "premium: 13h\n", 1)
    text = text.replace("standard: 6h\n", "standard: {term: 6h, accept: motivo}\n", 1)
    fields = {problem.field for problem in problems_of(text)}
    assert fields == {"targets.response.terms.high.premium"}


def test_cells_without_a_term_are_read_once_the_factor_acknowledges_them() -> None:
    text = GOOD.replace("basic: 48h", "basic: none", 1)
    text = text.replace("of: response", "of: response\n    without_term: none", 1)
    policy = read_policy(text, name="x")
    assert policy.seconds("response", priority="low", level="basic") is None
    assert policy.seconds("resolution", priority="low", level="basic") is None


def test_touching_intervals_and_nights_do_not_overlap() -> None:
    old = "      - days: [fri]\n        from: 09:00\n        to: 15:00\n"
    new = "      - days: [fri, sat, sun]\n        from: 22:00\n        to: 09:00\n"
    policy = read_policy(GOOD.replace(old, new, 1), name="x")
    assert policy.windows["8x5"].weekly_seconds() == (4 * 8 + 3 * 11) * 3_600


def test_the_day_it_takes_effect_is_a_date() -> None:
    assert load_policy(COACHER).effective_from == date(2025, 1, 1)


FRAGMENTS = st.sampled_from(
    [
        *(
            "a: b\n",
            "- ",
            "? ",
            ": ",
            "[",
            "]",
            "{",
            "}",
            "&a ",
            "*a",
            "!!int ",
            "!",
            "|\n",
            ">-\n  ",
            "'",
            '"',
        ),
        *(
            "%YAML 1.2\n",
            "%TAG ! x\n",
            "---\n",
            "...\n",
            "\\x",
            '"\\U00110000"',
            '"\\ud800"',
            "\t",
            "\n",
            "  ",
        ),
        *(
            "plazo: 1\n",
            "kinds:\n",
            "<<: ",
            "\x00",
            "\x85",
            "\u2028",
            "\ufeff",
            "\ud800",
            "9" * 30,
            "~",
            "@",
            "#",
        ),
    ]
)


@given(st.one_of(st.text(), st.lists(FRAGMENTS, max_size=12).map("".join)))
@example('a: "\\UFFFFFFFF"')
@example("%YAML 99999999999999999999.1\n---\na")
@example("%YAML 1." + "9" * 5_000 + "\n---\na")
@example("? - ? - ? -")
@example("- - - - -\n ?")
def test_no_text_does_more_than_be_refused(text: str) -> None:
    with pytest.raises(PolicyError) as refused:
        read_policy(text, name="x")
    assert all(problem.sentence("es") and problem.sentence("en") for problem in refused.value.problems)


@given(st.binary())
def test_no_bytes_do_more_than_be_refused(raw: bytes) -> None:
    with pytest.raises(PolicyError):
        read_policy(raw, name="x")


def outcome(text: str) -> Policy | tuple[Problem, ...]:
    try:
        return read_policy(text, name="x")
    except PolicyError as error:
        return error.problems


LINES = GOOD.splitlines(keepends=True)


@settings(max_examples=max(25, settings().max_examples // 4))
@given(
    st.integers(0, len(LINES) - 1),
    st.sampled_from(["drop", "double", "indent", "null", "text", "number", "list"]),
)
def test_a_policy_with_one_line_spoilt_is_read_or_refused(place: int, harm: str) -> None:
    line = LINES[place]
    key = line.partition(":")[0]
    spoilt = {
        "drop": "",
        "double": line * 2,
        "indent": "  " + line,
        "null": f"{key}:\n",
        "text": f"{key}: words\n",
        "number": f"{key}: 7\n",
        "list": f"{key}: [a, 1]\n",
    }[harm]
    found = outcome("".join([*LINES[:place], spoilt, *LINES[place + 1 :]]))
    assert isinstance(found, Policy) or all(0 < problem.line <= len(LINES) + 2 for problem in found)


def test_a_policy_written_as_json_is_read_too() -> None:
    policy = load_policy(COACHER)
    written = json.dumps(policy.model_dump(mode="json", by_alias=True, exclude_none=True), ensure_ascii=False)
    assert read_policy(written, name="x.json") == policy


def test_no_message_shows_what_pydantic_says() -> None:
    text = re.sub(r"sha256: \w+", "sha256: 1", GOOD)
    assert all("pydantic" not in problem.sentence("en").lower() for problem in problems_of(text))
