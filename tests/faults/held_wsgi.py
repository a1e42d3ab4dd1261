"""The desk's web, held once at an instant at which it can be killed."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from plazo.kit import files
from plazo.project.wsgi import application as desk
from plazo.tickets.signals import recorded

AT = os.environ["PLAZO_TEST_HOLD_AT"]
FLAG = Path(os.environ["PLAZO_TEST_HOLD_FLAG"])
REPORTING = "/reportar/"


def hold(*_: Any, **__: Any) -> None:
    """Say that the instant is reached, and stay there."""
    FLAG.touch()
    time.sleep(600)


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    answer: Iterable[bytes] = desk(environ, start_response)
    reports = environ["REQUEST_METHOD"] == "POST" and environ["PATH_INFO"] == REPORTING
    if AT == "before the answer" and reports:
        hold()
    return answer


if AT == "after the files":
    store_all = files.store_all

    def store_and_hold(uploads: Any) -> Any:
        stored = store_all(uploads)
        hold()
        return stored

    files.store_all = store_and_hold
elif AT == "inside the transaction":
    recorded.connect(hold)
