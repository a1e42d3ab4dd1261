"""A form sent several times does its work once."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest

from plazo.kit.models import SentForm
from plazo.kit.once import FormReused, once
from plazo.kit.refusals import Refused
from tests.intake.test_at_once import Threads
from tests.world import build_world

pytestmark = pytest.mark.django_db


def test_an_act_is_done_once_and_answers_the_same() -> None:
    rows = count(7)
    assert [once("key", "text", lambda: next(rows)) for _ in range(3)] == [7, 7, 7]
    assert next(rows) == 8


def test_another_key_is_another_act() -> None:
    rows = count(7)
    assert [once(key, "text", lambda: next(rows)) for key in ("one", "other")] == [7, 8]


def test_another_content_under_a_used_key_is_refused() -> None:
    once("key", "text", lambda: 7)
    with pytest.raises(FormReused):
        once("key", "another text", lambda: 8)


def test_an_act_that_refuses_leaves_the_key_unused() -> None:
    def refuse() -> int:
        raise Refused

    with pytest.raises(Refused):
        once("key", "text", refuse)
    assert not SentForm.objects.exists()
    assert once("key", "corrected", lambda: 7) == 7


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_several_times_at_the_same_moment_does_its_work_once(tmp_path: Path) -> None:
    threads, done = Threads(build_world(), tmp_path / "plazo.sqlite3"), []

    def act() -> int:
        done.append(1)
        return 7

    assert set(threads.run(lambda _: once("key", "text", act))) == {7}
    assert done == [1]
