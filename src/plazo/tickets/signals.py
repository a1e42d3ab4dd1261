"""What tickets tell those above them."""

from django.dispatch import Signal

# sender=Ticket, ticket, events (new rows, in order), reading (after them); inside the transaction of the write.
recorded = Signal()
