"""Reports that are no tickets: leads are told of one that waits for them, its sender of one discarded."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime
from email.utils import parseaddr
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from plazo.kit import clock
from plazo.kit.text import clean_line
from plazo.notices.models import Notice
from plazo.notices.outbox import own_domain
from plazo.notices.rendering import HELD, MAX_SUBJECT, message
from plazo.notices.roster import leads
from plazo.notices.speech import Speech
from plazo.notices.suppression import is_suppressed
from plazo.people.models import Person

DISCARDED: Final = "discarded"


class Words(NamedTuple):
    """What a mail says: what happened, what to do, and the page where to do it."""

    title: str
    sentence: str
    advice: str
    link_words: str
    page: str


def tell_held(
    *, report: int, actor: Person, client: str, subject: str, received_at: datetime, **others: Any
) -> None:
    """Receiver of `tickets.signals.report_held`: whoever decides on it, but for who sent it."""

    def say(speech: Speech) -> Words:
        told = {
            "subject": subject,
            "client": client,
            "received": speech.at(received_at),
            "zone": speech.zone_words,
        }
        return Words(
            title=_("Reporte retenido: %(subject)s") % told,
            sentence=_(
                "%(client)s envió el reporte «%(subject)s», que recibimos el %(received)s (%(zone)s). "
                "Ningún contrato vigente lo cubre, así que no corre un plazo."
            )
            % told,
            advice=_("Admítalo sin plazo o descártelo: mientras tanto nadie lo atiende."),
            link_words=_("Ver los retenidos"),
            page="desk-held",
        )

    for person in leads():
        if person != actor:
            _write(report, HELD, person, say)


def tell_discarded(
    *, report: int, person: Person, subject: str, received_at: datetime, **others: Any
) -> None:
    """Receiver of `tickets.signals.report_discarded`: whoever it came from."""

    def say(speech: Speech) -> Words:
        told = {"subject": subject, "received": speech.at(received_at), "zone": speech.zone_words}
        return Words(
            title=_("No tomamos su reporte: %(subject)s") % told,
            sentence=_(
                "No tomamos como ticket su reporte «%(subject)s», que recibimos el %(received)s (%(zone)s), "
                "porque ningún contrato vigente lo cubre. No corre ningún plazo."
            )
            % told,
            advice=_("Si todavía lo necesita, llame a la mesa o pida a su empresa que revise el contrato."),
            link_words=_("Ver sus reportes"),
            page="portal-home",
        )

    if person.is_active:
        _write(report, DISCARDED, person, say)


def _write(report: int, code: str, person: Person, say: Callable[[Speech], Words]) -> None:
    now = clock.now()
    notice = Notice(
        report=report,
        seq=0,
        code=code,
        person=person,
        address=person.email,
        message_id=f"<{uuid.uuid4().hex}@{own_domain()}>",
        state=Notice.SUPPRESSED if is_suppressed() else Notice.WAITING,
        next_attempt_at=now,
        created_at=now,
    )
    notice.subject, notice.raw = _render(notice, say)
    notice.save()


def _render(notice: Notice, say: Callable[[Speech], Words]) -> tuple[str, bytes]:
    speech = Speech.of(notice.person, now=notice.created_at)
    with translation.override(speech.language):
        words = say(speech)
        content = {
            "language": speech.language,
            "words": words,
            "link": settings.BASE_URL + reverse(words.page),
            "desk": parseaddr(settings.EMAIL_FROM)[0],
        }
        text = render_to_string("notices/report.txt", content)
        html = render_to_string("notices/report.html", content)
    subject = clean_line(words.title)[:MAX_SUBJECT]
    return subject, message(notice, subject, text, html)
