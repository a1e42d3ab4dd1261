"""Time zones of the pinned tzdata package, as stretches of constant UTC offset."""

import zoneinfo
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from typing import NamedTuple

import tzdata  # type: ignore[import-untyped]  # data only

from plazo.sla.calendars.errors import FractionalSecond, NaiveDatetime, UnknownZone

FIRST_YEAR = 1990
LAST_YEAR = 2060
DAY = 86_400
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TZDATA_VERSION: str = tzdata.IANA_VERSION

# Terms must not depend on what the host happens to have installed, and one process must not hold
# two opinions on a zone. With an empty path zoneinfo reads the package; zones that were loaded from
# the host before this line are forgotten.
zoneinfo.reset_tzpath(to=())
zoneinfo.ZoneInfo.clear_cache()


class Stretch(NamedTuple):
    """Epoch seconds [start, end) during which local time is UTC + offset seconds."""

    start: int
    end: int
    offset: int


class Zone:
    """One IANA zone from 1990 to 2060; stretches are found year by year when asked."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.tzinfo = _load(name)
        years = range(FIRST_YEAR, LAST_YEAR + 2)
        self.year_starts = [int(datetime(y, 1, 1, tzinfo=self.tzinfo).timestamp()) for y in years]
        self.start, self.end = self.year_starts[0], self.year_starts[-1]
        self._stretches: dict[int, tuple[Stretch, ...]] = {}
        self._wall_origin = datetime(1970, 1, 1, tzinfo=self.tzinfo)
        self._plain = 0, 0, 0

    def stretches(self, index: int) -> tuple[Stretch, ...]:
        """The stretches of the local year FIRST_YEAR + index, in order, covering it whole."""
        if index not in self._stretches:
            found = self._find_stretches(self.year_starts[index], self.year_starts[index + 1])
            self._stretches[index] = tuple(found)
        return self._stretches[index]

    def epoch_of(self, moment: datetime) -> int:
        """Epoch seconds of an aware datetime in any zone; raises NaiveDatetime, FractionalSecond."""
        try:
            if moment.tzinfo is not self.tzinfo:
                return _epoch_by_utc(moment)
        except AttributeError as error:
            raise TypeError(f"an instant is an aware datetime, not {moment!r}") from error
        # Asking zoneinfo for the offset costs more than the rest of a term. Two datetimes that share
        # their tzinfo are subtracted by wall clock, and within one stretch the offset is known.
        since = moment - self._wall_origin
        wall = since.days * 86_400 + since.seconds
        first, past, offset = self._plain
        if first <= wall < past and not since.microseconds:
            return wall - offset
        epoch = _epoch_by_utc(moment)
        self._plain = self._plain_wall_time(epoch)
        return epoch

    def _plain_wall_time(self, epoch: int) -> tuple[int, int, int]:
        """Wall-clock seconds around that instant which no change of offset skips or repeats."""
        index = bisect_right(self.year_starts, epoch) - 1
        if not 0 <= index < len(self.year_starts) - 1:
            return 0, 0, 0
        start, end, offset = next(stretch for stretch in self.stretches(index) if epoch < stretch.end)
        # A plain tuple: Python takes one apart much faster than a named one.
        return start + offset + DAY, end + offset - DAY, offset

    def _offset(self, epoch: int) -> int:
        offset = datetime.fromtimestamp(epoch, self.tzinfo).utcoffset()
        return 0 if offset is None else offset.days * DAY + offset.seconds

    def _find_stretches(self, start: int, end: int) -> Iterator[Stretch]:
        # zoneinfo does not publish its transitions. Probing once a day finds every one, because no
        # zone has changed its offset and taken the change back within a day since 1990.
        opened, offset = start, self._offset(start)
        for probe in (*range(start + DAY, end, DAY), end - 1):
            while self._offset(probe) != offset:
                change = self._first_change(max(opened, probe - DAY), probe, offset)
                yield Stretch(opened, change, offset)
                opened, offset = change, self._offset(change)
        yield Stretch(opened, end, offset)

    def _first_change(self, before: int, after: int, offset: int) -> int:
        seconds = range(before, after)
        return before + bisect_left(seconds, True, key=lambda epoch: self._offset(epoch) != offset)


@cache
def zone_named(name: str) -> Zone:
    """The zone of that IANA name; raises UnknownZone. Zones are shared by all calendars."""
    return Zone(name)


def _load(name: str) -> zoneinfo.ZoneInfo:
    try:
        return zoneinfo.ZoneInfo(name)
    except (KeyError, ValueError, TypeError, OSError) as error:
        raise UnknownZone(f"{name!r} is not an IANA time zone; write one like 'America/Santiago'") from error


def _epoch_by_utc(moment: datetime) -> int:
    if moment.utcoffset() is None:
        raise NaiveDatetime(
            f"{moment.isoformat()} does not say its UTC offset; "
            "write it with a time zone, such as tzinfo=ZoneInfo('America/Santiago')"
        )
    since = moment - EPOCH
    if since.microseconds:
        raise FractionalSecond(f"{moment.isoformat()} is not a whole second; write it with microsecond=0")
    return since.days * DAY + since.seconds
