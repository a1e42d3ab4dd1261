"""A form sent twice, by a double click or from the history of the browser, makes one row."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest

from plazo.kit.once import once
from plazo.web.tokens import OnceForm


def made_once(request: HttpRequest, form: OnceForm, act: Callable[[], int]) -> int:
    """The number of the row that the form makes, or made before; refuses as `act` does, and FormReused."""
    given = dict(form.cleaned_data)
    key = f"{request.user.pk}:{given.pop('token')}"
    return once(key, repr([request.get_full_path(), sorted(given.items())]), act)
