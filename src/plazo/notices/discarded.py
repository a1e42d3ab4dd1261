"""A report that became no ticket: whoever sent it is told by mail, once."""

from __future__ import annotations

import uuid
from datetime import datetime
from email.utils import parseaddr
from typing import Any, Final

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from plazo.kit import clock
from plazo.kit.text import clean_line
from plazo.notices.models import Notice
from plazo.notices.outbox import own_domain
from plazo.notices.rendering import MAX_SUBJECT, message
from plazo.notices.speech import Speech
from plazo.notices.suppression import is_suppressed
from plazo.people.models import Person

DISCARDED: Final = "discarded"


def write_notice(*, report: int, person: Person, subject: str, received_at: datetime, **others: Any) -> None:
    """Receiver of `tickets.signals.report_discarded`."""
    if not person.is_active:
        return
    now = clock.now()
    notice = Notice(
        report=report,
        seq=0,
        code=DISCARDED,
        person=person,
        address=person.email,
        message_id=f"<{uuid.uuid4().hex}@{own_domain()}>",
        state=Notice.SUPPRESSED if is_suppressed() else Notice.WAITING,
        next_attempt_at=now,
        created_at=now,
    )
    notice.subject, notice.raw = _render(notice, subject, received_at)
    notice.save()


def _render(notice: Notice, about: str, received_at: datetime) -> tuple[str, bytes]:
    speech = Speech.of(notice.person, now=notice.created_at)
    with translation.override(speech.language):
        content = {
            "language": speech.language,
            "subject": about,
            "received": speech.at(received_at),
            "zone": speech.zone_words,
            "link": settings.BASE_URL + reverse("portal-home"),
            "desk": parseaddr(settings.EMAIL_FROM)[0],
        }
        text = render_to_string("notices/discarded.txt", content)
        html = render_to_string("notices/discarded.html", content)
        title = _("No tomamos su reporte: %(subject)s") % {"subject": about}
    subject = clean_line(title)[:MAX_SUBJECT]
    return subject, message(notice, subject, text, html)
