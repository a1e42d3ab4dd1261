"""Tickets as tables: the timeline is the truth, all else on the ticket is an index of it."""

from plazo.tickets.models.clock import TicketClock
from plazo.tickets.models.event import Event
from plazo.tickets.models.message import Attachment, Message
from plazo.tickets.models.seal import Seal
from plazo.tickets.models.ticket import FAR, Ticket

__all__ = ["FAR", "Attachment", "Event", "Message", "Seal", "Ticket", "TicketClock"]
