"""A SELECT composed once gives what Django's own query set gives, and asks the database each time."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import Q, QuerySet

from plazo.kit.selecting import composed
from plazo.people.models import Person
from plazo.tickets.actions import take
from plazo.tickets.models import Event, Ticket
from tests.tickets.conftest import opened
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticket(world: World) -> Ticket:
    return opened(world)


def _with_people(ticket_id: int) -> QuerySet[Ticket]:
    return Ticket.objects.filter(pk=ticket_id).select_related("requester", "assignee")


def _said(ticket_id: int) -> QuerySet[Event, tuple[int, str]]:
    return Event.objects.filter(ticket_id=ticket_id).order_by("seq").values_list("seq", "code")


with_people, said = composed(_with_people), composed(_said)


def columns(row: Any) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_models_are_those_of_django_column_by_column(ticket: Ticket) -> None:
    (found,) = with_people(ticket.pk)
    djangos = _with_people(ticket.pk).get()
    assert found == djangos
    assert columns(found) == columns(djangos)
    assert columns(found.requester) == columns(djangos.requester)


def test_related_models_come_along_and_absent_ones_are_none(
    world: World, ticket: Ticket, django_assert_num_queries: Any
) -> None:
    take(ticket.pk, actor=world.consultant)
    other = opened(world)
    with django_assert_num_queries(2):
        (taken,), (free,) = with_people(ticket.pk), with_people(other.pk)
        assert taken.requester == world.contact
        assert taken.assignee == world.consultant
        assert free.assignee is None


def test_a_model_found_is_one_that_stands(ticket: Ticket) -> None:
    (found,) = with_people(ticket.pk)
    found.subject = "Otro asunto"
    found.save()
    assert Ticket.objects.get().subject == "Otro asunto"


def test_tuples_are_those_of_django(world: World, ticket: Ticket) -> None:
    take(ticket.pk, actor=world.consultant)
    found = said(ticket.pk)
    assert found == list(_said(ticket.pk))
    assert (found[0], found[-1][1]) == ((1, "opened"), "assigned")


def test_each_call_asks_the_database_anew(
    world: World, ticket: Ticket, django_assert_num_queries: Any
) -> None:
    before = said(ticket.pk)
    take(ticket.pk, actor=world.consultant)
    with django_assert_num_queries(1):
        after = said(ticket.pk)
    assert len(after) > len(before)


def test_each_call_is_filled_with_its_own_values(world: World, ticket: Ticket) -> None:
    other = opened(world)
    assert [with_people(each.pk) for each in (ticket, other)] == [[ticket], [other]]
    assert with_people(0) == []


def test_the_query_is_built_once(ticket: Ticket) -> None:
    built = []

    @composed
    def of(ticket_id: int) -> QuerySet[Ticket]:
        built.append(ticket_id)
        return Ticket.objects.filter(pk=ticket_id)

    assert of(ticket.pk) == of(ticket.pk) == [ticket]
    assert len(built) == 1


def test_fixed_conditions_stand_beside_arguments_in_any_order(world: World) -> None:
    @composed
    def named(first: str, person_id: int | None) -> QuerySet[Person]:
        leads = Q(desk_role="lead", is_active=True)
        return Person.objects.filter(leads | Q(pk=person_id) | Q(email=first)).order_by("id")

    assert set(named(world.contact.email, world.consultant.pk)) == {
        world.lead,
        world.contact,
        world.consultant,
    }


def test_no_value_is_equal_to_nothing(world: World, ticket: Ticket) -> None:
    @composed
    def of_assignee(person_id: int | None) -> QuerySet[Ticket]:
        return Ticket.objects.filter(assignee_id=person_id)

    assert of_assignee(None) == []


def test_values_are_never_part_of_the_statement(ticket: Ticket) -> None:
    @composed
    def with_subject(subject: str) -> QuerySet[Ticket]:
        return Ticket.objects.filter(subject=subject)

    assert with_subject("' OR 1=1 --") == []
    assert with_subject("100 % %s") == []
    assert with_subject(ticket.subject) == [ticket]


@pytest.mark.parametrize("number", [2**63, 2**80, -(2**63) - 1])
def test_a_number_that_no_column_holds_equals_nothing(world: World, number: int) -> None:
    @composed
    def lead_or(person_id: int) -> QuerySet[Person]:
        return Person.objects.filter(Q(desk_role="lead") | Q(pk=person_id))

    assert said(number) == []
    assert lead_or(number) == [world.lead]


def test_the_largest_number_is_asked_for(ticket: Ticket) -> None:
    assert said(2**63 - 1) == []
    assert said(-(2**63 - 1)) == []
