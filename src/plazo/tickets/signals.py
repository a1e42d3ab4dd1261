"""What tickets tell those above them."""

from django.dispatch import Signal

# sender=Ticket, ticket, events (new rows, in order), reading (after them); inside the writing transaction.
recorded = Signal()

# sender=None, report (its number), person, subject, received_at; inside the writing transaction.
# No ticket yet, but both sides meet here: who takes reports in and who tells people know only tickets.
report_discarded = Signal()
