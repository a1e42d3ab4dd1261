"""What rows store of a reading, so that lists and reports find it: a function of the timeline alone.

`plazo verify` computes the same from the events and must find no difference.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from plazo.sla import Clock, ClockState, State
from plazo.sla import timeline as codes
from plazo.sla.escalation import at_risk_at, next_step_at
from plazo.tickets.clocks import Reading
from plazo.tickets.models import FAR
from plazo.tickets.queries import Recorded
from plazo.tickets.waivers import waiting_requests


def ticket_columns(reading: Reading) -> dict[str, Any]:
    """The index columns of `Ticket` after the last event."""
    assessment, events = reading.assessment, reading.events
    pause = assessment.pause
    needs_review = assessment.state is State.RESOLVED and assessment.needs_review
    # A resolved ticket owes an answer again when the one given turned out undelivered.
    owes = assessment.state is State.RESOLVED and assessment.next_due_at is not None
    is_active = assessment.state in (State.OPEN, State.PAUSED) or needs_review or owes
    return {
        **_opened(events[0]),
        **_bound_to(events),
        "state": str(assessment.state),
        "kind": assessment.kind or "",
        "priority": assessment.priority,
        "classified": assessment.classified,
        "assignee_id": _last(events, codes.ASSIGNED, "to"),
        "active": is_active,
        "needs_review": needs_review,
        "waiting_for": pause.holder if pause else None,
        "queue_at": _word_at(events) if needs_review else (is_active and assessment.next_due_at) or FAR,
        "at_risk_at": at_risk_at(assessment, reading.calendars) if is_active else None,
        "next_step_at": next_step_at(reading.steps),
        "changed_at": events[-1].recorded_at,
        "length": events[-1].seq,
    }


def clock_columns(reading: Reading) -> list[dict[str, Any]]:
    """The columns of each `TicketClock` after the last event."""
    zone = ZoneInfo(reading.terms.zone) if reading.terms else UTC
    waivers = [each for each in reading.events if each.code in (codes.WAIVER_REQUESTED, codes.WAIVED)]
    waived = _waived(waivers)
    requests = {each.data["metric"]: each.seq for each in waiting_requests(waivers)}
    return [
        {
            "metric": metric,
            "state": str(clock.state),
            "commitment": clock.commitment,
            "seconds": clock.term.seconds,
            "started_at": clock.started_at,
            "due_at": clock.due_at,
            "stopped_at": clock.stopped_at,
            "missed_at": clock.missed_at,
            "verdict_month": _verdict_month(clock, zone),
            "elapsed": clock.elapsed,
            "overrun": clock.overrun,
            "held_by_client": clock.held["client"],
            "held_by_third_party": clock.held["third_party"],
            "canned": clock.canned,
            "waived": metric in waived,
            "waiver_request": requests.get(metric),
            "calendar_digest": clock.calendar_digest,
        }
        for metric, clock in reading.assessment.clocks.items()
    ]


def _verdict_month(clock: Clock, zone: Any) -> str:
    if clock.state is ClockState.NO_TERM or clock.verdict_at is None:
        return ""
    verdict = clock.verdict_at
    # Only around the turn of a month do the zones of the world disagree on which it is.
    if not 1 < verdict.day < 28:
        verdict = verdict.astimezone(zone)
    return f"{verdict.year}-{verdict.month:02}"


def _opened(opened: Recorded) -> dict[str, Any]:
    """What the opening says once and for all."""
    return {
        "opened_at": opened.at,
        "channel": opened.data["channel"],
        "service": opened.data["service"],
        "follows_id": opened.data["follows"],
    }


def _bound_to(events: Sequence[Recorded]) -> dict[str, Any]:
    """The client, the contact and the contract, as the opening and later bindings name them."""
    opened = events[0].data
    bound = {
        "organization_id": opened["organization"],
        "requester_id": opened["requester"],
        "contract_version_id": opened["contract_version"],
    }
    for event in events:
        if event.code == codes.REBOUND:
            bound = {
                "organization_id": event.data["organization"],
                "requester_id": event.data["requester"],
                "contract_version_id": event.data["commitment"],
            }
    return bound


def _last(events: Sequence[Recorded], code: str, key: str) -> Any:
    for event in reversed(events):
        if event.code == code:
            return event.data[key]
    return None


def _word_at(events: Sequence[Recorded]) -> datetime:
    """When the first of the client's words came that waits for review."""
    first = events[-1].recorded_at
    for event in reversed(events):
        if event.code in (codes.RESOLVED, codes.REVIEWED):
            break
        if event.code == codes.CLIENT_REPLIED:
            first = event.recorded_at
    return first


def _waived(events: Sequence[Recorded]) -> set[str]:
    return {event.data["metric"] for event in events if event.code == codes.WAIVED and event.data["approved"]}
