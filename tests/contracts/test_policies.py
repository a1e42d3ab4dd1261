"""Policy versions go forward only, and a published one is never edited."""

from __future__ import annotations

import hashlib
import re

import pytest
from django.core.files.base import ContentFile

from plazo.contracts import refusals
from plazo.contracts.actions import attach_document, publish_policy, upload_policy
from plazo.contracts.models import PolicyVersion
from plazo.contracts.terms import policy_of
from plazo.kit.files import store
from plazo.people.refusals import NotAllowed
from tests.world import POLICY, World

SOURCE = POLICY.read_text(encoding="utf-8")
DOCUMENT = b"%PDF-1.4 acuerdo firmado"


def numbered(version: int, source: str = SOURCE) -> str:
    return source.replace("\nversion: 1\n", f"\nversion: {version}\n")


def test_a_draft_may_be_replaced(world: World) -> None:
    first = upload_policy(numbered(2), actor=world.administrator)
    second = upload_policy(numbered(2) + "# corregido\n", actor=world.administrator)
    assert first.pk == second.pk
    assert PolicyVersion.objects.get(pk=first.pk).source.endswith("# corregido\n")


def test_a_published_version_is_never_replaced(world: World) -> None:
    with pytest.raises(refusals.PolicyAlreadyPublished):
        upload_policy(SOURCE + "# otro\n", actor=world.administrator)
    assert PolicyVersion.objects.get(pk=world.policy.pk).source == SOURCE


def test_a_version_is_published_once(world: World) -> None:
    with pytest.raises(refusals.PolicyAlreadyPublished):
        publish_policy(world.policy, actor=world.administrator)


def test_publishing_goes_forward_only(world: World) -> None:
    skipped = upload_policy(numbered(2), actor=world.administrator)
    publish_policy(upload_policy(numbered(3), actor=world.administrator), actor=world.administrator)
    with pytest.raises(refusals.PolicyVersionNotNewer):
        publish_policy(skipped, actor=world.administrator)
    with pytest.raises(refusals.PolicyVersionNotNewer):
        upload_policy(numbered(2), actor=world.administrator)


def test_the_file_is_kept_as_it_came_with_its_digest(world: World) -> None:
    assert world.policy.sha256 == hashlib.sha256(POLICY.read_bytes()).hexdigest()
    assert (str(world.policy), world.policy.published_by) == ("coacher@1", world.administrator)


def test_a_faulty_file_is_refused_with_line_and_field(world: World) -> None:
    with pytest.raises(refusals.PolicyInvalid) as refusal:
        upload_policy(
            numbered(2).replace("zone: America/Santiago", "zone: Santiago"), actor=world.administrator
        )
    problem = refusal.value.problems[0]
    assert (problem.field, problem.line > 0) == ("zone", True)
    assert not PolicyVersion.objects.filter(version=2).exists()


@pytest.mark.parametrize("role", ["lead", "consultant", "client_administrator"])
def test_only_administrators_upload_and_publish(world: World, role: str) -> None:
    draft = upload_policy(numbered(2), actor=world.administrator)
    with pytest.raises(NotAllowed):
        publish_policy(draft, actor=getattr(world, role))
    with pytest.raises(NotAllowed):
        upload_policy(numbered(3), actor=getattr(world, role))


def test_the_signed_document_is_the_one_the_policy_names(world: World) -> None:
    source = re.sub(r"sha256: \w{64}", f"sha256: {hashlib.sha256(DOCUMENT).hexdigest()}", numbered(2))
    draft = upload_policy(source, actor=world.administrator)
    attach_document(draft, store(ContentFile(DOCUMENT, name="acuerdo.pdf")), actor=world.administrator)
    assert PolicyVersion.objects.get(pk=draft.pk).document_name == "acuerdo.pdf"


def test_another_document_is_refused(world: World) -> None:
    other = store(ContentFile(DOCUMENT, name="otro.pdf"))
    with pytest.raises(refusals.PolicyDocumentDiffers):
        attach_document(world.policy, other, actor=world.administrator)


def test_a_policy_is_read_once_per_process(world: World) -> None:
    assert policy_of(world.policy.pk) is policy_of(world.policy.pk)
