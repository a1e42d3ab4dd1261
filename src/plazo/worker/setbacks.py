"""Each piece of work stands alone: one that fails is set back, logged and shown, and the others go on."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Final

from plazo.kit import clock
from plazo.kit.outage import OUTAGES
from plazo.kit.text import clean_line
from plazo.worker.models import Setback

logger = logging.getLogger(__name__)

FIRST_WAIT: Final = timedelta(seconds=10)
LONGEST_WAIT: Final = timedelta(hours=1)


@contextmanager
def isolated(subject: str) -> Iterator[None]:
    """Work on one subject ("ticket:12", "seal"): its failure ends here, a lost database does not."""
    try:
        yield
    except OUTAGES:
        raise
    except Exception as error:  # whatever is wrong with this one must not stop the others
        logger.exception("%s failed and is set back", subject)
        _set_back(subject, error)
    else:
        if Setback.objects.filter(subject=subject).exists():  # read first: on SQLite a write waits its turn
            Setback.objects.filter(subject=subject).delete()


def _set_back(subject: str, error: Exception) -> None:
    now = clock.now()
    earlier = Setback.objects.filter(subject=subject).values_list("failures", flat=True).first() or 0
    wait = min(FIRST_WAIT * (1 << min(earlier, 20)), LONGEST_WAIT)
    Setback.objects.update_or_create(
        subject=subject,
        defaults={
            "failures": earlier + 1,
            "error": clean_line(f"{type(error).__name__}: {error}")[:300],
            "failed_at": now,
            "retry_at": now + wait,
        },
    )


def waiting_subjects() -> set[str]:
    """What failed, and whose next try has not come yet."""
    return set(Setback.objects.filter(retry_at__gt=clock.now()).values_list("subject", flat=True))
