"""Marks, instants and durations for the templates."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from stdnum.cl import rut

from plazo.sla.wording import say_zone
from plazo.web import labels, moments

register = template.Library()


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """A drawing beside a word; hidden from screen readers, which have the word."""
    return mark_safe(render_to_string(f"partials/icons/{name}.svg").strip())  # noqa: S308 - our own file


@register.simple_tag
def state_mark(code: str, *, word: bool = True) -> SafeString:
    """The mark and the word of a ticket's state, or of a clock's. Without `word` only readers hear it."""
    words = labels.STATES if code in labels.STATES else labels.CLOCK_STATES
    drawing = icon("open" if code == "running" else code)
    hidden = "" if word else "visually-hidden"
    return format_html(
        '<span class="mark mark-{}">{}<span class="{}">{}</span></span>',
        code,
        drawing,
        hidden,
        labels.label(words, code),
    )


@register.inclusion_tag("partials/priority.html")
def priority(mark: labels.PriorityMark, *, word: bool = True) -> dict[str, Any]:
    """Three bars, as many filled as the priority is urgent, and its word."""
    bars = [
        {"x": 1 + 5 * place, "y": 10 - 4 * place, "height": 5 + 4 * place, "filled": place < mark.filled}
        for place in range(3)
    ]
    return {"mark": mark, "bars": bars, "word": word}


@register.simple_tag
def instant(at: datetime | None, form: str = "short", *, zone: bool = False) -> SafeString:
    """An instant in the reader's zone; `form` short, long or day. With `zone` it says which zone."""
    if at is None:
        return SafeString("–")
    words = {"short": moments.short, "long": moments.long, "day": moments.day}[form](at)
    time = format_html(
        '<time datetime="{}" title="{}">{}</time>',
        at.astimezone(moments.reader_zone()).isoformat(),
        f"{moments.long(at)} ({moments.zone_words(at)})",
        words,
    )
    return format_html("{} ({})", time, moments.zone_words(at)) if zone else time


@register.filter
def duration(seconds: int | None) -> str:
    """Counted time in hours and minutes."""
    return "–" if seconds is None else moments.duration(seconds)


@register.filter
def said(text: Any) -> str:
    """A text of the policy in the reader's language."""
    return labels.said(text) if text else ""


@register.filter
def day_words(day: date) -> str:
    """A date as "viernes 18 de septiembre"; with the year when it is another."""
    return moments.date_words(day)


@register.filter
def zone_name(zone: str) -> str:
    return say_zone(zone, moments.language())


@register.filter
def channel(code: str) -> str:
    return labels.label(labels.CHANNELS, code)


@register.filter
def role(code: str) -> str:
    return labels.label(labels.ROLES, code)


@register.filter
def tax_id(number: str) -> str:
    """A RUT as people write it, as "76.000.001-9"; anything else as it stands."""
    return str(rut.format(number)) if re.fullmatch(r"\d{7,8}-[\dK]", number) else number


@register.filter
def file_size(size: int) -> str:
    """As "2,4 MB": megabytes as people read them beside the limit."""
    if size < 1024 * 1024:
        return _("%(size)s kB") % {"size": max(round(size / 1024), 1)}
    return _("%(size)s MB") % {"size": round(size / 1024 / 1024, 1)}
