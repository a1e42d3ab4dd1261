"""What a service agreement says, as data: the policy model and the commitment read from it."""

from plazo.sla.policy.agreement import Document, Policy, Provider
from plazo.sla.policy.base import METRICS, Assumable, Metric, Part, Text
from plazo.sla.policy.catalogue import Kind, ServiceArea
from plazo.sla.policy.commitment import Commitment, Term
from plazo.sla.policy.handling import (
    Channel,
    Channels,
    Closing,
    Escalation,
    EscalationStep,
    Holder,
    PauseReason,
    Pauses,
    Reopening,
    Reporters,
)
from plazo.sla.policy.hours import WEEKDAYS, Calendar, CalendarRule, Counting, Hours, Weekday, Window
from plazo.sla.policy.targets import Cell, Level, Priority, Target, Targets, TermCell, Unclassified

__all__ = [
    "METRICS",
    "WEEKDAYS",
    "Assumable",
    "Calendar",
    "CalendarRule",
    "Cell",
    "Channel",
    "Channels",
    "Closing",
    "Commitment",
    "Counting",
    "Document",
    "Escalation",
    "EscalationStep",
    "Holder",
    "Hours",
    "Kind",
    "Level",
    "Metric",
    "Part",
    "PauseReason",
    "Pauses",
    "Policy",
    "Priority",
    "Provider",
    "Reopening",
    "Reporters",
    "ServiceArea",
    "Target",
    "Targets",
    "Term",
    "TermCell",
    "Text",
    "Unclassified",
    "Weekday",
    "Window",
]
