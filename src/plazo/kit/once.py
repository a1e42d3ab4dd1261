"""An act done once, however often the form that asks for it is sent."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime

from django.db import IntegrityError, transaction

from plazo.kit import clock
from plazo.kit.models import SentForm
from plazo.kit.refusals import Refused


class FormReused(Refused):
    """The form was sent before and said something else."""


def once(key: str, content: str, act: Callable[[], int]) -> int:
    """The number of the row that `act` makes; of the one it made before when the key was used.

    An act that refuses leaves the key unused. FormReused when the key came with another content.
    """
    digest = hashlib.sha256(content.encode()).hexdigest()
    with transaction.atomic():
        # The unique key makes a second sender wait for the end of the first.
        sent = _first(key, digest)
        if sent is None:
            return _result(key, digest)
        sent.result = result = act()
        sent.save(update_fields=["result"])
    return result


def forget_forms_sent_before(instant: datetime) -> int:
    """Drop what nobody sends again; how many."""
    return SentForm.objects.filter(sent_at__lt=instant).delete()[0]


def _first(key: str, digest: str) -> SentForm | None:
    try:
        with transaction.atomic():
            return SentForm.objects.create(key=key, digest=digest, sent_at=clock.now())
    except IntegrityError:
        return None


def _result(key: str, digest: str) -> int:
    sent = SentForm.objects.get(key=key)
    if sent.digest != digest or sent.result is None:
        raise FormReused
    return sent.result
