"""Run the long figures, and write them with their date into docs/dev/soak.md."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

from checks import ROOT, Stage, failing_command

RESULT = ROOT / "docs" / "dev" / "soak.md"
HEAD = """# Soak

Written by `make soak`. {date}, on {machine}.

| Part | Database | Tests | Failed | Seconds |
|---|---|---|---|---|
"""
FIGURES = """
## Figures
As the tests record them.

"""


@dataclass(frozen=True)
class Part:
    """One pytest run of the soak."""

    name: str
    arguments: Sequence[str]
    databases: str = "SQLite"


# The watchdog of the short tests would end the long ones.
LONG = ("-o", "faulthandler_timeout=14400")
PARTS = (
    Part("properties", ("tests/sla", "-n", "2", "--hypothesis-profile", "soak"), databases="none"),
    Part("kills", ("tests/faults", "-m", "soak"), databases="SQLite and PostgreSQL"),
)


@dataclass(frozen=True)
class Result:
    """What a part found: whether it failed, its row of the table, its lines of figures."""

    failed: bool
    row: str
    figures: Sequence[str]


def main() -> int:
    names = [part.name for part in PARTS]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", nargs="*", help=f"some of: {', '.join(names)} (default: all)")
    chosen = parser.parse_args().part or names
    if unknown := set(chosen) - set(names):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory(prefix="plazo-soak-") as folder:
        results = [run_part(part, Path(folder) / f"{part.name}.xml") for part in PARTS if part.name in chosen]
    RESULT.write_text(page(results), encoding="utf-8")
    return 1 if any(result.failed for result in results) else 0


def page(results: Sequence[Result]) -> str:
    head = HEAD.format(date=f"{datetime.now(UTC):%Y-%m-%d}", machine=machine())
    rows = "".join(result.row for result in results)
    figures = "".join(f"- {line}\n" for result in results for line in result.figures)
    return f"{head}{rows}{FIGURES if figures else ''}{figures}"


def machine() -> str:
    system = platform.freedesktop_os_release()["PRETTY_NAME"]
    return f"{os.cpu_count()} cores, {system}, Python {platform.python_version()}"


def run_part(part: Part, report: Path) -> Result:
    """Run the part, and read what pytest says of it."""
    command = ("pytest", *part.arguments, *LONG, f"--junitxml={report}")
    failed = failing_command(Stage(part.name, 0, (command,))) is not None
    suite = next(ElementTree.parse(report).iter("testsuite"))
    count = {name: int(suite.get(name, "0")) for name in ("tests", "failures", "errors")}
    broken = count["failures"] + count["errors"]
    cells = (part.name, part.databases, count["tests"], broken, f"{float(suite.get('time', '0')):.0f}")
    return Result(failed, f"| {' | '.join(map(str, cells))} |\n", tuple(recorded(suite)))


def recorded(suite: ElementTree.Element) -> Iterator[str]:
    """A line for each test that recorded anything."""
    for case in suite.iter("testcase"):
        figures = [f"{each.get('name')} {each.get('value')}" for each in case.iter("property")]
        if figures:
            yield f"`{case.get('name')}`: {'; '.join(figures)}"


if __name__ == "__main__":
    sys.exit(main())
