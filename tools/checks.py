"""Run the checks stage by stage, stop at the first that fails, and print where the time went."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pgcluster import private_cluster

ROOT = Path(__file__).resolve().parent.parent
# The long tests of a file stand side by side: a process that has done its share takes of the other's.
PYTEST = ("pytest", "-n", "2", "--dist", "worksteal")
# They open no database, so the second run on another one would show nothing new.
PURE = ("tests/sla", "tests/policies", "tests/house", "tests/benchmarks")
# No stage depends on the database that the caller happens to have set; and modules are compiled once, not
# in each of the hundreds of processes.
IGNORED = ("DATABASE_URL", "PYTHONDONTWRITEBYTECODE")
ENVIRONMENT = {name: value for name, value in os.environ.items() if name not in IGNORED} | {
    "DJANGO_SETTINGS_MODULE": "plazo.project.settings"
}


@dataclass(frozen=True)
class Stage:
    """Commands that stand or fall together; the budget is seconds on two cores."""

    name: str
    budget: int
    commands: Sequence[Sequence[str]]
    on_postgres: bool = False


STAGES = (
    Stage(
        "lint",
        60,
        (
            ("ruff", "check", "."),
            ("ruff", "format", "--check", "."),
            ("djlint", "src", "--lint", "--quiet"),
            ("python", "tools/translations.py", "check"),
            ("django-admin", "check"),
            ("django-admin", "makemigrations", "--check", "--dry-run"),
        ),
    ),
    Stage("types", 90, (("mypy",),)),
    Stage("layers", 15, (("lint-imports", "--no-cache"),)),
    Stage("sqlite", 240, ((*PYTEST, "-m", "not browser and not faults and not soak"),)),
    Stage(
        "postgres",
        240,
        (
            (
                *PYTEST,
                *(f"--ignore={folder}" for folder in PURE),
                *("-m", "not browser and not faults and not soak"),
            ),
        ),
        on_postgres=True,
    ),
    # About a hundred processes start, each at two seconds of a core, and people ask without pause.
    Stage("faults", 110, ((*PYTEST, "tests/faults"),)),
    Stage("browser", 180, ((*PYTEST, "tests/browser"),)),
    Stage("stories", 75, ((*PYTEST, "tests/browser", "-m", "story and not soak"),), on_postgres=True),
)


def main() -> int:
    names = [stage.name for stage in STAGES]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stage", nargs="*", help=f"some of: {', '.join(names)} (default: all)")
    chosen = parser.parse_args().stage or names
    if unknown := set(chosen) - set(names):
        parser.error(f"no such stage: {', '.join(sorted(unknown))}")
    took: dict[str, float] = {}
    failed = None
    for stage in (stage for stage in STAGES if stage.name in chosen):
        print(f"\n=== {stage.name}", flush=True)
        started = time.monotonic()
        failed = failing_command(stage)
        took[stage.name] = time.monotonic() - started
        if failed:
            break
    report(took, failed)
    return 1 if failed else 0


def failing_command(stage: Stage) -> str | None:
    """The first command of the stage that fails, all of them run on data that is thrown away."""
    cluster_or_none = private_cluster() if stage.on_postgres else nullcontext()
    with cluster_or_none as cluster, TemporaryDirectory(prefix="plazo-checks-") as data:
        environment = ENVIRONMENT | {"PLAZO_DATA_DIR": data}
        if cluster:
            environment["DATABASE_URL"] = cluster.url
        for command in stage.commands:
            if run(command, environment) != 0:
                return " ".join(command)
    return None


def run(command: Sequence[str], environment: Mapping[str, str]) -> int:
    program = Path(sys.executable).with_name(command[0])
    return subprocess.run([program, *command[1:]], cwd=ROOT, env=environment, check=False).returncode


def report(took: Mapping[str, float], failed: str | None) -> None:
    print(f"\n{'stage':10}{'seconds':>9}{'budget':>9}")
    for stage in STAGES:
        if stage.name in took:
            over = "  over its budget" if took[stage.name] > stage.budget else ""
            print(f"{stage.name:10}{took[stage.name]:9.1f}{stage.budget:9}{over}")
    print(f"{'total':10}{sum(took.values()):9.1f}{sum(s.budget for s in STAGES if s.name in took):9}")
    print(f"\nFailed: {failed}" if failed else "\nAll of it holds.", flush=True)


if __name__ == "__main__":
    sys.exit(main())
