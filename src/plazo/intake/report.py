"""A report as channels hand it over, whatever way it came."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from plazo.contracts.refusals import ServicesUnknown
from plazo.kit.files import StoredFile
from plazo.kit.text import clean, clean_line
from plazo.people.models import Person
from plazo.tickets.actions.opening import LONGEST_SUBJECT
from plazo.tickets.actions.texts import LONGEST_TEXT
from plazo.tickets.refusals import EmptyText, TextTooLong, UnknownKind

_LONGEST_CODE = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What somebody reports.

    kind                 of the catalogue; None: not known
    opened_at            when it reached us, if not now
    contract_version_id  chosen by the person where several are in force
    requester            the caller, where a consultant writes for them
    """

    organization_id: int
    subject: str
    body: str
    service: str = ""
    kind: str | None = None
    files: tuple[StoredFile, ...] = ()
    opened_at: datetime | None = None
    contract_version_id: int | None = None
    requester: Person | None = None

    def checked(self) -> Report:
        """The report with its texts made safe; refused when one is missing or too long."""
        subject, body = clean_line(self.subject), clean(self.body)
        for field, text, limit in (("subject", subject, LONGEST_SUBJECT), ("body", body, LONGEST_TEXT)):
            if not text:
                raise EmptyText(field=field)
            if len(text) > limit:
                raise TextTooLong(field=field, limit=limit)
        service, kind = clean_line(self.service), clean_line(self.kind or "") or None
        if len(service) > _LONGEST_CODE:
            raise ServicesUnknown(services=[service[:_LONGEST_CODE]], known=[])
        if kind is not None and len(kind) > _LONGEST_CODE:
            raise UnknownKind(kind=kind[:_LONGEST_CODE])
        return replace(self, subject=subject, body=body, service=service, kind=kind)

    def digest(self) -> str:
        """SHA-256 of the content: the same report sent twice has the same one."""
        content = self.as_data()
        content["files"] = [[file.file_name, file.sha256] for file in self.files]
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()

    def as_data(self) -> dict[str, Any]:
        """The report as JSON, to be kept while it is held."""
        return {
            "organization": self.organization_id,
            "subject": self.subject,
            "body": self.body,
            "service": self.service,
            "kind": self.kind,
            "files": [file.as_data() for file in self.files],
            "opened_at": self.opened_at.isoformat() if self.opened_at else None,
            "contract_version": self.contract_version_id,
            "requester": self.requester.pk if self.requester else None,
        }


def report_from(data: Mapping[str, Any], requester: Person) -> Report:
    """The report that `as_data` made the data of."""
    return Report(
        organization_id=data["organization"],
        subject=data["subject"],
        body=data["body"],
        service=data["service"],
        kind=data["kind"],
        files=tuple(StoredFile(**file) for file in data["files"]),
        opened_at=datetime.fromisoformat(data["opened_at"]) if data["opened_at"] else None,
        contract_version_id=data["contract_version"],
        requester=requester,
    )
