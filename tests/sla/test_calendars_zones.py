"""That zones come from the pinned package alone, and that digests name what decided."""

import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime
from importlib import resources
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from plazo.sla.calendars import TZDATA_VERSION, BusinessCalendar
from plazo.sla.calendars.zones import DAY, zone_named
from tests.sla.cases import CLOCK_CHANGES, EIGHT_BY_FIVE, ZONES, epoch

DIGEST_AND_DUE = """
import json, sys
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo
ZoneInfo("America/Santiago")
from plazo.sla.calendars import BusinessCalendar
days_off = {date(2026, 9, 18), date(2026, 9, 19)}
calendar = BusinessCalendar([(0, "09:00", "18:00")], "America/Santiago", days_off)
due = calendar.add(datetime(2026, 9, 14, 12, tzinfo=UTC), 3600)
local = datetime(2026, 9, 14, tzinfo=ZoneInfo("America/Santiago")).isoformat()
print(json.dumps([calendar.digest, due.isoformat(), local, "numpy" in sys.modules, "django" in sys.modules]))
"""


def fresh_process(**environment):
    ran = subprocess.run(
        [sys.executable, "-c", DIGEST_AND_DUE],
        env={**os.environ, **environment},
        capture_output=True,
        check=True,
        timeout=60,
    )
    return json.loads(ran.stdout)


def test_a_fresh_process_reads_the_package_whatever_the_host_says(tmp_path):
    fake = tmp_path / "America" / "Santiago"
    fake.parent.mkdir()
    fake.write_bytes((resources.files("tzdata") / "zoneinfo" / "UTC").read_bytes())
    answers = [fresh_process(PYTHONTZPATH=str(tmp_path)), fresh_process(PYTHONHASHSEED="7")]
    assert answers[0] == answers[1]
    assert answers[0][1:3] == ["2026-09-14T10:00:00-03:00", "2026-09-14T00:00:00-03:00"]


def test_one_term_needs_neither_numpy_nor_django():
    assert fresh_process()[3:] == [False, False]


def test_the_digest_changes_with_each_thing_that_decides():
    day = date(2026, 9, 18)
    digests = {
        BusinessCalendar(EIGHT_BY_FIVE, "America/Santiago").digest,
        BusinessCalendar(EIGHT_BY_FIVE[:-1], "America/Santiago").digest,
        BusinessCalendar(EIGHT_BY_FIVE, "America/Punta_Arenas").digest,
        BusinessCalendar(EIGHT_BY_FIVE, "America/Santiago", [day]).digest,
        BusinessCalendar(EIGHT_BY_FIVE, "America/Santiago", (), [(day, "09:00", "10:00")]).digest,
    }
    assert len(digests) == 5
    assert all(len(digest) == 64 for digest in digests)


def test_the_digest_changes_with_the_version_of_tzdata(monkeypatch):
    before = BusinessCalendar(EIGHT_BY_FIVE, "America/Santiago").digest
    monkeypatch.setattr("plazo.sla.calendars.business.TZDATA_VERSION", "1999z")
    assert TZDATA_VERSION != "1999z"
    assert BusinessCalendar(EIGHT_BY_FIVE, "America/Santiago").digest != before


@pytest.mark.parametrize("name", [*ZONES, "Africa/Casablanca", "Australia/Lord_Howe", "Pacific/Apia"])
def test_stretches_cover_the_horizon_with_the_offsets_of_zoneinfo(name):
    zone, tzinfo = zone_named(name), ZoneInfo(name)
    stretches = [stretch for index in range(71) for stretch in zone.stretches(index)]
    assert (stretches[0].start, stretches[-1].end) == (zone.start, zone.end)
    for before, after in pairwise(stretches):
        assert before.end == after.start
    for stretch in stretches:
        for second in (stretch.start, (stretch.start + stretch.end) // 2, stretch.end - 1):
            offset = datetime.fromtimestamp(second, tzinfo).utcoffset()
            assert offset.total_seconds() == stretch.offset


@pytest.mark.parametrize("name", ZONES)
def test_an_aware_datetime_becomes_the_same_instant_near_and_far_from_clock_changes(name):
    zone = zone_named(name)
    for change in CLOCK_CHANGES:
        for shift in range(-4 * DAY, 4 * DAY, 1801):
            second = epoch(change) + shift
            local = datetime.fromtimestamp(second, zone.tzinfo)
            assert zone.epoch_of(local) == second
            assert zone.epoch_of(local.astimezone(UTC)) == second


def test_a_wall_time_that_was_skipped_is_read_as_python_reads_it():
    zone = zone_named("America/Santiago")
    for fold in (0, 1):
        skipped = datetime(2026, 9, 6, 0, 30, tzinfo=zone.tzinfo, fold=fold)
        zone.epoch_of(datetime(2026, 9, 20, tzinfo=zone.tzinfo))
        assert zone.epoch_of(skipped) == skipped.timestamp()


def test_no_change_of_offset_is_taken_back_within_the_daily_probe():
    # The finder of stretches asks once a day. Hourly questions over the busiest zone find no more.
    zone = zone_named("Africa/Casablanca")
    start, end = zone.year_starts[35], zone.year_starts[38]
    offsets = [datetime.fromtimestamp(second, zone.tzinfo).utcoffset() for second in range(start, end, 3600)]
    changes = sum(before != after for before, after in pairwise(offsets))
    found = [stretch for index in range(35, 38) for stretch in zone.stretches(index)]
    assert changes == sum(a.offset != b.offset for a, b in pairwise(found))
