"""Measure, and write the tables: `python -m benchmarks [NAME…] [--quick]`."""

from __future__ import annotations

import argparse
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

from benchmarks import calendars, lists, portal, statements, verify, world
from benchmarks.figures import table
from tools.pgcluster import private_cluster, programs

TABLES = Path(__file__).resolve().parents[1] / "docs" / "dev" / "benchmarks.md"
BENCHMARKS: dict[str, ModuleType] = {
    "calendars": calendars,
    "portal": portal,
    "statements": statements,
    "world": world,
    "verify": verify,
    "lists": lists,
}
HEAD = """# Benchmarks

Written by `make bench`. What a desk does is measured in CPU time, which a busy machine disturbs little, and
as ratios, which hold on another machine. PostgreSQL is a private cluster that does not wait for its disk.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code is 1 when a bound is not kept."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("name", nargs="*", help=f"some of: {', '.join(BENCHMARKS)} (default: all)")
    parser.add_argument("--quick", action="store_true", help="seconds only, to see that it runs; not written")
    given = parser.parse_args(arguments)
    if unknown := set(given.name) - set(BENCHMARKS):
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    kept = True
    with private_cluster() as cluster, tempfile.TemporaryDirectory(prefix="plazo-bench-") as data:
        for name in given.name or BENCHMARKS:
            benchmark = BENCHMARKS[name]
            began = time.monotonic()
            figures = list(benchmark.figures(cluster.url, Path(data), quick=given.quick))
            section = f"{benchmark.HOW}\n\n{table(figures)}\n{circumstances(time.monotonic() - began)}\n"
            print(f"## {benchmark.TITLE}\n\n{section}", flush=True)
            if not given.quick:
                write_section(TABLES, benchmark.TITLE, section)
            kept = kept and all(figure.is_kept for figure in figures)
    return 0 if kept or given.quick else 1


def write_section(file: Path, title: str, section: str) -> None:
    """Put a section in the place of its older self, in the order of the benchmarks."""
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    sections = dict(part.split("\n\n", 1) for part in text.split("\n## ")[1:])
    sections[title] = section
    order = [benchmark.TITLE for benchmark in BENCHMARKS.values()]
    parts = [f"## {each}\n\n{sections[each].strip()}\n" for each in order if each in sections]
    file.write_text("\n".join([HEAD, *parts]), encoding="utf-8")


def circumstances(seconds: float) -> str:
    """When and on what."""
    postgres = subprocess.run(
        [programs() / "postgres", "--version"], capture_output=True, text=True, check=True
    )
    version = re.search(r"\d+(\.\d+)?", postgres.stdout)
    assert version is not None
    return (
        f"Measured on {datetime.now(UTC):%Y-%m-%d} in {seconds:.0f} s: {os.cpu_count()} cores, "
        f"{platform.machine()}, Python {platform.python_version()}, PostgreSQL {version[0]}."
    )


if __name__ == "__main__":
    sys.exit(main())
