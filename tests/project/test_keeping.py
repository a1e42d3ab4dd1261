"""When the demo world is built, left alone, and built anew."""

from __future__ import annotations

import stat
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from plazo.kit import clock
from plazo.people.models import Person
from plazo.project.demo import keeping
from plazo.project.demo.build import Built, build_world
from plazo.tickets import search
from plazo.tickets.actions import note
from plazo.tickets.models import Ticket
from tests.world import NOW, World

pytestmark = pytest.mark.django_db(transaction=True)

Keep = Callable[..., Built | None]


@pytest.fixture
def keep(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Keep:
    """Keeps a world of a few tickets fresh, so many days after it was first built."""
    settings.MEDIA_ROOT = tmp_path / "files"
    monkeypatch.setattr(
        keeping,
        "build_world",
        lambda until, password, tickets: build_world(until=until, password=password, tickets=3, days=20),
    )

    search.forget_all()

    def keep_fresh(*, days: float = 0) -> Built | None:
        with clock.at(NOW + timedelta(days=days)):
            return keeping.keep_fresh()

    return keep_fresh


def test_the_first_start_builds_the_world(keep: Keep) -> None:
    built = keep()
    assert built is not None
    assert built.tickets == Ticket.objects.count() > 0


def test_a_young_world_is_left_alone(keep: Keep) -> None:
    keep()
    before = set(Ticket.objects.values_list("opened_at", "subject"))
    assert keep(days=2.9) is None
    assert set(Ticket.objects.values_list("opened_at", "subject")) == before


def test_an_old_unused_world_is_built_anew_up_to_now(keep: Keep) -> None:
    keep()
    assert keep(days=3) is not None
    assert Ticket.objects.latest("id").opened_at > NOW - timedelta(days=20)
    assert Person.objects.filter(desk_role="administrator").count() == 1


def test_a_world_somebody_signed_in_to_is_kept(keep: Keep) -> None:
    keep()
    Person.objects.filter(desk_role="lead").update(last_login=NOW)
    assert keep(days=10) is None


def test_a_world_somebody_wrote_in_is_kept(keep: Keep) -> None:
    keep()
    consultant = Person.objects.filter(desk_role="consultant").earliest("id")
    with clock.at(NOW + timedelta(hours=1)):
        note(Ticket.objects.latest("id").pk, actor=consultant, body="Lo miro mañana.")
    assert keep(days=10) is None


def test_a_desk_that_is_no_demo_is_never_touched(keep: Keep, world: World) -> None:
    assert keep(days=400) is None
    assert Person.objects.filter(pk=world.lead.pk).exists()


def test_the_password_is_made_once_and_only_its_owner_reads_it(keep: Keep, tmp_path: Path) -> None:
    first = keeping.password()
    assert len(first) >= 15
    assert keeping.password() == first
    (path,) = tmp_path.glob("demo-password*")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_demo_people_sign_in_with_it(keep: Keep) -> None:
    keep()
    person = Person.objects.filter(desk_role="lead").earliest("id")
    assert person.check_password(keeping.password())
