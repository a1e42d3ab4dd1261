"""`plazo due` and `plazo policy` as a person and a script use them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from plazo.sla.cli import MISUSED, OBJECTED, OK, main
from plazo.sla.loader import load_policy
from plazo.sla.publishing import published_html, published_page

ROOT = Path(__file__).parents[2]
COACHER = str(ROOT / "policies" / "coacher.yaml")
DUE = ("due", "--policy", COACHER, "--window", "8x5", "--level", "premium")
URGENT = (*DUE, "--priority", "high")
Said = tuple[int, str, str]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    def answer(*words: str) -> Said:
        code = main(words)
        out, err = capsys.readouterr()
        return code, out, err

    return answer


@pytest.fixture
def edited(tmp_path: Path) -> Any:
    def write(old: str, new: str) -> str:
        file = tmp_path / "edited.yaml"
        text = Path(COACHER).read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
        return str(file)

    return write


def due_at(run: Any, *words: str) -> Any:
    code, out, err = run(*words, "--json")
    assert (code, err) == (OK, "")
    return json.loads(out)["due_at"]


# plazo due


def test_the_term_is_told_with_its_reasons(run: Any) -> None:
    code, out, _ = run(*URGENT, "--at", "2026-09-17T17:30")
    assert code == OK
    lines = out.splitlines()
    assert lines[0] == "Le respondemos a más tardar el lunes 21 de septiembre, 11:30 (hora de Santiago)."
    assert lines[1] == "1. Jueves 17, 17:30 a 18:00: 30 min."
    assert "Viernes 18: feriado legal (Independencia Nacional)" in lines[2]
    assert "Suma: 3 h." in lines


def test_the_term_is_told_in_english_on_request(run: Any) -> None:
    _, out, _ = run(*URGENT, "--at", "2026-09-17T17:30", "--language", "en")
    assert out.startswith("We answer by Monday 21 September, 11:30 at the latest (Santiago time).")


def test_the_term_is_data_for_scripts(run: Any) -> None:
    _, out, _ = run(*URGENT, "--at", "2026-09-17T17:30", "--json")
    term = json.loads(out)
    assert term["metric"] == "response"
    assert term["due_at"] == "2026-09-21T11:30:00-03:00"
    assert term["term_seconds"] == 3 * 3_600
    assert term["policy"] == {"provider": "coacher", "version": 1}
    counted = [item for item in term["explanation"]["items"] if item["type"] == "counted"]
    assert sum(item["seconds"] for item in counted) == term["term_seconds"]


def test_the_solution_is_another_metric(run: Any) -> None:
    due = due_at(run, *URGENT, "--at", "2026-09-17T17:30", "--metric", "resolution")
    assert due == "2026-09-22T12:30:00-03:00"


def test_all_metrics_come_as_a_list_of_terms(run: Any) -> None:
    _, out, _ = run(*URGENT, "--at", "2026-09-17T17:30", "--metric", "all", "--json")
    dues = {term["metric"]: term["due_at"] for term in json.loads(out)["terms"]}
    assert dues == {"response": "2026-09-21T11:30:00-03:00", "resolution": "2026-09-22T12:30:00-03:00"}


def test_all_metrics_are_told_one_after_the_other(run: Any) -> None:
    _, out, _ = run(*URGENT, "--at", "2026-09-17T17:30", "--metric", "all")
    answer, solution = out.split("\n\n")
    assert answer.startswith("Le respondemos")
    assert solution.startswith("La solución se debe a más tardar el martes 22 de septiembre, 12:30")


@pytest.mark.parametrize("at", ["2026-09-17T17:30-03:00", "2026-09-17T20:30Z", "2026-09-17 15:30-05:00"])
def test_the_same_instant_gives_the_same_term_however_it_is_written(run: Any, at: str) -> None:
    assert due_at(run, *URGENT, "--at", at) == "2026-09-21T11:30:00-03:00"


def test_a_date_alone_is_its_midnight(run: Any) -> None:
    assert due_at(run, *URGENT, "--at", "2026-10-06") == "2026-10-06T12:00:00-03:00"
    _, out, _ = run(*URGENT, "--at", "2026-10-06")
    assert out.startswith("Sin hora, se toman las 0:00 de ese día.\nLe respondemos")


def test_what_had_to_be_decided_is_said_once(run: Any) -> None:
    _, out, _ = run(*URGENT, "--at", "2026-04-04T23:30", "--metric", "all")
    assert out.count("ocurren dos veces") == 1


@pytest.mark.parametrize(
    ("window", "due"), [("12x5", "2026-09-17T20:30:00-03:00"), ("24x7", "2026-09-17T20:30:00-03:00")]
)
def test_wider_windows_answer_sooner(run: Any, window: str, due: str) -> None:
    words = [window if word == "8x5" else word for word in URGENT]
    assert due_at(run, *words, "--at", "2026-09-17T17:30") == due


def test_24x7_knows_no_holiday(run: Any) -> None:
    words = ["24x7" if word == "8x5" else word for word in URGENT]
    assert due_at(run, *words, "--at", "2026-09-18T10:00") == "2026-09-18T13:00:00-03:00"


def test_a_kind_brings_its_priority(run: Any) -> None:
    assert due_at(run, *DUE, "--kind", "MEDIO-11", "--at", "2026-10-05T09:00") == "2026-10-06T10:00:00-03:00"


def test_a_kind_and_another_priority_contradict_each_other(run: Any) -> None:
    code, out, err = run(*URGENT, "--kind", "MEDIO-11", "--at", "2026-10-05T09:00")
    assert (code, out) == (MISUSED, "")
    assert "medium" in err


def test_a_kinds_own_term_counts_for_its_solution(run: Any, edited: Any) -> None:
    file = edited("code: BAJO-01\n", "code: BAJO-01\n    resolution: 49h\n")
    words = [file if word == COACHER else word for word in DUE]
    words = ["standard" if word == "premium" else word for word in words]
    _, out, _ = run(*words, "--kind", "BAJO-01", "--at", "2026-10-05", "--metric", "resolution", "--json")
    assert json.loads(out)["term_seconds"] == 49 * 3_600


def test_without_kind_and_priority_it_runs_as_unclassified_and_says_so(run: Any) -> None:
    _, out, _ = run(*DUE, "--at", "2026-09-17T17:30")
    assert out.startswith("Sin clasificar: prioridad por confirmar.\nLe respondemos")
    assert "lunes 21 de septiembre, 11:30" in out


def test_a_local_time_that_a_clock_change_skips_is_taken_after_it(run: Any) -> None:
    words = ["24x7" if word == "8x5" else word for word in URGENT]
    code, out, _ = run(*words, "--at", "2026-09-06T00:30", "--json")
    term = json.loads(out)
    assert code == OK
    assert (term["started_at"], term["due_at"]) == ("2026-09-06T01:30:00-03:00", "2026-09-06T04:30:00-03:00")
    assert "no existen" in term["notes"][0]["es"]


def test_a_local_time_that_occurs_twice_is_taken_the_first_time(run: Any) -> None:
    words = ["24x7" if word == "8x5" else word for word in URGENT]
    _, out, _ = run(*words, "--at", "2026-04-04T23:30", "--json")
    term = json.loads(out)
    assert (term["started_at"], term["due_at"]) == ("2026-04-04T23:30:00-03:00", "2026-04-05T01:30:00-04:00")
    assert "dos veces" in term["notes"][0]["es"]


def test_the_second_of_two_is_named_by_its_offset(run: Any) -> None:
    words = ["24x7" if word == "8x5" else word for word in URGENT]
    _, out, _ = run(*words, "--at", "2026-04-04T23:30-04:00", "--json")
    assert json.loads(out)["started_at"] == "2026-04-04T23:30:00-04:00"
    assert json.loads(out)["notes"] == []


def test_a_cell_without_a_term_has_no_due_date(run: Any, edited: Any, tmp_path: Path) -> None:
    file = Path(edited("basic: 48h", "basic: none"))
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("of: response", "of: response\n    without_term: none"), encoding="utf-8")
    words = ("due", "--policy", str(file), "--window", "8x5", "--level", "basic", "--priority", "low")
    assert due_at(run, *words, "--at", "2026-10-06") is None
    _, out, _ = run(*words, "--at", "2026-10-06")
    assert "no fija un plazo de respuesta" in out


@pytest.mark.parametrize(
    ("change", "hint"),
    [
        (("8x5", "9x5"), "«8x5»"),
        (("premium", "premiun"), "«premium»"),
        (("high", "alta"), "high, medium, low"),
    ],
)
def test_an_unknown_code_is_refused_with_the_known_ones(run: Any, change: tuple[str, str], hint: str) -> None:
    words = [change[1] if word == change[0] else word for word in URGENT]
    code, out, err = run(*words, "--at", "2026-10-06")
    assert (code, out) == (MISUSED, "")
    assert hint in err


@pytest.mark.parametrize("extra", [("--metric", "all of them"), ("--kind", "ALTO-13"), ("--language", "fr")])
def test_an_unknown_choice_is_refused(run: Any, extra: tuple[str, str]) -> None:
    code, _, err = run(*DUE, "--at", "2026-10-06", *extra)
    assert code == MISUSED
    assert extra[1] in err


@pytest.mark.parametrize(
    "at",
    [
        "mañana",
        "",
        "17-09-2026",
        "2026-02-30",
        "2026-09-17T17:30:00.5",
        "9999-12-31T23:59-12:00",
        "1980-01-01",
    ],
)
def test_an_instant_that_is_none_is_refused(run: Any, at: str) -> None:
    code, out, err = run(*URGENT, "--at", at)
    assert (code, out) == (MISUSED, "")
    assert err.startswith("--at")


@pytest.mark.parametrize("at", ["0001-01-01", "2041-01-01", "2040-12-31T17:59"])
def test_years_without_a_list_of_holidays_are_refused(run: Any, at: str) -> None:
    code, _, err = run(*URGENT, "--at", at)
    assert code == MISUSED
    assert "2040" in err


def test_a_country_without_a_list_of_holidays_is_refused(run: Any, edited: Any) -> None:
    words = [edited("country: CL", "country: AR") if word == COACHER else word for word in URGENT]
    code, _, err = run(*words, "--at", "2026-10-06")
    assert code == MISUSED
    assert "«AR»" in err


@pytest.mark.parametrize("missing", ["--policy", "--window", "--level", "--at"])
def test_what_is_missing_is_named(run: Any, missing: str) -> None:
    words = [*URGENT, "--at", "2026-10-06"]
    place = words.index(missing)
    code, _, err = run(*words[:place], *words[place + 2 :])
    assert code == MISUSED
    assert err.startswith(f"Falta {missing}.")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("due", "--foo"), "No se entiende la orden: sobra «--foo».\nUso: plazo due"),
        (
            ("due", "--foo", "--language=en"),
            "The command is not understood: “--foo” is not expected.\nUsage:",
        ),
        (("due", "--at"), "No se entiende la orden: --at: falta su valor.\n"),
        (("due", "--json=si"), "No se entiende la orden: --json: no lleva valor.\n"),
        (("policy", "--format", "html"), "Indique qué hacer: check, show, diff o schema.\n"),
        (("policy", "show"), "Indique un archivo.\n"),
        (("policy", "check"), "Indique uno o más archivos.\n"),
        (("policy", "diff", COACHER), "Indique dos archivos: el anterior y el nuevo.\n"),
        (("policy", "schema", COACHER), "Aquí no se indica ningún archivo.\n"),
    ],
)
def test_a_command_that_is_not_understood_says_what_is_wrong(
    run: Any, words: tuple[str, ...], said: str
) -> None:
    code, out, err = run(*words)
    assert (code, out) == (MISUSED, "")
    assert err.startswith(said)


@pytest.mark.parametrize(
    ("option", "value"), [("--kind", "alto-01"), ("--priority", "HIGH"), ("--level", "Premium")]
)
def test_capitals_make_no_other_code(run: Any, option: str, value: str) -> None:
    words = [word for word in URGENT if word not in ("--priority", "high")]
    if option == "--level":
        words = [value if word == "premium" else word for word in URGENT]
    else:
        words += [option, value]
    assert due_at(run, *words, "--at", "2026-09-17T17:30") == "2026-09-21T11:30:00-03:00"


def test_a_word_that_is_no_option_is_refused_with_the_usage(run: Any) -> None:
    code, _, err = run("due", "--when", "now", "--language=en")
    assert code == MISUSED
    assert "Usage: plazo due --policy FILE" in err


def test_a_broken_policy_answers_with_its_problems(run: Any, edited: Any) -> None:
    words = [edited("premium: 3h", "premium: 7h") if word == COACHER else word for word in URGENT]
    code, out, err = run(*words, "--at", "2026-10-06")
    assert (code, out) == (OBJECTED, "")
    assert "targets.response.terms.high.premium: 7h es más que" in err


# plazo policy


def test_a_good_policy_is_in_order(run: Any) -> None:
    assert run("policy", "check", COACHER) == (OK, f"{COACHER}: en orden (versión 1, 35 tipos).\n", "")


def test_a_check_tells_all_problems_of_all_files(run: Any, edited: Any) -> None:
    broken = edited("percent: 90", "percent: 70")
    code, out, _ = run("policy", "check", broken, COACHER, "nowhere.yaml", "--language", "en")
    first, second, third = out.splitlines()
    assert code == OBJECTED
    assert first.startswith(f"{broken}, line ")
    assert second.endswith("in order (version 1, 35 kinds).")
    assert third.startswith("nowhere.yaml: It cannot be read")


def test_a_file_that_cannot_be_read_is_told_in_the_reader_s_language(run: Any, tmp_path: Path) -> None:
    code, out, _ = run("policy", "check", "nowhere.yaml", str(tmp_path))
    assert code == OBJECTED
    assert out.splitlines() == [
        "nowhere.yaml: No se puede leer: no existe. Indique un archivo de acuerdo que se pueda leer.",
        f"{tmp_path}: No se puede leer: es una carpeta. Indique un archivo de acuerdo que se pueda leer.",
    ]


def test_a_policy_is_shown_as_its_published_page(run: Any) -> None:
    policy = load_policy(COACHER)
    assert run("policy", "show", COACHER)[:2] == (OK, published_page(policy, "es"))
    words = ("policy", "show", "--format", "html", COACHER, "--language", "en")
    assert run(*words)[:2] == (OK, published_html(policy, "en"))


def test_two_versions_that_differ_are_compared_in_words(run: Any, edited: Any) -> None:
    code, out, _ = run("policy", "diff", COACHER, edited("limit: 3d", "limit: 4d"))
    assert (code, out) == (OBJECTED, "Motivo de pausa host, límite: de «3 días» a «4 días».\n")


def test_two_equal_versions_are_said_to_be_equal(run: Any) -> None:
    assert run("policy", "diff", COACHER, COACHER) == (OK, "Ambas versiones dicen lo mismo.\n", "")


def test_the_schema_can_be_printed(run: Any) -> None:
    published = (ROOT / "policies" / "schema.json").read_text(encoding="utf-8")
    assert run("policy", "schema") == (OK, published, "")


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("chek", COACHER),
        ("check",),
        ("show",),
        ("show", COACHER, COACHER),
        ("diff", COACHER),
        ("show", COACHER, "--format", "pdf"),
        ("schema", COACHER),
    ],
)
def test_a_policy_command_that_makes_no_sense_is_refused(run: Any, words: tuple[str, ...]) -> None:
    assert run("policy", *words)[0] == MISUSED


@pytest.mark.parametrize("command", ["due", "policy"])
def test_help_is_no_mistake(run: Any, command: str) -> None:
    code, out, _ = run(command, "--help")
    assert code == OK
    assert f"\nUso: plazo {command}" in out
    assert out == run(command, "check", "-h")[1]
    assert f"\nUsage: plazo {command}" in run(command, "--language", "en", "-h")[1]


# The process


def program(*words: str) -> subprocess.CompletedProcess[str]:
    script = (
        "import sys; from plazo.project.cli import main\n"
        f"sys.argv = ['plazo', *{words!r}]\n"
        "code = main()\n"
        "print('django loaded:', 'django' in sys.modules, file=sys.stderr)\n"
        "sys.exit(code)"
    )
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT)


@pytest.mark.parametrize(
    "words", [(*URGENT, "--at", "2026-09-17T17:30"), ("policy", "check", COACHER)], ids=["due", "policy"]
)
def test_the_engines_commands_load_no_django(words: tuple[str, ...]) -> None:
    done = program(*words)
    assert done.returncode == OK
    assert "django loaded: False" in done.stderr


def test_every_other_command_is_djangos() -> None:
    done = program("help", "check")
    assert done.returncode == 0
    assert "django loaded: True" in done.stderr


def test_a_reader_who_leaves_early_causes_no_complaint() -> None:
    words = [sys.executable, "-c", "from plazo.project.cli import main; raise SystemExit(main())"]
    with subprocess.Popen(
        [*words, "policy", "show", COACHER], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == OK
