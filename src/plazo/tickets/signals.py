"""What tickets tell those above them."""

from django.dispatch import Signal

# sender=Ticket, ticket, events (new rows, in order), reading (after them); inside the writing transaction.
recorded = Signal()
