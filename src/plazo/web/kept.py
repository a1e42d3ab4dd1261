"""What somebody typed, given back to be copied where it cannot be taken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

# By name: what is written at length. Anything else, a password above all, is not told back.
LABELS: Final[Mapping[str, Promise]] = {
    "subject": _("Asunto"),
    "body": _("Texto"),
    "reason": _("Motivo"),
    "source": _("Acuerdo"),
}


class Kept(NamedTuple):
    """A text as it was typed, under the name of its field."""

    label: Promise
    text: str


def typed(request: HttpRequest) -> list[Kept]:
    """What was typed into the form that was sent to one of our pages."""
    if request.resolver_match is None:  # no page of ours: its body is not even read
        return []
    given = ((label, request.POST.get(name, "")) for name, label in LABELS.items())
    return [Kept(label, text) for label, text in given if text.strip()]


def is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of ours sent it. Without such a word it is no."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def page_before(request: HttpRequest) -> str:
    """The address of ours that held the form; the first page where that is not known."""
    referer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referer, {request.get_host()}):
        return "/"
    parts = urlsplit(referer)
    if not parts.path or parts.path.startswith("//"):  # as an address of its own it would name another host
        return "/"
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
