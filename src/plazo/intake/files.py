"""Files of the store that nothing refers to: what a killed process left behind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice

from plazo.contracts.models import PolicyVersion
from plazo.intake.models import Submission
from plazo.kit import clock
from plazo.kit.files import StoredFile, Upload, remove, store, store_all, stored_before
from plazo.tickets.models import Attachment

__all__ = ["StoredFile", "Upload", "store", "store_all", "sweep_orphans"]


def sweep_orphans(older_than: timedelta = timedelta(days=1)) -> int:
    """Remove files without a row, once they are too old to belong to a request still under way."""
    candidates = stored_before(clock.now() - older_than)
    kept = {file["stored_name"] for file in _files_of_reports()}
    removed = 0
    for names in _batches(candidates, 500):
        known = Attachment.objects.filter(stored_name__in=names).values_list("stored_name", flat=True)
        documents = PolicyVersion.objects.filter(document_stored_name__in=names)
        referred = kept | set(known) | set(documents.values_list("document_stored_name", flat=True))
        for name in set(names) - referred:
            remove(name)
            removed += 1
    return removed


def _files_of_reports() -> Iterator[dict[str, str]]:
    """Files of reports that are no ticket: held, or discarded."""
    waiting = Submission.objects.exclude(state=Submission.ACCEPTED).values_list("content", flat=True)
    for content in waiting.iterator():
        yield from content.get("files", [])


def _batches(names: Iterable[str], size: int) -> Iterator[list[str]]:
    rest = iter(names)
    while batch := list(islice(rest, size)):
        yield batch
