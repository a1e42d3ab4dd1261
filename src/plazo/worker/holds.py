"""Automatic work can be held: by a person, or by a worker that no longer trusts the clock."""

from __future__ import annotations

from plazo.kit import clock
from plazo.worker.models import Hold


def standing_hold() -> Hold | None:
    """The hold that stands, the oldest of several."""
    return Hold.objects.filter(lifted_at=None).order_by("pk").first()


def hold(reason: str) -> Hold:
    """Stop all automatic work, unless it is held already."""
    return standing_hold() or Hold.objects.create(reason=reason, since=clock.now())


def lift() -> int:
    """Let automatic work go on; how many holds stood."""
    return Hold.objects.filter(lifted_at=None).update(lifted_at=clock.now())
