"""Which browser the tests and the pictures use, and how it is started."""

from __future__ import annotations

import shutil

# The one without windows does the same work in half the time.
PROGRAMS = ("chromium-headless-shell", "chromium")
# Root is refused a sandbox, and /dev/shm may be small.
FLAGS = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--in-process-gpu",
    "--disable-background-networking",
)


class NoChromiumError(Exception):
    """Neither of the programs is installed."""


def executable() -> str:
    for program in PROGRAMS:
        if found := shutil.which(program):
            return found
    raise NoChromiumError("There is no Chromium (Debian: chromium-headless-shell or chromium).")
