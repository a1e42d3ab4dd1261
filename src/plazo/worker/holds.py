"""Automatic work can be held: by a person, or by a worker that no longer trusts the clock."""

from __future__ import annotations

from plazo.kit import clock
from plazo.worker.models import Hold


def standing_hold() -> Hold | None:
    """A hold that stands; there may be several, each for its own reason."""
    return Hold.objects.filter(lifted_at=None).order_by("pk").first()


def hold(reason: str) -> Hold:
    """Stop all automatic work."""
    return Hold.objects.create(reason=reason, since=clock.now())


def stands(hold: Hold) -> bool:
    """Whether nobody has lifted it."""
    return Hold.objects.filter(pk=hold.pk, lifted_at=None).exists()


def lift(hold: Hold) -> None:
    """Take one hold back; work goes on when no other stands."""
    Hold.objects.filter(pk=hold.pk, lifted_at=None).update(lifted_at=clock.now())


def lift_all() -> int:
    """Let automatic work go on; how many holds stood."""
    return Hold.objects.filter(lifted_at=None).update(lifted_at=clock.now())
