"""The engine in a terminal: `plazo due` and `plazo policy`. No framework is loaded.

Exit codes: 0 done and nothing to object; 1 the policy has problems, or the versions compared
differ; 2 the command was not understood.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Sequence

from plazo.sla.cli.arguments import Misused, language_of
from plazo.sla.cli.due import run_due
from plazo.sla.cli.files import run_policy
from plazo.sla.loader import PolicyError

OK, OBJECTED, MISUSED = 0, 1, 2

_COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {"due": run_due, "policy": run_policy}
COMMANDS = frozenset(_COMMANDS)
"""The commands answered here."""


def main(argv: Sequence[str]) -> int:
    """Run `due …` or `policy …` (without the program's name) and give back the exit code."""
    language = language_of(argv)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A file's name may hold what the terminal cannot show.
            stream.reconfigure(errors="backslashreplace")
    try:
        code = _COMMANDS[argv[0]](argv[1:])
        sys.stdout.flush()
    except PolicyError as error:
        for problem in error.problems:
            sys.stderr.write(problem.sentence(language) + "\n")
        return OBJECTED
    except Misused as error:
        sys.stderr.write(error.text.in_language(language) + "\n")
        return MISUSED
    except BrokenPipeError:
        # Whoever reads us has seen enough; keep the interpreter's last flush from failing too.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    return code
