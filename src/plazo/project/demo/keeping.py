"""When the demo world is built, and when it is built anew."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from plazo.kit import clock, secret_files
from plazo.people.models import Person
from plazo.project.demo.build import TICKETS, Built, build_world
from plazo.tickets import search
from plazo.tickets.models import Event

OLD = timedelta(days=3)


def password() -> str:
    """The one password of this installation's demo people, in a file that only its owner reads."""
    return secret_files.kept(password_file(), strength=12)


def password_file() -> Path:
    return _path("demo-password")


def keep_fresh(*, tickets: int = TICKETS) -> Built | None:
    """Build the world where there is none, and anew where it is old and unused. None: left alone."""
    mark = _path("demo.json")
    if not Person.objects.exists():
        return _build(mark, tickets)
    if not mark.exists():
        return None  # a desk of its own: not ours to touch
    until = datetime.fromisoformat(json.loads(mark.read_text(encoding="utf-8"))["until"])
    if clock.now() - until < OLD or _was_used(until):
        return None
    call_command("flush", interactive=False, verbosity=0)
    search.forget_all()
    return _build(mark, tickets)


def _build(mark: Path, tickets: int) -> Built:
    until = clock.now()
    built = build_world(until=until, password=password(), tickets=tickets)
    mark.write_text(json.dumps({"until": until.isoformat()}), encoding="utf-8")
    return built


def _was_used(until: datetime) -> bool:
    """Somebody signed in, or wrote on a ticket, since the world was built."""
    return (
        Person.objects.filter(last_login__isnull=False).exists()
        or Event.objects.filter(recorded_at__gt=until, actor__isnull=False).exists()
    )


def _path(name: str) -> Path:
    suffix = "" if connection.vendor == "sqlite" else f"-{connection.vendor}"
    stem, dot, ending = name.partition(".")
    path: Path = settings.MEDIA_ROOT.parent / f"{stem}{suffix}{dot}{ending}"
    return path
