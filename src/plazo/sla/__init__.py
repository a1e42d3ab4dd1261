"""Service terms as a pure library: calendars, policies, clocks, explanations.

No clock but the arguments, no framework, no input or output beside reading policy files.
"""

from plazo.sla.calendars import BusinessCalendar, CalendarHistory
from plazo.sla.clock import Assessment, Clock, ClockState, Pause, State, assess, judging_calendar, preview
from plazo.sla.compliance import (
    Correction,
    Figures,
    Verdict,
    corrections,
    figures,
    percent_kept,
    totals,
    verdicts,
    waived_metrics,
)
from plazo.sla.escalation import Step, at_risk_at, due_steps, next_step_at, steps
from plazo.sla.explain import (
    Explanation,
    NamedDayOff,
    Sentences,
    explain,
    say_duration,
    say_instant,
    say_zone,
    sentences,
)
from plazo.sla.loader import PolicyError, load_policy, read_policy
from plazo.sla.policy import METRICS, Commitment, Metric, Policy, Term
from plazo.sla.timeline import Event

__all__ = [
    "METRICS",
    "Assessment",
    "BusinessCalendar",
    "CalendarHistory",
    "Clock",
    "ClockState",
    "Commitment",
    "Correction",
    "Event",
    "Explanation",
    "Figures",
    "Metric",
    "NamedDayOff",
    "Pause",
    "Policy",
    "PolicyError",
    "Sentences",
    "State",
    "Step",
    "Term",
    "Verdict",
    "assess",
    "at_risk_at",
    "corrections",
    "due_steps",
    "explain",
    "figures",
    "judging_calendar",
    "load_policy",
    "next_step_at",
    "percent_kept",
    "preview",
    "read_policy",
    "say_duration",
    "say_instant",
    "say_zone",
    "sentences",
    "steps",
    "totals",
    "verdicts",
    "waived_metrics",
]
