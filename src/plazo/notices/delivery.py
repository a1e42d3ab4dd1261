"""One notice on its way: taken, rendered, handed over, and its outcome written under its fence.

No transaction is held while the network is waited for. A crash before the host's answer costs a second
try after the lease, with the same bytes; only a crash between the answer and its writing makes a second
copy, which the Message-ID shows to be the same.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from email.utils import parseaddr
from typing import Final

from django.conf import settings
from django.db import transaction

from plazo.kit import clock
from plazo.kit.claim import claim, finish, release, renew, write
from plazo.kit.outage import OUTAGES
from plazo.kit.text import clean_line
from plazo.notices.models import Notice
from plazo.notices.rendering import may_still_be_told, render
from plazo.notices.transports import Accepted, Later, Letter, Outcome, Refused, Transport, Withheld
from plazo.notices.undelivered import withdraw_if_nobody_has_it
from plazo.notices.waits import next_try

logger = logging.getLogger(__name__)

# The answer may take its time three times over: to DATA, to the text, and while the text is sent.
WAITS_FOR_ANSWER: Final = 3
NO_ACCESS: Final = "no_access"
MAX_ERROR: Final = 300


def deliver_next(transport: Transport, *, stopping: Callable[[], bool] = lambda: False) -> bool:
    """Try the notice that has been due the longest; False when none is."""
    lease = timedelta(seconds=settings.MAIL_LEASE_SECONDS)
    waiting = Notice.objects.filter(state=Notice.WAITING)
    for notice in claim(waiting, lease=lease):
        if stopping():
            release(notice)
        else:
            _deliver(notice, transport, stopping)
        return True
    return False


def _deliver(notice: Notice, transport: Transport, stopping: Callable[[], bool]) -> None:
    try:
        outcome = _try(notice, transport, stopping)
    except OUTAGES:
        raise
    except Exception as error:  # whatever is wrong with this one must not stop the others
        logger.exception("notice %s of ticket %s cannot be delivered", notice.pk, notice.ticket_id)
        outcome = Later(f"{type(error).__name__}: {error}")
    if outcome is not None:
        _settle(notice, outcome)


def _try(notice: Notice, transport: Transport, stopping: Callable[[], bool]) -> Outcome | None:
    """Hand the notice over; None when there was nothing to hand over."""
    if not _prepare(notice):
        return None
    return transport.send(_letter(notice), may_send=lambda: not stopping() and _hold_for_answer(notice))


def _prepare(notice: Notice) -> bool:
    """Render and store the message at the first attempt; False when it must not, or need not, go out."""
    if not may_still_be_told(notice):
        finish(notice, state=Notice.SUPPRESSED, error=NO_ACCESS)
        return False
    if notice.raw:
        return True
    notice.subject, notice.raw = render(notice)
    return write(notice, subject=notice.subject, raw=notice.raw)


def _letter(notice: Notice) -> Letter:
    sender = parseaddr(settings.EMAIL_FROM)[1]
    return Letter(notice.message_id, sender, notice.address, bytes(notice.raw))


def _hold_for_answer(notice: Notice) -> bool:
    """Asked when the host waits for the text: keep the row, if still ours, while the answer may take."""
    return renew(notice, lease=timedelta(seconds=WAITS_FOR_ANSWER * settings.MAIL_ANSWER_SECONDS))


def _settle(notice: Notice, outcome: Outcome) -> None:
    match outcome:
        case Accepted():
            finish(notice, state=Notice.SENT, sent_at=clock.now(), error="")
        case Refused(reason):
            _fail(notice, reason)
        case Later(reason):
            _try_again(notice, reason)
        case Withheld():
            release(notice)


def _try_again(notice: Notice, reason: str) -> None:
    at = next_try(created_at=notice.created_at, attempts=notice.attempts, now=clock.now())
    if at is None:
        _fail(notice, reason)
    else:
        finish(notice, next_attempt_at=at, error=clean_line(reason)[:MAX_ERROR])


def _fail(notice: Notice, reason: str) -> None:
    """Given up, where people see it; an answer that nobody received is withdrawn with it."""
    with transaction.atomic():
        if finish(notice, state=Notice.FAILED, error=clean_line(reason)[:MAX_ERROR]):
            withdraw_if_nobody_has_it(notice)
