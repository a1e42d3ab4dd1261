"""The walk over a ticket's events in the order in which they became known, one rule per method.

The rules are those of docs/dev/meaning.md. Instants are whole epoch seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import itemgetter
from typing import Any

from plazo.sla import timeline as codes
from plazo.sla.policy import METRICS, Calendar, Commitment, Metric, PauseReason, Term
from plazo.sla.timeline import Event, epoch
from plazo.sla.track import Track


class State(StrEnum):
    """Where a ticket stands."""

    OPEN = "open"
    PAUSED = "paused"
    RESOLVED = "resolved"
    CLOSED = "closed"


Known = tuple[int, int, Event]  # recorded_at, seq, event: sorts as the walk goes


@dataclass(slots=True)
class PauseTaken:
    """A stop of the resolution clock; `limit` is when it ends by itself."""

    seq: int
    reason: str
    rule: PauseReason
    started: int
    limit: int
    ended: int | None = None


def first_classification(events: Sequence[Known], commitment: Commitment) -> Event | None:
    """The event that first says what the ticket is: it judges anew from the start.

    None when there is none yet, or when it speaks of a contract the ticket was bound to later.
    """
    rebound = False
    for _, _, event in events:
        priority = event.data.get("priority")
        if event.code == codes.REBOUND:
            if priority:
                return None
            rebound = True
        elif priority and event.code in (codes.OPENED, codes.CLASSIFIED):
            foreign = rebound and ("response", priority) not in commitment.terms
            return None if foreign else event
    return None


class Walk:
    """The clocks of one ticket between its opening and the instant walked to."""

    def __init__(
        self,
        events: Sequence[Known],
        commitment: Commitment,
        calendars: Mapping[str, Calendar],
        rebound_to: Mapping[Any, Commitment],
        first_classification: Event | None,
    ) -> None:
        self.events = events
        self.commitment = commitment
        self.calendars = calendars
        self.rebound_to = rebound_to
        self.arguments = (commitment, calendars, rebound_to, first_classification)
        self.first = first_classification
        self.classified = self.first is not None
        self.kind: str | None = self.first.data.get("kind") if self.first else None
        self.priority: str = self.first.data["priority"] if self.first else commitment.unclassified
        self.recorded, _, opened = events[0]
        self.start = min(epoch(opened.at), self.recorded)
        self.tracks = {metric: self._track(metric) for metric in METRICS}
        self.response, self.resolution = self.tracks["response"], self.tracks["resolution"]
        self.state = State.OPEN
        self.answered_by: int | None = None
        self.withdrawn: set[int] = set()
        self.pauses: list[PauseTaken] = []
        self.promised: tuple[int, int] | None = None  # due, seq
        self.resolved: tuple[int, int] | None = None  # instant, seq
        self.quiet_since = 0  # the reopening and closing periods count from here
        self.needs_review = False
        self.closed: int | None = None
        self.false_solutions: list[int] = []

    def until(self, instant: int) -> None:
        """Walk all events, then let time pass up to `instant`."""
        for known, _, event in self._rows(instant):
            if event is None:
                self._pass_time(known)
                self._settle(known)
            elif event.code in _HANDLERS:
                self._pass_time(known)
                _HANDLERS[event.code](self, event, known)
        self._pass_time(instant)

    def _rows(self, instant: int) -> Sequence[tuple[int, int, Event | None]]:
        """The events after the opening, and the instants at which days off were declared or withdrawn."""
        changes: set[int] = set()
        for key in self._calendars_named():
            changes.update(self.calendars[key].changes_between(self.recorded, instant))
        if not changes:
            return self.events[1:]
        return sorted([*self.events[1:], *((change, -1, None) for change in changes)], key=itemgetter(0, 1))

    def _calendars_named(self) -> set[str]:
        """The keys of all calendars that its commitments count in."""
        keys = set(self.commitment.calendars)
        for _, _, event in self.events:
            if event.code == codes.REBOUND:
                keys.update(self._rebound(event).calendars)
        return keys

    # While nobody acts.

    def _pass_time(self, instant: int) -> None:
        """A pause may reach its limit, a resolved ticket its closing, a term its end."""
        if self.pauses and self.pauses[-1].ended is None and self.pauses[-1].limit <= instant:
            limit = self.pauses[-1].limit
            self._pass_terms(limit)
            self._end_pause(limit)
        if self.resolved is not None and self.closed is None:
            closing = self.closing
            if closing is not None and closing <= instant:
                self.state, self.closed = State.CLOSED, closing
        self._pass_terms(instant)

    def _pass_terms(self, instant: int) -> None:
        self.response.pass_time(instant)
        self.resolution.pass_time(instant)

    @property
    def closing(self) -> int | None:
        """When the ticket closes by itself; a client's word waiting for review holds it open."""
        if self.resolved is None or self.needs_review:
            return None
        return self.quiet_since + self.commitment.closing

    def _end_pause(self, instant: int) -> None:
        self.pauses[-1].ended = instant
        self.state = State.OPEN
        self.resolution.proceed(instant)
        self.resolution.settle(instant)

    def _settle(self, known: int) -> None:
        """Days off were declared or withdrawn: they move the clocks that still wait."""
        for track in self.tracks.values():
            track.settle(known)

    # What is owed.

    def _term(self, metric: Metric) -> Term:
        return self.commitment.term(metric, priority=self.priority, kind=self.kind)

    def _track(self, metric: Metric) -> Track:
        term = self._term(metric)
        return Track(metric, term, self.calendars[term.calendar], start=self.start, known=self.recorded)

    def _retarget(self, track: Track, known: int) -> None:
        term = self._term(track.metric)
        track.retarget(term, self.calendars[term.calendar], known)

    def classify(self, event: Event, known: int) -> None:
        """The first classification was walked with from the start; a later one counts from now on."""
        if self.first is not None and event.seq == self.first.seq:
            self._count_first_classification()
            return
        self.classified = True
        self.kind, self.priority = event.data.get("kind"), event.data["priority"]
        for track in self.tracks.values():
            self._retarget(track, known)

    def _count_first_classification(self) -> None:
        """It made a new promise wherever it changed what an unclassified ticket is owed."""
        for metric, track in self.tracks.items():
            before = self.commitment.term(metric, priority=self.commitment.unclassified)
            if before.seconds != track.term.seconds:
                track.commitment += 1

    def rebind(self, event: Event, known: int) -> None:
        """Another contract rules from now on; that counts as reclassifying."""
        self.commitment = self._rebound(event)
        if event.data.get("priority"):
            self.kind, self.priority = event.data.get("kind"), event.data["priority"]
            self.classified = True
        elif not self.classified:
            self.priority = self.commitment.unclassified
        for track in self.tracks.values():
            self._retarget(track, known)

    def _rebound(self, event: Event) -> Commitment:
        return self.rebound_to[event.data["commitment"]]

    # Answers.

    def answer(self, event: Event, known: int) -> None:
        """The first message or conversation of a person of the desk stops the response clock."""
        if self.response.stop is None:
            self.response.stop_at(known, canned=bool(event.data.get("canned")))
            self.answered_by = event.seq

    def call(self, event: Event, known: int) -> None:
        """A call answers when the client was spoken with."""
        if event.data.get("spoke"):
            self.answer(event, known)

    def withdraw_answer(self, event: Event, known: int) -> None:
        """Nobody received that answer: the response is judged as if it had never been written."""
        self.withdrawn.add(event.data["reply"])
        if self.answered_by != event.data["reply"]:
            return
        again = Walk(
            [
                row
                for row in self.events
                if row[:2] < (known, event.seq)
                and row[1] not in self.withdrawn
                and row[2].code != codes.UNDELIVERED
            ],
            *self.arguments,
        )
        again.until(known)
        self.answered_by = again.answered_by
        self.response.take_stop_of(again.response, known)

    # Pauses: only the resolution clock stops, once at a time.

    def pause(self, event: Event, known: int) -> None:
        """The clock stops until somebody's word, or the limit of the reason or of the ticket."""
        if self.state is not State.OPEN:
            return
        rule = self.commitment.pause_reasons[event.data["reason"]]
        longest = rule.limit
        if self.commitment.pause_total is not None:
            used = sum(pause.ended - pause.started for pause in self.pauses if pause.ended is not None)
            longest = min(longest, max(0, self.commitment.pause_total - used))
        self.pauses.append(PauseTaken(event.seq, event.data["reason"], rule, known, known + longest))
        self.state = State.PAUSED
        self.resolution.halt(known)
        self.resolution.settle(known)

    def resume(self, event: Event, known: int) -> None:
        """The clock runs again; a resumption of a pause that is over changes nothing."""
        if self.state is State.PAUSED and event.data.get("pause", self.pauses[-1].seq) == self.pauses[-1].seq:
            self._end_pause(known)

    # Solutions.

    def promise(self, event: Event, known: int) -> None:
        """The consultant's estimate; tracked apart, never judged."""
        self.promised = (event.data["due"], event.seq)

    def resolve(self, event: Event, known: int) -> None:
        """The resolution clock stops; a pause ends with it."""
        if self.resolved is not None:
            return
        if self.state is State.PAUSED:
            self._end_pause(known)
        self.resolution.stop_at(known)
        self.resolved = (known, event.seq)
        self.quiet_since = known
        self.state = State.RESOLVED

    def client_word(self, event: Event, known: int) -> None:
        """A client's word on a resolved ticket waits for a person; it does not close meanwhile."""
        if self.state is State.RESOLVED:
            self.needs_review = True

    def review(self, event: Event, known: int) -> None:
        """A person read it and lets the solution stand: the periods count anew."""
        if self.needs_review:
            self.needs_review = False
            self.quiet_since = known

    def reopen(self, event: Event, known: int) -> None:
        """The same clock resumes from the client's word; a closed ticket only if that word was in time."""
        if self.resolved is None:
            return
        word = min(epoch(event.at), known)
        if self.state is State.CLOSED and word > self.quiet_since + self.commitment.reopening:
            return
        solved = self.resolved[0]
        self.false_solutions.append(solved)
        self.state, self.resolved, self.closed, self.needs_review = State.OPEN, None, None, False
        self.resolution.stop = None
        self.resolution.proceed(max(word, solved))
        self._retarget(self.resolution, known)

    def close(self, event: Event, known: int) -> None:
        """Only a resolved ticket closes."""
        if self.state is State.RESOLVED:
            self.state, self.closed, self.needs_review = State.CLOSED, known, False


_HANDLERS: Mapping[str, Callable[[Walk, Event, int], None]] = {
    codes.CLASSIFIED: Walk.classify,
    codes.REBOUND: Walk.rebind,
    codes.REPLIED: Walk.answer,
    codes.CALLED: Walk.call,
    codes.UNDELIVERED: Walk.withdraw_answer,
    codes.PAUSED: Walk.pause,
    codes.RESUMED: Walk.resume,
    codes.PROMISED: Walk.promise,
    codes.RESOLVED: Walk.resolve,
    codes.REOPENED: Walk.reopen,
    codes.CLOSED: Walk.close,
    codes.CLIENT_REPLIED: Walk.client_word,
    codes.REVIEWED: Walk.review,
}
