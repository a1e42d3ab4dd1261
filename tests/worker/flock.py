"""Several worker processes for the price of one start: `python -m tests.worker.flock COUNT`."""

from __future__ import annotations

import os
import sys

import django
from django.core.management import call_command


def main() -> None:
    django.setup()
    children = [pid for _ in range(int(sys.argv[1])) if (pid := start())]
    for child in children:
        os.waitpid(child, 0)


def start() -> int:
    """Fork before any connection is open; the child never returns."""
    child = os.fork()
    if not child:
        call_command("worker", tick=0.1, deliverers=1)
        os._exit(0)
    return child


if __name__ == "__main__":
    main()
