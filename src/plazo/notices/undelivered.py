"""An answer that nobody received is no answer."""

from __future__ import annotations

from typing import Final

from plazo.notices.models import Notice
from plazo.sla import timeline as events
from plazo.tickets.actions.conversation import mark_undelivered
from plazo.tickets.queries import timeline

# Words of the client on the ticket itself: whoever wrote them has seen what was answered before.
CLIENT_WORDS: Final = frozenset({events.CLIENT_REPLIED, events.CONFIRMED, events.REOPENED, events.DISPUTED})


def withdraw_if_nobody_has_it(notice: Notice) -> None:
    """Withdraw the answer a failed notice carried, unless a copy may arrive or the client wrote since."""
    reply = notice.reply_seq
    if reply is None or _may_arrive(notice):
        return
    if not any(event.code in CLIENT_WORDS for event in timeline(notice.its_ticket.pk)[reply:]):
        mark_undelivered(notice.its_ticket.pk, reply_seq=reply)


def _may_arrive(notice: Notice) -> bool:
    carrying = Notice.objects.filter(ticket=notice.its_ticket, reply_seq=notice.reply_seq)
    return carrying.exclude(state=Notice.FAILED).exists()
