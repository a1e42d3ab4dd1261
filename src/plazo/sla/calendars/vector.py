"""Working time of many instants at once."""

from typing import Any

import numpy as np

from plazo.sla.calendars.errors import NegativeSeconds, OutsideHorizon
from plazo.sla.calendars.tables import Int64s, Table, build_table
from plazo.sla.calendars.timeline import LAST_INDEX, Timeline, outside_horizon


class Batch:
    """`add` and `between` of one timeline over arrays; its table grows to the years that are asked for."""

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline
        self._built: tuple[range, Table] | None = None

    def add(self, starts: Any, seconds: Any, out: Int64s | None) -> Int64s:
        """The due instant of each start; see BusinessCalendar.add_many."""
        starts, seconds, out = _aligned(starts, seconds, out)
        if not out.size:
            return out
        least, most = int(seconds.min()), int(seconds.max())
        if least < 0:
            raise NegativeSeconds(f"{least} seconds cannot be added; write budgets of 0 or more")
        first, last = int(starts.min()), int(starts.max())
        years = self._years(first, last)
        if most:
            self._add(years, starts, seconds, out, latest=(last, most))
        if least == 0:
            np.copyto(out, starts, where=seconds == 0)
        return out

    def between(self, a: Any, b: Any, out: Int64s | None) -> Int64s:
        """The working seconds of each pair; see BusinessCalendar.between_many."""
        a, b, out = _aligned(a, b, out)
        if out.size:
            years = self._years(min(int(a.min()), int(b.min())), max(int(a.max()), int(b.max())))
            self._table(years).between(a.reshape(-1), b.reshape(-1), out.reshape(-1))
        return out

    def _add(
        self, years: range, starts: Int64s, seconds: Int64s, out: Int64s, latest: tuple[int, int]
    ) -> None:
        starts, seconds, flat = starts.reshape(-1), seconds.reshape(-1), out.reshape(-1)
        try:
            # `add` never falls in either argument: the last start with the most seconds is due last.
            years = range(years.start, self._timeline.index_of(self._timeline.add(*latest)) + 1)
            self._table(years).add(starts, seconds, flat)
        except OutsideHorizon:
            self._add_near_the_end(years.start, starts, seconds, flat, most=latest[1])

    def _add_near_the_end(self, first: int, starts: Int64s, seconds: Int64s, out: Int64s, most: int) -> None:
        table = self._table(range(first, LAST_INDEX + 1))
        origin = np.broadcast_to(np.int64(self._timeline.year_starts[first]), starts.shape)
        worked = np.empty(starts.shape, dtype=np.int64)
        table.between(origin, starts, worked)
        if most > table.total or int((worked + seconds).max()) > table.total:
            raise outside_horizon("the end of some of these budgets")
        table.add(starts, seconds, out)
        if int(out.max()) >= self._timeline.end:
            raise outside_horizon("the end of some of these budgets")

    def _years(self, first: int, last: int) -> range:
        return range(self._timeline.index_of(first), self._timeline.index_of(last) + 1)

    def _table(self, years: range) -> Table:
        if self._built is not None:
            built, table = self._built
            if built.start <= years.start and years.stop <= built.stop:
                return table
            years = range(min(built.start, years.start), max(built.stop, years.stop))
        starts = self._timeline.year_starts
        spans = [self._timeline.year(index) for index in years]
        table = build_table(spans, starts[years.start], starts[years.stop])
        self._built = years, table
        return table


def _aligned(first: Any, second: Any, out: Int64s | None) -> tuple[Int64s, Int64s, Int64s]:
    one, other = np.broadcast_arrays(_int64s(first), _int64s(second))
    if out is None:
        return one, other, np.empty(one.shape, dtype=np.int64)
    if out.dtype != np.int64 or out.shape != one.shape or not out.flags.c_contiguous:
        raise TypeError(f"out must be a contiguous int64 array of shape {one.shape}")
    return one, other, out


def _int64s(values: Any) -> Int64s:
    array = np.asarray(values)
    if array.dtype.kind not in "iu" and array.size:
        raise TypeError(f"epoch seconds and budgets are integers, not {array.dtype}; convert them to int64")
    return array.astype(np.int64, copy=False)
