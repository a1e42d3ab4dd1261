"""Service terms as a pure library: calendars, policies, clocks, explanations.

No clock but the arguments, no framework, no input or output beside reading policy files.
"""

from plazo.sla.calendars import BusinessCalendar, CalendarHistory
from plazo.sla.clock import Assessment, Clock, ClockState, Pause, State, assess
from plazo.sla.policy import METRICS, Commitment, Policy, Term
from plazo.sla.timeline import Event

__all__ = [
    "METRICS",
    "Assessment",
    "BusinessCalendar",
    "CalendarHistory",
    "Clock",
    "ClockState",
    "Commitment",
    "Event",
    "Pause",
    "Policy",
    "State",
    "Term",
    "assess",
]
