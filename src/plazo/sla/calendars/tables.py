"""Look-up tables over a run of years: buckets of time, or bisection where the edges are odd."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from plazo.sla.calendars.spans import OpenYear, joined

Int64s = npt.NDArray[np.int64]
UInt32s = npt.NDArray[np.uint32]

SMALLEST_BUCKET = 300
# Long enough to make a numpy call cheap, short enough for the scratch arrays to stay in a core's cache.
CHUNK = 65_536
_ONE = np.uint32(1)


class Table(Protocol):
    """W, the working seconds since the start of the table, and its inverse, over flat int64 arrays."""

    total: int

    def between(self, a: Int64s, b: Int64s, out: Int64s) -> None:
        """Write W(b) - W(a); every instant must lie in the years of the table."""

    def add(self, starts: Int64s, seconds: Int64s, out: Int64s) -> None:
        """Write the earliest instant with W(start) + seconds, for seconds >= 1 and a sum up to `total`."""


def build_table(years: Sequence[OpenYear], start: int, end: int) -> Table:
    """The table of consecutive years that begin at `start` and end at `end` (epoch seconds)."""
    spans = joined(span for year in years for span in year.spans(after=start))
    starts, ends = np.array(spans, dtype=np.int64).reshape(-1, 2).T
    edges = np.concatenate([starts, ends]) - start
    bucket = int(np.gcd.reduce(edges)) or end - start
    if spans and (bucket < SMALLEST_BUCKET or bucket % 2):
        return BisectedTable(starts, ends)
    return BucketTable(starts, ends, start=start, end=end, bucket=bucket)


class BucketTable:
    """Every bucket of time is wholly open or wholly closed, so that one division finds the answer."""

    def __init__(self, starts: Int64s, ends: Int64s, *, start: int, end: int, bucket: int) -> None:
        self._start, self._start_low = start, np.uint32(start % 2**32)
        self._bucket = np.uint32(bucket)
        running = _running((starts - start) // bucket, (ends - start) // bucket, -((start - end) // bucket))
        worked = (np.cumsum(running) - running) * bucket
        # W at the start of an even bucket is even: its lowest bit is free to say that the clock runs.
        self._worked: UInt32s = (worked | running).astype(np.uint32)
        opened = np.flatnonzero(running)
        self._closed_before: UInt32s = ((opened - np.arange(len(opened))) * bucket).astype(np.uint32)
        self.total = len(opened) * bucket

    def between(self, a: Int64s, b: Int64s, out: Int64s) -> None:
        """Write W(b) - W(a); every instant must lie in the years of the table."""
        for part, scratch in _chunks(len(out)):
            np.copyto(out[part], self._elapsed(b[part], scratch))
            np.copyto(scratch.slots, self._elapsed(a[part], scratch))
            np.subtract(out[part], scratch.slots, out=out[part])

    def add(self, starts: Int64s, seconds: Int64s, out: Int64s) -> None:
        """Write the earliest instant with W(start) + seconds, for seconds >= 1 and a sum up to `total`."""
        for part, scratch in _chunks(len(out)):
            at, bucket, _, slots = scratch
            worked = self._elapsed(starts[part], scratch)
            np.copyto(at, seconds[part], casting="unsafe")
            np.add(worked, at, out=worked)
            np.subtract(worked, _ONE, out=bucket)
            np.floor_divide(bucket, self._bucket, out=bucket)
            np.copyto(slots, bucket)
            np.take(self._closed_before, slots, out=bucket, mode="clip")
            np.add(worked, bucket, out=worked)
            np.copyto(out[part], worked)
            np.add(out[part], self._start, out=out[part])

    def _elapsed(self, epochs: Int64s, scratch: "_Scratch") -> UInt32s:
        at, bucket, worked, slots = scratch
        # The low 32 bits are enough: a table is shorter than 2**32 seconds and the difference wraps.
        np.copyto(at, epochs, casting="unsafe")
        np.subtract(at, self._start_low, out=at)
        np.floor_divide(at, self._bucket, out=bucket)
        np.copyto(slots, bucket)
        np.multiply(bucket, self._bucket, out=bucket)
        np.subtract(at, bucket, out=at)
        # The caller keeps every index inside the table; "clip" only spares numpy a copy of `out`.
        np.take(self._worked, slots, out=worked, mode="clip")
        np.bitwise_and(worked, _ONE, out=bucket)
        np.subtract(worked, bucket, out=worked)
        np.multiply(at, bucket, out=at)
        return np.add(worked, at, out=worked)


class BisectedTable:
    """Any edges at all, by one bisection a look-up: slower, above all in random order."""

    def __init__(self, starts: Int64s, ends: Int64s) -> None:
        self._starts, self._ends = starts, ends
        self._worked: Int64s = np.cumsum(ends - starts)
        self.total = int(self._worked[-1])

    def between(self, a: Int64s, b: Int64s, out: Int64s) -> None:
        """Write W(b) - W(a); every instant must lie in the years of the table."""
        np.subtract(self._elapsed(b), self._elapsed(a), out=out)

    def add(self, starts: Int64s, seconds: Int64s, out: Int64s) -> None:
        """Write the earliest instant with W(start) + seconds, for seconds >= 1 and a sum up to `total`."""
        worked = self._elapsed(starts) + seconds
        index = np.searchsorted(self._worked, worked, side="left")
        np.add(self._ends[index] - self._worked[index], worked, out=out)

    def _elapsed(self, epochs: Int64s) -> Int64s:
        index = np.searchsorted(self._starts, epochs, side="right") - 1
        ahead = np.maximum(self._ends[index] - epochs, 0)
        return np.where(index < 0, 0, self._worked[index] - ahead)


def _running(first: Int64s, past: Int64s, count: int) -> Int64s:
    steps = np.zeros(count + 1, dtype=np.int64)
    np.add.at(steps, first, 1)
    np.add.at(steps, past, -1)
    return np.cumsum(steps)[:count]


class _Scratch(NamedTuple):
    at: UInt32s
    bucket: UInt32s
    worked: UInt32s
    slots: Int64s


def _chunks(length: int) -> Iterator[tuple[slice, _Scratch]]:
    whole = np.empty((3, min(length, CHUNK)), dtype=np.uint32)
    slots = np.empty(min(length, CHUNK), dtype=np.int64)
    for start in range(0, length, CHUNK):
        size = min(CHUNK, length - start)
        yield (
            slice(start, start + size),
            _Scratch(whole[0, :size], whole[1, :size], whole[2, :size], slots[:size]),
        )
