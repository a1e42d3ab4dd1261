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
HEAD = "# Soak\n\nWritten by `make soak`: each part as it last ran, with the figures that its tests record.\n"


@dataclass(frozen=True)
class Part:
    """One pytest run of the soak."""

    name: str
    arguments: Sequence[str]
    databases: str = "SQLite"


# The watchdog of the short tests would end the long ones.
LONG = ("-o", "faulthandler_timeout=14400")
PARTS = (
    Part(
        "properties",
        ("tests/sla", "-n", "2", "--dist", "worksteal", "--hypothesis-profile", "soak"),
        databases="none",
    ),
    Part("kills", ("tests/faults", "-m", "soak"), databases="SQLite and PostgreSQL"),
)


def main() -> int:
    names = [part.name for part in PARTS]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", nargs="*", help=f"some of: {', '.join(names)} (default: all)")
    chosen = parser.parse_args().part or names
    if unknown := set(chosen) - set(names):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory(prefix="plazo-soak-") as folder:
        failed = [run_part(part, Path(folder) / f"{part.name}.xml") for part in PARTS if part.name in chosen]
    return 1 if any(failed) else 0


def write_section(name: str, section: str) -> None:
    """Put what a part found in the place of what it found before."""
    text = RESULT.read_text(encoding="utf-8") if RESULT.exists() else ""
    sections = dict(each.split("\n\n", 1) for each in text.split("\n## ")[1:])
    sections[name] = section
    parts = [f"## {part.name}\n\n{sections[part.name].strip()}\n" for part in PARTS if part.name in sections]
    RESULT.write_text("\n".join([HEAD, *parts]), encoding="utf-8")


def machine() -> str:
    system = platform.freedesktop_os_release()["PRETTY_NAME"]
    return f"{os.cpu_count()} cores, {system}, Python {platform.python_version()}"


def run_part(part: Part, report: Path) -> bool:
    """Run the part, and write what pytest says of it; whether it failed."""
    command = ("pytest", *part.arguments, *LONG, f"--junitxml={report}")
    failed = failing_command(Stage(part.name, 0, (command,))) is not None
    suite = next(ElementTree.parse(report).iter("testsuite"))
    count = {name: int(suite.get(name, "0")) for name in ("tests", "failures", "errors")}
    broken = count["failures"] + count["errors"]
    took = float(suite.get("time", "0"))
    found = f"{count['tests']} tests, {broken} failed, in {took:.0f} s. Database: {part.databases}."
    figures = "".join(f"- {line}\n" for line in recorded(suite))
    write_section(part.name, f"{datetime.now(UTC):%Y-%m-%d}, on {machine()}: {found}\n\n{figures}")
    return failed


def recorded(suite: ElementTree.Element) -> Iterator[str]:
    """A line for each test that recorded anything."""
    for case in suite.iter("testcase"):
        figures = [f"{each.get('name')} {each.get('value')}" for each in case.iter("property")]
        if figures:
            yield f"`{case.get('name')}`: {'; '.join(figures)}"


if __name__ == "__main__":
    sys.exit(main())
