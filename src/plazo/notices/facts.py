"""What a notice tells of: the ticket as it stood right after the event, whenever the notice is worded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from plazo.notices.models import Notice
from plazo.people.models import Person
from plazo.sla import Assessment
from plazo.sla.policy import Policy
from plazo.tickets.clocks import Reading, calendars_named_in, judge
from plazo.tickets.models import Message, Ticket
from plazo.tickets.queries import Recorded, timeline

SHOWN: Final = ("reply", "client_reply")


@dataclass(frozen=True)
class Facts:
    """All that a notice may say.

    before   the clocks just before the event; None for the first
    after    those after all that was recorded with it
    message  what a person wrote with it for the reader to see, or ""
    """

    ticket: Ticket
    person: Person
    actor: Person | None
    event: Recorded
    before: Assessment | None
    reading: Reading
    message: str

    @property
    def after(self) -> Assessment:
        """The clocks after the event."""
        return self.reading.assessment

    @property
    def policy(self) -> Policy | None:
        """The agreement that rules; None for a ticket without contract."""
        return self.reading.terms.policy if self.reading.terms else None


def facts_of(notice: Notice) -> Facts:
    """Read them from the timeline."""
    events = timeline(notice.its_ticket.pk)
    event = events[notice.seq - 1]
    calendars = calendars_named_in([events])
    together = [each for each in events if each.seq <= event.seq or each.recorded_at == event.recorded_at]
    earlier = events[: event.seq - 1]
    return Facts(
        ticket=notice.its_ticket,
        person=notice.person,
        actor=Person.objects.filter(pk=event.actor_id).first() if event.actor_id else None,
        event=event,
        before=judge(earlier, calendars, event.recorded_at).assessment if earlier else None,
        reading=judge(together, calendars, event.recorded_at),
        message=_message(notice, event.seq),
    )


def _message(notice: Notice, seq: int) -> str:
    """The words of the answer it carries, or those of the event itself; never a note."""
    numbers = {seq, notice.reply_seq or seq}
    found = Message.objects.filter(ticket=notice.its_ticket, seq__in=numbers, kind__in=SHOWN)
    return "\n\n".join(found.order_by("seq").values_list("body", flat=True))
