"""A notice as a mail: in the reader's language and zone, text and HTML from the same data."""

from __future__ import annotations

import hashlib
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import Any, Final

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from plazo.kit.text import clean_line
from plazo.notices.facts import Facts, facts_of
from plazo.notices.models import Notice
from plazo.notices.outbox import thread_id
from plazo.notices.planning import CLASSIFIED, REBOUND
from plazo.notices.sentences import sentence
from plazo.notices.speech import Speech
from plazo.notices.terms import term_lines
from plazo.tickets.access import visible_to

TELL_BEFORE: Final = frozenset({CLASSIFIED, REBOUND})
MAX_SUBJECT: Final = 250
HELD: Final = "held"  # a report that waits for a lead


def may_still_be_told(notice: Notice) -> bool:
    """Whether the reader sees the ticket now: rights may have ended since the event.

    What became of their own report is told to whoever may still sign in, that one waits to whoever decides.
    """
    if notice.ticket_id is None:
        return notice.person.is_lead if notice.code == HELD else notice.person.is_active
    return visible_to(notice.person).filter(pk=notice.ticket_id).exists()


def render(notice: Notice) -> tuple[str, bytes]:
    """Subject and whole message. The same row always gives the same bytes."""
    with translation.override(notice.person.language):
        facts = facts_of(notice)
        content = _content(notice, facts)
        text = render_to_string("notices/message.txt", content)
        html = render_to_string("notices/message.html", content)
    subject = clean_line(f"[#{notice.ticket_id}] {notice.its_ticket.subject}")[:MAX_SUBJECT]
    return subject, message(notice, subject, text, html, thread=thread_id(notice.its_ticket))


def _content(notice: Notice, facts: Facts) -> dict[str, Any]:
    speech = Speech.of(facts.person, now=facts.event.recorded_at)
    return {
        "language": facts.person.language,
        "sentence": sentence(notice.code, facts, speech),
        "message": facts.message,
        "terms": term_lines(facts.after, speech),
        "before": term_lines(facts.before, speech) if facts.before and notice.code in TELL_BEFORE else [],
        "zone": speech.zone_words,
        "ticket": notice.its_ticket,
        "organization": notice.its_ticket.organization if facts.person.is_desk else None,
        "link": ticket_link(notice),
        "desk": parseaddr(settings.EMAIL_FROM)[0],
    }


def ticket_link(notice: Notice) -> str:
    """The page of the ticket, as this reader may open it."""
    name = "desk-ticket" if notice.person.is_desk else "portal-ticket"
    return settings.BASE_URL + reverse(name, args=[notice.ticket_id])


def message(notice: Notice, subject: str, text: str, html: str, *, thread: str = "") -> bytes:
    """The whole mail of a notice; `thread` is what it belongs to in a mail program, if anything."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = _mailbox(*parseaddr(settings.EMAIL_FROM))
    mail["To"] = _mailbox(notice.person.name, notice.address)
    mail["Subject"] = subject
    mail["Date"] = format_datetime(notice.created_at)
    mail["Message-ID"] = notice.message_id
    if thread:
        mail["In-Reply-To"] = thread
        mail["References"] = thread
    # RFC 3834, and what Exchange asks for: no machine is to answer this.
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail.set_content(text, cte="quoted-printable")
    mail.add_alternative(html, subtype="html", cte="quoted-printable")
    # A random boundary would make other bytes of the same message.
    mail.set_boundary("=_" + hashlib.sha256(notice.message_id.encode()).hexdigest()[:32])
    return mail.as_bytes()


def _mailbox(name: str, address: str) -> Address:
    local, _, domain = clean_line(address).rpartition("@")
    return Address(clean_line(name), local, domain.encode("idna").decode())
