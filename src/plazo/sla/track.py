"""One metric on its way through a timeline: when it ran, what was owed, how it was judged.

Instants are whole epoch seconds, so that no subtraction ever meets a wall clock.
"""

from __future__ import annotations

from plazo.sla.calendars import BusinessCalendar
from plazo.sla.policy import Calendar, Metric, Term


class Track:
    """The term of one metric. It waits for its stop until it is stopped or missed.

    commitment   number of the promise, made at `committed`
    done         closed runs, (from, to)
    since        start of the open run; None while halted
    due          as known at the last change; None without a term and while halted within it
    missed_at    the instant of the miss; for ever
    judged_with  the calendar `due` was computed with, as known at `judged_at`
    """

    __slots__ = (
        "calendar",
        "canned",
        "commitment",
        "committed",
        "done",
        "due",
        "judged_at",
        "judged_with",
        "metric",
        "missed_at",
        "since",
        "stop",
        "term",
    )

    def __init__(self, metric: Metric, term: Term, calendar: Calendar, *, start: int, known: int) -> None:
        self.metric = metric
        self.term = term
        self.calendar = calendar
        self.commitment = 1
        self.committed = known
        self.done: list[tuple[int, int]] = []
        self.since: int | None = start
        self.due: int | None = None
        self.stop: int | None = None
        self.canned = False
        self.missed_at: int | None = None
        self.judged_at: int
        self.judged_with: BusinessCalendar
        self.settle(known)

    @property
    def waiting(self) -> bool:
        """Whether the verdict is still open."""
        return self.stop is None and self.missed_at is None

    def settle(self, instant: int) -> None:
        """Something changed at `instant`: a due date that now lies behind it is missed there."""
        if self.stop is None and self.missed_at is None:
            self.judged_at = instant
            self.judged_with = self.calendar.as_known_at(instant)
            self.due = self._due()
            if self.due is not None and self.due < instant:
                self.missed_at = instant

    def pass_time(self, instant: int) -> None:
        """Nothing happened up to just before `instant`: a due date that went by is missed."""
        if self.due is not None and self.due < instant and self.stop is None and self.missed_at is None:
            self.missed_at = self.due

    def halt(self, instant: int) -> None:
        """The clock no longer runs from `instant` on."""
        if self.since is not None:
            self.done.append((self.since, instant))
            self.since = None

    def proceed(self, instant: int) -> None:
        """The clock runs again from `instant`."""
        if self.since is None:
            self.since = instant

    def stop_at(self, instant: int, *, canned: bool = False) -> None:
        """What was owed is done; a term that still waited is met."""
        self.halt(instant)
        self.stop = instant
        self.canned = canned

    def retarget(self, term: Term, calendar: Calendar, instant: int) -> None:
        """Another promise, same start and pauses; what was answered or missed is not judged again."""
        if not self.waiting:
            return
        if (term.seconds, term.calendar) != (self.term.seconds, self.term.calendar):
            self.commitment += 1
            self.committed = instant
        self.term = term
        self.calendar = calendar
        self.settle(instant)

    def take_stop_of(self, other: Track, instant: int) -> None:
        """Stand as `other`, walked without an answer nobody received.

        A miss that stands remains as it was judged; one that shows only now dates from now.
        """
        self.stop, self.canned = other.stop, other.canned
        self.done, self.since = other.done, other.since
        if self.missed_at is not None:
            return
        self.term, self.calendar = other.term, other.calendar
        self.commitment, self.committed = other.commitment, other.committed
        self.due, self.judged_at, self.judged_with = other.due, other.judged_at, other.judged_with
        if other.missed_at is not None:
            self.missed_at = instant

    def elapsed(self, instant: int) -> int:
        """Counted seconds of all runs up to `instant`."""
        between = self.judged_with.between_epoch
        counted = 0
        for start, end in self.done:
            counted += between(start, end)
        return counted if self.since is None else counted + between(self.since, instant)

    def _due(self) -> int | None:
        """The earliest instant at which the counted time of the runs reaches the term."""
        left = self.term.seconds
        if left is None:
            return None
        for start, end in self.done:
            counted = self.judged_with.between_epoch(start, end)
            if counted >= left:
                return self.judged_with.add_epoch(start, left)
            left -= counted
        return None if self.since is None else self.judged_with.add_epoch(self.since, left)
