"""Verdicts of finished clocks, and the figures made from them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from plazo.sla import Figures, Verdict, assess, corrections, figures, totals, verdicts, waived_metrics
from tests.sla.timelines import at, calendars, commitment, timeline

Row = tuple[str, str] | tuple[str, str, Mapping[str, Any]]

ZONE = "America/Santiago"
OPENED = ("2026-11-09T10:00", "opened", {"priority": "high"})
ON_TIME = ("2026-11-09T11:00", "replied", {"canned": True})
LATE = ("2026-11-09T16:00", "replied")
ASKED = ("2026-11-09T17:00", "waiver_requested", {"metric": "response", "cause": "outage"})


def judged(now: str, *rows: Row) -> tuple[Verdict, ...]:
    events = timeline(*rows)
    found = assess(events, commitment(), calendars(), at(now))
    return verdicts(found, events, ticket=1, organization="Empresa Uno")


def verdict(met: bool = True, **changes: Any) -> Verdict:
    plain = Verdict(
        ticket=1,
        organization="Empresa Uno",
        metric="response",
        at=at("2026-11-09T12:00"),
        met=met,
        waived=False,
        canned=False,
        overrun=0,
        provider=3_600,
        client=0,
        third_party=0,
        false_solutions=0,
    )
    return replace(plain, **changes)


def one(found: tuple[Figures, ...]) -> Figures:
    (only,) = found
    return only


def test_only_finished_clocks_have_a_verdict() -> None:
    assert judged("2026-11-09T10:30", OPENED) == ()
    (response,) = judged("2026-11-09T12:00", OPENED, ON_TIME)
    assert (response.metric, response.met, response.canned) == ("response", True, True)


def test_a_verdict_says_who_held_the_ticket_and_for_how_long() -> None:
    _, resolution = judged(
        "2026-11-12T10:00",
        OPENED,
        ON_TIME,
        ("2026-11-09T11:00", "paused", {"reason": "client"}),
        ("2026-11-09T13:00", "resumed", {"pause": 3}),
        ("2026-11-09T13:00", "paused", {"reason": "bank"}),
        ("2026-11-09T13:30", "resumed", {"pause": 5}),
        ("2026-11-09T14:00", "resolved"),
    )
    assert (resolution.provider, resolution.client, resolution.third_party) == (5_400, 7_200, 1_800)


def test_a_miss_belongs_to_the_instant_of_the_miss_not_of_its_stop() -> None:
    (response,) = judged(
        "2027-01-10T10:00",
        ("2026-11-30T16:00", "opened", {"priority": "high"}),
        ("2026-12-01T12:00", "replied"),
    )[:1]
    assert (response.met, response.at) == (False, at("2026-12-01T10:00"))
    assert response.overrun == 7_200


def test_the_month_is_that_of_the_zone() -> None:
    moment = at("2026-11-30T22:30")
    assert verdict(at=moment).month(ZONE) == date(2026, 11, 1)
    assert verdict(at=moment).month("Europe/Madrid") == date(2026, 12, 1)


def test_a_resolution_counts_its_false_solutions() -> None:
    response, resolution = judged(
        "2026-11-12T10:00",
        OPENED,
        ON_TIME,
        ("2026-11-09T11:00", "resolved"),
        ("2026-11-09T12:00", "reopened"),
        ("2026-11-09T13:00", "resolved"),
    )
    assert (response.false_solutions, resolution.false_solutions) == (0, 1)
    assert resolution.met


def test_an_approved_waiver_marks_a_miss() -> None:
    approved = ("2026-11-10T10:00", "waived", {"metric": "response", "request": 3, "approved": True})
    response = judged("2026-11-10T12:00", OPENED, LATE, ASKED, approved)[0]
    assert (response.met, response.waived) == (False, True)


def test_a_waiver_of_a_term_that_was_met_marks_nothing() -> None:
    approved = ("2026-11-10T10:00", "waived", {"metric": "response", "request": 3, "approved": True})
    assert not judged("2026-11-10T12:00", OPENED, ON_TIME, ASKED, approved)[0].waived


def test_the_last_decision_on_a_request_counts_once_it_is_known() -> None:
    events = timeline(
        OPENED,
        LATE,
        ASKED,
        ("2026-11-10T10:00", "waived", {"metric": "response", "request": 3, "approved": True}),
        ("2026-11-10T11:00", "waived", {"metric": "response", "request": 3, "approved": False}),
    )
    assert waived_metrics(events, at("2026-11-10T09:00")) == frozenset()
    assert waived_metrics(events, at("2026-11-10T10:30")) == {"response"}
    assert waived_metrics(events[::-1], at("2026-11-10T11:30")) == frozenset()


def test_figures_are_by_client_month_and_metric() -> None:
    december = verdict(ticket=2, at=at("2026-12-01T12:00"))
    other = verdict(ticket=3, organization="Empresa Dos")
    solution = verdict(metric="resolution")
    found = figures([december, solution, other, verdict()], ZONE)
    assert [(f.organization, f.month, f.metric) for f in found] == [
        ("Empresa Dos", date(2026, 11, 1), "response"),
        ("Empresa Uno", date(2026, 11, 1), "response"),
        ("Empresa Uno", date(2026, 11, 1), "resolution"),
        ("Empresa Uno", date(2026, 12, 1), "response"),
    ]


def test_figures_sum_what_the_verdicts_say() -> None:
    found = one(
        figures(
            [
                verdict(canned=True, client=60),
                verdict(met=False, waived=True, overrun=30),
                verdict(met=False, overrun=12, third_party=5),
            ],
            ZONE,
        )
    )
    assert (found.met, found.missed, found.waived, found.canned, found.finished) == (1, 2, 1, 1, 3)
    assert (found.overrun, found.provider, found.client, found.third_party) == (42, 10_800, 60, 5)


def test_percentages_are_raw_and_without_waived_misses() -> None:
    found = one(totals([verdict(), verdict(met=False, waived=True), verdict(met=False)]))
    assert found.percent == Decimal("33.3")
    assert found.adjusted_percent == Decimal("50.0")
    assert (found.organization, found.month) == (None, None)


def test_a_single_miss_among_many_never_reads_as_a_clean_record() -> None:
    found = one(totals([verdict(met=False), *[verdict()] * 4_000]))
    assert found.percent == Decimal("99.9")


def test_no_verdicts_have_no_percentage() -> None:
    only_waived = one(totals([verdict(met=False, waived=True)]))
    assert only_waived.percent == Decimal("0.0")
    assert only_waived.adjusted_percent is None
    assert totals([]) == ()
    assert figures([], ZONE) == ()


def test_totals_are_one_for_each_metric() -> None:
    found = totals([verdict(metric="resolution"), verdict(), verdict()])
    assert [(f.metric, f.met) for f in found] == [("response", 2), ("resolution", 1)]


def test_a_verdict_that_still_stands_needs_no_correction() -> None:
    assert corrections([verdict()], [verdict(), verdict(ticket=2)]) == ()


def test_a_reopened_solution_corrects_the_month_reported() -> None:
    rows: list[Row] = [OPENED, ON_TIME, ("2026-11-09T12:00", "resolved"), ("2026-11-10T10:00", "reopened")]
    reported = judged("2026-11-09T18:00", *rows)
    (withdrawn,) = corrections(reported, judged("2026-11-10T11:00", *rows))
    assert (withdrawn.kind, withdrawn.reported.metric, withdrawn.current) == ("withdrawn", "resolution", None)
    (changed,) = corrections(reported, judged("2026-11-20T11:00", *rows))
    assert changed.kind == "changed"
    assert changed.current is not None
    assert not changed.current.met


def test_a_waiver_after_the_report_is_a_correction() -> None:
    late = verdict(met=False)
    (changed,) = corrections([late], [replace(late, waived=True)])
    assert changed.kind == "changed"


@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.integers(0, 400), st.sampled_from("AB"))))
def test_every_verdict_is_counted_once(rows: list[tuple[bool, bool, int, str]]) -> None:
    found = [
        verdict(
            met,
            waived=waived and not met,
            at=at("2026-01-01T00:00") + timedelta(days=days),
            organization=name,
        )
        for met, waived, days, name in rows
    ]
    summed = figures(found, ZONE)
    assert sum(f.finished for f in summed) == len(found)
    assert sum(f.met for f in summed) == sum(f.met for f in totals(found))
    for f in summed:
        assert f.waived <= f.missed
        assert f.percent is not None
        assert f.adjusted_percent is None or f.adjusted_percent >= f.percent
