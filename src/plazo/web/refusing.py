"""A refusal of an action, told beside what the person typed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django import forms

from plazo.kit.once import FormReused
from plazo.kit.refusals import Refused
from plazo.tickets.refusals import AlreadySent
from plazo.web.tokens import OnceForm
from plazo.web.wording import words


@contextmanager
def refuse(form: forms.Form, **more: object) -> Iterator[None]:
    """Put what the block refuses on the form: under the field it names, else on top.

    more  what only the page knows, for the sentence
    """
    try:
        yield
    except Refused as refusal:
        if isinstance(refusal, AlreadySent | FormReused) and isinstance(form, OnceForm):
            form.renew()
        field = refusal.details.get("field")
        told = forms.ValidationError(words(refusal, **more), code=refusal.code)
        form.add_error(field if field in form.fields else None, told)
