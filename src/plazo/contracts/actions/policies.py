"""Policy versions: uploaded as drafts, published once and then never edited."""

from __future__ import annotations

import hashlib

from django.db import transaction
from django.db.models import QuerySet

from plazo.contracts.models import PolicyVersion
from plazo.contracts.refusals import (
    PolicyAlreadyPublished,
    PolicyDocumentDiffers,
    PolicyInvalid,
    PolicyVersionNotNewer,
)
from plazo.contracts.terms import policy_in
from plazo.kit import clock
from plazo.kit.files import StoredFile
from plazo.people.actions.organizations import require_administrator
from plazo.people.models import Person
from plazo.sla.loader import PolicyError
from plazo.sla.policy import Policy


def upload_policy(source: str, *, actor: Person, name: str = "policy.yaml") -> PolicyVersion:
    """Keep a policy file as a draft, in place of an earlier draft of the same version."""
    require_administrator(actor)
    policy = _read(source, name)
    with transaction.atomic():
        version = _locked(policy.provider.code).filter(version=policy.version).first()
        version = version or PolicyVersion(code=policy.provider.code, version=policy.version)
        if version.published_at is not None:
            raise PolicyAlreadyPublished(version=policy.version)
        _require_newer(version)
        version.effective_from = policy.effective_from
        version.source, version.sha256 = source, hashlib.sha256(source.encode()).hexdigest()
        version.uploaded_at, version.uploaded_by = clock.now(), actor
        version.save()
    return version


def publish_policy(version: PolicyVersion, *, actor: Person) -> PolicyVersion:
    """Put a draft in force: contracts can be sold on it, and it is never edited again."""
    require_administrator(actor)
    with transaction.atomic():
        draft = _locked(version.code).get(pk=version.pk)
        if draft.published_at is not None:
            raise PolicyAlreadyPublished(version=draft.version)
        _require_newer(draft)
        _read(draft.source)
        draft.published_at, draft.published_by = clock.now(), actor
        draft.save()
    return draft


def attach_document(version: PolicyVersion, file: StoredFile, *, actor: Person) -> None:
    """Keep the signed document behind a policy version: the very file whose SHA-256 the policy names."""
    require_administrator(actor)
    expected = _read(version.source).document.sha256
    if file.sha256 != expected:
        raise PolicyDocumentDiffers(expected=expected, found=file.sha256)
    version.document_name, version.document_stored_name = file.file_name, file.stored_name
    version.document_type = file.content_type
    version.save(update_fields=["document_name", "document_stored_name", "document_type"])


def _read(source: str, name: str = "policy.yaml") -> Policy:
    try:
        return policy_in(source, name)
    except PolicyError as error:
        raise PolicyInvalid(error.problems) from error


def _require_newer(version: PolicyVersion) -> None:
    published = PolicyVersion.objects.filter(code=version.code, published_at__isnull=False)
    last = published.order_by("-version").values_list("version", flat=True).first()
    if last is not None and version.version <= last:
        raise PolicyVersionNotNewer(version=version.version, last=last)


def _locked(code: str) -> QuerySet[PolicyVersion]:
    return PolicyVersion.objects.select_for_update().filter(code=code)
