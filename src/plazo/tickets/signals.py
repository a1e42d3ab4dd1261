"""What tickets tell those above them."""

from django.dispatch import Signal

# sender=Ticket, ticket, events (new rows, in order), reading (after them); inside the writing transaction.
recorded = Signal()

# Of reports that are no tickets; declared here because who takes reports in and who tells people know
# only tickets. All inside the writing transaction.
# sender=None, report (its number), actor, client (its name), subject, received_at.
report_held = Signal()
# sender=None, report, person (it came from), subject, received_at.
report_discarded = Signal()
