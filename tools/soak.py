"""Run the long figures, and write them with their date into docs/dev/soak.md."""

from __future__ import annotations

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

Written by `make soak`. The figures are those that the tests record with `record_property`.

| Part | Database | Tests | Failed | Seconds | Figures |
|---|---|---|---|---|---|
"""


@dataclass(frozen=True)
class Part:
    """One pytest run of the soak."""

    name: str
    arguments: Sequence[str]
    on_postgres: bool = False


PARTS = (
    Part("properties of the engine", ("tests/sla", "-n", "2", "--hypothesis-profile", "soak")),
    Part("long tests", ("-m", "soak")),
    Part("long tests", ("-m", "soak"), on_postgres=True),
)


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="plazo-soak-") as folder:
        results = [run_part(part, Path(folder) / f"{number}.xml") for number, part in enumerate(PARTS)]
    rows = "".join(row for _, row in results)
    RESULT.write_text(f"{HEAD}{rows}\nRun on {datetime.now(UTC):%Y-%m-%d}.\n", encoding="utf-8")
    return 1 if any(failed for failed, _ in results) else 0


def run_part(part: Part, report: Path) -> tuple[bool, str]:
    """Whether the part failed, and its row of the table."""
    command = ("pytest", *part.arguments, f"--junitxml={report}")
    failed = failing_command(Stage(part.name, 0, (command,), part.on_postgres)) is not None
    suite = next(ElementTree.parse(report).iter("testsuite"))
    count = {name: int(suite.get(name, "0")) for name in ("tests", "failures", "errors")}
    figures = "; ".join(recorded(suite))
    database = "PostgreSQL" if part.on_postgres else "SQLite"
    broken = count["failures"] + count["errors"]
    cells = (part.name, database, count["tests"], broken, f"{float(suite.get('time', '0')):.0f}", figures)
    return failed, f"| {' | '.join(map(str, cells))} |\n"


def recorded(suite: ElementTree.Element) -> Iterator[str]:
    for figure in suite.iter("property"):
        yield f"{figure.get('name')} {figure.get('value')}"


if __name__ == "__main__":
    sys.exit(main())
