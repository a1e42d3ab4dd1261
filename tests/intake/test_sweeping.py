"""The sweeper removes what nothing refers to, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.test import override_settings

from plazo.intake.accept import accept
from plazo.intake.files import sweep_orphans
from plazo.intake.holding import discard_held, held_reports
from plazo.intake.report import Report
from plazo.kit import clock
from plazo.kit.files import StoredFile, store
from plazo.people.models import Organization, Person
from tests.world import World

TOMORROW = datetime.now(UTC) + timedelta(days=2)  # files are dated by the machine's own clock


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Iterator[Path]:
    with override_settings(MEDIA_ROOT=tmp_path):
        yield tmp_path


def stored() -> StoredFile:
    return store(ContentFile(b"captura", name="captura.txt"))


def report(organization: Organization, sender: Person, file: StoredFile) -> None:
    content = Report(organization_id=organization.pk, subject="Asunto", body="Texto", files=(file,))
    accept(content, key="k1", sender=sender, channel="portal")


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_file_without_a_row_goes(db: None, folder: Path) -> None:
    stored()
    (folder / ("a" * 32 + ".part")).write_bytes(b"half")
    with clock.at(TOMORROW):
        assert sweep_orphans() == 2
    assert names(folder) == set()


def test_a_young_file_may_belong_to_a_request_under_way(db: None, folder: Path) -> None:
    stored()
    assert (sweep_orphans(), len(names(folder))) == (0, 1)


def test_attachments_stay(world: World, folder: Path) -> None:
    file = stored()
    report(world.andes, world.contact, file)
    with clock.at(TOMORROW):
        assert sweep_orphans() == 0
    assert names(folder) == {file.stored_name}


def test_files_of_held_and_discarded_reports_stay(world: World, folder: Path) -> None:
    file = stored()
    report(world.ocaso, world.ocaso_contact, file)
    with clock.at(TOMORROW):
        assert sweep_orphans() == 0
        discard_held(held_reports()[0].pk, actor=world.lead)
        assert sweep_orphans() == 0
    assert names(folder) == {file.stored_name}


def test_signed_documents_stay(world: World, folder: Path) -> None:
    file = stored()
    world.policy.document_stored_name = file.stored_name
    world.policy.save()
    with clock.at(TOMORROW):
        assert sweep_orphans() == 0


def test_what_the_store_did_not_write_is_left_alone(db: None, folder: Path) -> None:
    (folder / "README").write_text("not ours")
    with clock.at(TOMORROW):
        assert sweep_orphans() == 0
    assert names(folder) == {"README"}
