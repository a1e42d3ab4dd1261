"""Attachments behind the access rule: always downloaded, never shown by the browser."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from plazo.kit.files import open_stored
from plazo.people.access import allow
from plazo.tickets import queries
from plazo.tickets.models import Attachment


@allow("signed_in")
@require_safe
def download(request: HttpRequest, attachment_id: int) -> FileResponse:
    person: Any = request.user
    try:
        attachment = queries.attachment(person, attachment_id)
        file = open_stored(attachment.stored_name)
    except (Attachment.DoesNotExist, FileNotFoundError):
        raise Http404 from None
    return FileResponse(
        file,
        as_attachment=True,
        filename=attachment.file_name,
        # What the sender's bytes look like is no reason for a browser to run them.
        content_type="application/octet-stream",
        headers={"Cache-Control": "private, no-store"},
    )
