"""What was known of a calendar when: days off are declared and withdrawn while clocks run."""

from bisect import bisect_right
from collections.abc import Iterable
from itertools import pairwise

from plazo.sla.calendars.business import BusinessCalendar
from plazo.sla.calendars.errors import CalendarError


class CalendarHistory:
    """Immutable versions of one calendar, each known from an instant (epoch seconds) on.

    entries: (known_from, calendar) in strictly rising order. The first version also answers for every
    instant before it: what it holds was never declared late. A version equal to the one before is no
    change and is left out. Raises CalendarError for no entries or entries out of order.
    """

    __slots__ = ("_calendars", "_known_from")

    def __init__(self, entries: Iterable[tuple[int, BusinessCalendar]]) -> None:
        given = list(entries)
        if not given:
            raise CalendarError("a calendar history is empty; write at least one (known_from, calendar)")
        instants = [known_from for known_from, _ in given]
        if any(later <= earlier for earlier, later in pairwise(instants)):
            raise CalendarError(f"known_from must rise from version to version, not {instants}; sort them")
        kept = [given[0]]
        kept += [entry for before, entry in pairwise(given) if entry[1] != before[1]]
        self._known_from = tuple(known_from for known_from, _ in kept)
        self._calendars = tuple(calendar for _, calendar in kept)

    def as_known_at(self, epoch: int) -> BusinessCalendar:
        """The version known at that instant (its known_from included)."""
        return self._calendars[max(bisect_right(self._known_from, epoch) - 1, 0)]

    def changes_between(self, a: int, b: int) -> list[int]:
        """Instants in (a, b] at which another version became known, in order."""
        changes = self._known_from[1:]
        return list(changes[bisect_right(changes, a) : bisect_right(changes, b)])
