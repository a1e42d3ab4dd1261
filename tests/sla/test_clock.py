"""What the clock refuses, and the parts of it that no scenario can say."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from itertools import permutations

import pytest

from plazo.sla import BusinessCalendar, CalendarHistory, Event, assess, judging_calendar, preview
from plazo.sla.clock import ClockState
from tests.sla.timelines import at, calendars, commitment, timeline

OPENED = ("2026-11-09T10:00", "opened", {"priority": "high"})


def test_a_naive_now_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        assess(timeline(OPENED), commitment(), calendars(), datetime(2026, 11, 9, 12))  # noqa: DTZ001 - naive on purpose


def test_a_timeline_without_its_opening_is_refused() -> None:
    with pytest.raises(ValueError, match="opened"):
        assess([], commitment(), calendars(), at("2026-11-09T12:00"))
    with pytest.raises(ValueError, match="opened"):
        assess(timeline(("2026-11-09T10:00", "replied")), commitment(), calendars(), at("2026-11-09T12:00"))


def test_a_ticket_not_yet_opened_is_refused() -> None:
    with pytest.raises(ValueError, match="opened"):
        assess(timeline(OPENED), commitment(), calendars(), at("2026-11-09T09:59"))


@pytest.mark.parametrize(
    "row",
    [
        ("2026-11-09T11:00", "classified", {"priority": "unheard"}),
        ("2026-11-09T11:00", "paused", {"reason": "unheard"}),
        ("2026-11-09T11:00", "rebound", {"commitment": "unheard"}),
    ],
)
def test_what_the_agreement_does_not_know_is_refused(row: tuple[str, str, dict[str, str]]) -> None:
    with pytest.raises(KeyError, match="unheard"):
        assess(timeline(OPENED, row), commitment(), calendars(), at("2026-11-09T12:00"))


def test_an_opening_with_an_unknown_priority_is_refused() -> None:
    with pytest.raises(KeyError, match="unheard"):
        preview(commitment(), calendars(), at=at("2026-11-09T10:00"), priority="unheard")


def test_the_zone_an_instant_is_written_in_does_not_matter() -> None:
    moment = at("2026-11-09T12:00")
    events = timeline(OPENED, ("2026-11-09T11:00", "replied"))
    abroad = [
        Event(e.code, e.at.astimezone(UTC), e.recorded_at.astimezone(UTC), e.seq, e.data) for e in events
    ]
    here = assess(events, commitment(), calendars(), moment)
    assert assess(abroad, commitment(), calendars(), moment) == here


def test_a_code_the_engine_does_not_read_changes_nothing() -> None:
    plain = assess(timeline(OPENED), commitment(), calendars(), at("2026-11-09T12:00"))
    strange = timeline(OPENED, ("2026-11-09T11:00", "tagged", {"with": 1}))
    assert assess(strange, commitment(), calendars(), at("2026-11-09T12:00")) == plain


def test_any_order_of_the_same_events_gives_the_same_clocks() -> None:
    events = timeline(
        OPENED,
        ("2026-11-09T11:00", "replied"),
        ("2026-11-09T11:00", "paused", {"reason": "bank"}),
        ("2026-11-09T12:00", "resumed", {"pause": 3}),
        ("2026-11-09T12:00", "resolved"),
    )
    found = {
        repr(assess(order, commitment(), calendars(), at("2026-11-10T10:00")))
        for order in permutations(events)
    }
    assert len(found) == 1


def test_the_verdict_keeps_the_digest_of_the_calendar_it_was_judged_by() -> None:
    plain = calendars()["8x5"]
    longer = BusinessCalendar(
        plain.windows, plain.zone, days_off=[*plain.days_off, at("2026-11-11T00:00").date()]
    )
    history = CalendarHistory([(0, plain), (int(at("2026-11-09T12:00").timestamp()), longer)])
    own = {"8x5": history}
    events = timeline(OPENED, ("2026-11-09T11:00", "replied"))
    found = assess(events, commitment(), own, at("2026-11-09T12:00"))
    assert found.clocks["response"].calendar_digest == plain.digest
    assert found.clocks["resolution"].calendar_digest == longer.digest
    for clock in found.clocks.values():
        assert judging_calendar(clock, own).digest == clock.calendar_digest


def test_a_miss_keeps_the_digest_it_was_judged_by() -> None:
    plain = calendars()["8x5"]
    longer = BusinessCalendar(
        plain.windows, plain.zone, days_off=[*plain.days_off, at("2026-11-09T00:00").date()]
    )
    own = {"8x5": CalendarHistory([(0, plain), (int(at("2026-11-09T15:00").timestamp()), longer)])}
    clock = assess(timeline(OPENED), commitment(), own, at("2026-11-09T16:00")).clocks["response"]
    assert clock.state is ClockState.MISSED
    assert clock.calendar_digest == plain.digest
    assert clock.verdict_at == at("2026-11-09T13:00")


def test_an_undecided_clock_has_no_verdict() -> None:
    clock = assess(timeline(OPENED), commitment(), calendars(), at("2026-11-09T11:00")).clocks["response"]
    assert clock.verdict_at is None


def test_a_first_classification_in_the_words_of_the_right_contract_counts_from_then_on() -> None:
    own = commitment()
    renamed = {(metric, f"own-{name}"): term for (metric, name), term in own.terms.items()}
    other = replace(own, terms=renamed, unclassified="own-low")
    events = timeline(
        ("2026-11-09T10:00", "opened"),
        ("2026-11-09T14:30", "rebound", {"commitment": "other"}),
        ("2026-11-09T16:00", "classified", {"priority": "own-high"}),
    )
    found = assess(events, own, calendars(), at("2026-11-09T16:00"), rebound_to={"other": other})
    assert (found.priority, found.classified) == ("own-high", True)
    assert found.clocks["response"].missed_at == at("2026-11-09T13:00")
    assert found.clocks["resolution"].commitment == 3


def test_calendars_the_ticket_does_not_use_are_not_looked_at() -> None:
    only = {"8x5": calendars()["8x5"]}
    assert assess(timeline(OPENED), commitment(), only, at("2026-11-09T11:00")).clocks


def test_the_engine_loads_no_framework() -> None:
    probe = "import sys, plazo.sla; print([name for name in sys.modules if name.split('.')[0] == 'django'])"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
