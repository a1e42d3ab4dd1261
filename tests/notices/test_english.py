"""Every notice as a reader of English gets it."""

from __future__ import annotations

from plazo.notices.models import Notice
from plazo.notices.rendering import render
from plazo.notices.sentences import SENTENCES
from plazo.people.models import Person
from tests.english import spanish_in
from tests.lives import Lives
from tests.notices.conftest import html_of, read, text_of
from tests.world import World


def test_no_notice_has_spanish_left_for_a_reader_of_english(world: World) -> None:
    Person.objects.update(language="en")
    names = list(Person.objects.values_list("name", flat=True))
    Lives(world).all()
    notices = Notice.objects.select_related("ticket__organization", "person")
    assert set(notices.values_list("code", flat=True)) == set(SENTENCES)
    for notice in notices:
        message = read(render(notice)[1])
        for body in (text_of(message), html_of(message)):
            assert spanish_in(body, except_for=names) == [], notice.code


def test_the_same_notices_are_spanish_for_everyone_else(world: World) -> None:
    Lives(world).answered()
    notices = Notice.objects.select_related("ticket__organization", "person")
    assert all(spanish_in(text_of(read(render(each)[1]))) for each in notices)
