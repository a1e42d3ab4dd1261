"""How a ticket is treated: pauses, escalation, reopening, closing, who reports and by which channel."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from plazo.sla.fields import Code, Duration, Flag
from plazo.sla.policy.base import Assumable, Metric, Part, Text

Holder = Literal["client", "third_party"]


class PauseReason(Assumable):
    """Why the resolution clock may stop, who causes it, and for how long at most (running time)."""

    title: Text
    holder: Holder
    ends_with: Literal["client", "consultant"]
    needs_message: Flag = False
    limit: Duration


class Pauses(Assumable):
    """All pause reasons, the most a ticket may be paused in total, and when a warning goes out."""

    reasons: dict[Code, PauseReason]
    total_limit: Duration
    warn_before: Duration


class EscalationStep(Assumable):
    """At `percent` of a term's counted time the named roles are told."""

    code: Code
    metric: Metric
    percent: int = Field(strict=True, gt=0, le=1_000)
    tell: tuple[Literal["assignee", "lead", "administrator"], ...] = Field(min_length=1)


class Escalation(Assumable):
    """Who is told as a term is used up."""

    steps: tuple[EscalationStep, ...] = ()


class Reopening(Assumable):
    """How long after the solution a client may say that it was none (running time)."""

    within: Duration


class Closing(Assumable):
    """When a resolved ticket closes by itself, and how long before the client is told (running time)."""

    after: Duration
    warn_before: Duration


class Reporters(Part):
    """Who may report."""

    clause: Text
    authorised: Flag = True
    registered: Flag = True


Channel = Literal["portal", "email", "phone", "whatsapp", "api"]


class Channels(Assumable):
    """The ways in."""

    clause: Text
    open: tuple[Channel, ...] = Field(min_length=1)
