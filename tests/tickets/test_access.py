"""One rule says who sees which tickets."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile

from plazo.kit.files import store
from plazo.people.actions import disable_person
from plazo.people.models import Membership, Person
from plazo.tickets import access, actions, queries
from plazo.tickets.models import Attachment, Ticket
from tests.tickets.conftest import at, opened
from tests.world import World


@pytest.mark.parametrize(
    ("name", "sees"),
    [
        ("consultant", True),
        ("lead", True),
        ("administrator", True),
        ("contact", True),
        ("colleague", True),
        ("client_administrator", True),
        ("unauthorised", False),
        ("shared", False),
        ("norte_contact", False),
        ("stranger", False),
    ],
)
def test_a_ticket_is_seen_by_its_reporter_by_who_sees_the_company_and_by_the_desk(
    world: World, ticket: Ticket, name: str, sees: bool
) -> None:
    person = getattr(world, name)
    assert access.visible_to(person).filter(pk=ticket.pk).exists() is sees
    if sees:
        assert queries.find(person, ticket.pk) == ticket
    else:
        with pytest.raises(Ticket.DoesNotExist):
            queries.find(person, ticket.pk)


def test_a_person_of_two_companies_sees_each_as_far_as_they_may(world: World) -> None:
    Membership.objects.filter(person=world.shared, organization=world.norte).update(sees="company")
    of_norte = opened(
        world,
        requester=world.norte_contact,
        organization=world.norte,
        contract_version=world.norte_contract,
    )
    own = opened(world, requester=world.shared)
    opened(world)
    assert set(access.visible_to(world.shared)) == {of_norte, own}


def test_who_no_longer_belongs_there_no_longer_sees_their_own_tickets(world: World, ticket: Ticket) -> None:
    Membership.objects.filter(person=world.contact).update(is_active=False)
    assert not access.visible_to(world.contact).exists()


def test_a_disabled_consultant_sees_nothing(world: World, ticket: Ticket) -> None:
    disable_person(world.consultant, actor=world.administrator)
    world.consultant.refresh_from_db()
    assert not access.visible_to(world.consultant).exists()


def test_the_history_of_a_contact_leaves_out_what_the_desk_does_for_itself(
    world: World, ticket: Ticket
) -> None:
    with at("13:10"):
        actions.take(ticket.pk, actor=world.consultant)
        actions.note(ticket.pk, actor=world.consultant, body="Parece el certificado.")
        actions.classify(ticket.pk, actor=world.consultant, kind=None, priority="low", reason="Es consulta.")
        actions.reply(ticket.pk, actor=world.consultant, body="Lo vemos.")
    seen = queries.history(ticket, world.contact)
    whole = queries.history(ticket, world.consultant)
    assert [entry.code for entry in seen] == ["opened", "classified", "replied"]
    assert [entry.message and entry.message.body for entry in seen] == [
        "Desde la mañana.",
        None,
        "Lo vemos.",
    ]
    assert [entry.code for entry in whole] == ["opened", "assigned", "noted", "classified", "replied"]
    assert whole[3].message is not None


def test_a_file_is_given_to_who_sees_its_message(world: World, ticket: Ticket) -> None:
    with at("13:10"):
        actions.reply(ticket.pk, actor=world.consultant, body="Vea.", files=[a_file()])
        actions.note(ticket.pk, actor=world.consultant, body="Interno.", files=[a_file()])
    shown, internal = Attachment.objects.order_by("id")
    assert queries.attachment(world.contact, shown.pk) == shown
    assert queries.attachment(world.consultant, internal.pk) == internal
    for person, file in ((world.contact, internal), (world.norte_contact, shown), (world.stranger, shown)):
        with pytest.raises(Attachment.DoesNotExist):
            queries.attachment(person, file.pk)


def a_file() -> object:
    return store(ContentFile(b"una linea\n", name="registro.txt"))


def test_one_ticket_at_hand_is_judged_as_the_list_is(world: World, ticket: Ticket) -> None:
    Membership.objects.filter(person=world.shared, organization=world.norte).update(sees="company")
    of_norte = opened(
        world,
        requester=world.norte_contact,
        organization=world.norte,
        contract_version=world.norte_contract,
    )
    tickets = [ticket, opened(world, requester=world.shared), of_norte]
    for person in Person.objects.all():
        seen = set(access.visible_to(person))
        assert {each for each in tickets if access.may_see(person, each)} == seen


def test_who_was_disabled_may_see_no_ticket_at_hand(world: World, ticket: Ticket) -> None:
    disable_person(world.contact, actor=world.administrator)
    assert not access.may_see(Person.objects.get(pk=world.contact.pk), ticket)
