"""What every page knows of its reader."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

THEMES = ("light", "dark")


def reader(request: HttpRequest) -> dict[str, Any]:
    """The person signed in, if any, the desk's name, and the look the reader chose."""
    # Without a session (the database is gone, an error came first) there is nobody to name.
    user = getattr(request, "user", None)
    theme = request.COOKIES.get("theme", "")
    return {
        "person": user if user is not None and user.is_authenticated else None,
        "desk_name": settings.DESK_NAME,
        "theme": theme if theme in THEMES else "",
        "single_keys": request.COOKIES.get("keys") != "off",
    }
