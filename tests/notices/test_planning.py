"""From what was recorded together to who is told."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from plazo.notices import planning as codes
from plazo.notices.planning import Telling, plan
from plazo.notices.sentences import SENTENCES
from plazo.sla import timeline as events
from plazo.tickets.queries import Recorded

AT = datetime(2026, 11, 18, 13, tzinfo=UTC)
CONTACT, CONSULTANT = 7, 8


def recorded(code: str, seq: int = 1, actor: int | None = None, **data: Any) -> Recorded:
    return Recorded(code, AT, AT, seq, data, actor)


def planned(*events: Recorded) -> dict[str, Telling]:
    return {
        each.code: each for each in plan(events, tell={"half": ["assignee"], "due": ["assignee", "lead"]})
    }


@pytest.mark.parametrize(
    ("event", "code"),
    [
        (events.OPENED, codes.RECEIVED),
        (events.REPLIED, codes.ANSWERED),
        (events.CLASSIFIED, codes.CLASSIFIED),
        (events.REBOUND, codes.REBOUND),
        (events.PAUSED, codes.PAUSED),
        (events.RESUMED, codes.RESUMED),
        (events.DUE_MOVED, codes.DUE_MOVED),
        (events.RESOLVED, codes.RESOLVED),
        (events.REOPENED, codes.REOPENED),
        (events.BREACHED, codes.MISSED),
        (events.CLOSING_WARNED, codes.CLOSING_SOON),
        (events.CLOSED, codes.CLOSED),
    ],
)
def test_the_client_is_told_of_what_moves_the_terms(event: str, code: str) -> None:
    assert planned(recorded(event))[code].roles == ("requester",)


@pytest.mark.parametrize(
    ("event", "code", "roles"),
    [
        (events.PAUSE_WARNED, codes.PAUSE_ENDING, ("assignee",)),
        (events.CLIENT_REPLIED, codes.CLIENT_WORD, ("assignee",)),
        (events.CONFIRMED, codes.CLIENT_WORD, ("assignee",)),
        (events.REOPENED, codes.CLIENT_WORD, ("assignee",)),
        (events.DISPUTED, codes.DISPUTED, ("assignee", "lead")),
        (events.WAIVER_REQUESTED, codes.WAIVER_REQUESTED, ("lead", "administrator")),
        (events.UNDELIVERED, codes.UNDELIVERED, ("assignee", "lead")),
        (events.ESTIMATE_PASSED, codes.ESTIMATE_PASSED, ("assignee",)),
    ],
)
def test_the_desk_is_told_of_what_needs_a_person(event: str, code: str, roles: tuple[str, ...]) -> None:
    assert planned(recorded(event))[code].roles == roles


@pytest.mark.parametrize(
    "event", [events.NOTED, events.CALLED, events.PROMISED, events.REVIEWED, events.WAIVED]
)
def test_other_events_are_nobodys_mail(event: str) -> None:
    assert planned(recorded(event)) == {}


def test_an_escalation_is_told_to_the_roles_of_its_step() -> None:
    assert planned(recorded(events.ESCALATED, step="due"))[codes.ESCALATED].roles == ("assignee", "lead")


def test_steps_passed_together_make_one_telling_for_all_their_roles() -> None:
    first, last = recorded(events.ESCALATED, 2, step="half"), recorded(events.ESCALATED, 3, step="due")
    telling = planned(first, last)[codes.ESCALATED]
    assert (telling.seq, telling.roles) == (3, ("assignee", "lead"))


def test_an_answer_that_waits_for_the_client_is_told_once_and_carried_along() -> None:
    tellings = planned(recorded(events.REPLIED, 4, CONSULTANT), recorded(events.PAUSED, 5, CONSULTANT))
    assert list(tellings) == [codes.PAUSED]
    assert tellings[codes.PAUSED].reply_seq == 4


def test_an_answer_that_resolves_is_told_once_and_carried_along() -> None:
    tellings = planned(recorded(events.REPLIED, 4, CONSULTANT), recorded(events.RESOLVED, 5, CONSULTANT))
    assert list(tellings) == [codes.RESOLVED]
    assert tellings[codes.RESOLVED].reply_seq == 4


def test_only_what_the_client_reads_carries_an_answer() -> None:
    tellings = planned(recorded(events.ESCALATED, 2, step="half"), recorded(events.REPLIED, 3, CONSULTANT))
    assert tellings[codes.ESCALATED].reply_seq is None
    assert tellings[codes.ANSWERED].reply_seq == 3


def test_a_miss_and_the_answer_after_it_are_both_told() -> None:
    tellings = planned(recorded(events.BREACHED, 2), recorded(events.REPLIED, 3, CONSULTANT))
    assert set(tellings) == {codes.MISSED, codes.ANSWERED}


def test_the_client_is_told_what_their_own_word_did_to_the_terms() -> None:
    tellings = planned(recorded(events.CLIENT_REPLIED, 2, CONTACT), recorded(events.RESUMED, 3, CONTACT))
    assert tellings[codes.RESUMED].not_to is None
    assert tellings[codes.CLIENT_WORD].not_to == CONTACT


def test_nobody_of_the_desk_is_told_of_their_own_act() -> None:
    assert (
        planned(recorded(events.ASSIGNED, 2, CONSULTANT, to=CONSULTANT))[codes.ASSIGNED].not_to == CONSULTANT
    )


def test_letting_go_of_a_ticket_is_told_to_nobody() -> None:
    assert planned(recorded(events.ASSIGNED, 2, CONSULTANT, to=None)) == {}


def test_a_confirmation_that_closes_is_told_as_closed() -> None:
    tellings = planned(recorded(events.CONFIRMED, 5, CONTACT), recorded(events.CLOSED, 6, CONTACT))
    assert set(tellings) == {codes.CLIENT_WORD, codes.CLOSED}


def test_every_notice_has_its_sentence() -> None:
    told = {value for name, value in vars(codes).items() if name.isupper() and isinstance(value, str)}
    assert told == set(SENTENCES)
