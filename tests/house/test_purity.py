"""The pure core works in a process that has never heard of the framework."""

import subprocess
import sys

import pytest

FRAMEWORKS = ("django", "allauth", "ninja", "httpx", "requests")


@pytest.mark.parametrize("module", ["plazo.sla", "plazo.triage", "plazo.mailparse"])
def test_the_pure_core_loads_no_framework(module: str) -> None:
    assert frameworks_loaded_by(module) == []


def test_a_framework_would_be_noticed() -> None:
    assert frameworks_loaded_by("django.conf") == ["django"]


def frameworks_loaded_by(module: str) -> list[str]:
    script = f"import sys, {module}; print(*(name for name in {FRAMEWORKS} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return done.stdout.split()
