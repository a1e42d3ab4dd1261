"""Answers that are a whole page for a visit, and the part asked for under htmx."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def is_fragment(request: HttpRequest) -> bool:
    """Whether only a part of the page is asked for; a boosted visit wants the whole."""
    htmx: Any = getattr(request, "htmx", None)
    return bool(htmx) and not htmx.boosted
