"""Reads scenario files into timelines and the expectations on them; the format is in README.md."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ruamel.yaml import YAML

from plazo.sla import BusinessCalendar, CalendarHistory, Commitment, Event, Policy, load_policy

FOLDER = Path(__file__).parent
POLICY = Path(__file__).parents[3] / "policies" / "coacher.yaml"
SETTINGS = ("window", "level", "zone", "days_off", "unclassified", "without_term", "kinds")

_INSTANT = r"\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?(?:[+-]\d\d:\d\d)?"
_EVENT = re.compile(rf"({_INSTANT}) (?:recorded ({_INSTANT}) )?(\w+)((?: \w+=\S+)*)$")
_DECLARED = re.compile(rf"({_INSTANT}) (withdrawn )?(\d{{4}}-\d\d-\d\d)$")
_DURATION = re.compile(r"(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$")
_VALUES = {"yes": True, "no": False}


@dataclass(frozen=True)
class Scenario:
    """One timeline with what is expected of it."""

    name: str
    zone: ZoneInfo
    commitment: Commitment
    calendars: Mapping[str, BusinessCalendar | CalendarHistory]
    rebound_to: Mapping[str, Commitment]
    events: tuple[Event, ...]
    expect: tuple[Mapping[str, Any], ...]

    def instant(self, text: object) -> datetime:
        return instant(str(text), self.zone)


def instant(text: str, zone: ZoneInfo) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def seconds(text: object) -> int:
    match = _DURATION.match(str(text))
    if not match or not str(text):
        raise ValueError(f"{text!r} is no duration such as 1h30m or 5s")
    days, hours, minutes, rest = (int(part or 0) for part in match.groups())
    return days * 86_400 + hours * 3_600 + minutes * 60 + rest


@cache
def policy() -> Policy:
    return load_policy(POLICY)


def scenarios() -> list[Scenario]:
    """All scenarios of all files, in the order of the files."""
    found = []
    for path in sorted(FOLDER.glob("*.yaml")):
        content = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
        common = {key: content[key] for key in SETTINGS if key in content}
        found += [_scenario(path.stem, common | entry) for entry in content["scenarios"]]
    return found


def _scenario(file: str, entry: Mapping[str, Any]) -> Scenario:
    name = f"{file}: {entry['name']}"
    unknown = set(entry) - {*SETTINGS, "name", "declared", "rebound_to", "events", "expect"}
    if unknown:
        raise ValueError(f"{name}: unknown keys {sorted(unknown)}")
    zone = entry.get("zone", policy().zone)
    rebound = entry.get("rebound_to", {})
    return Scenario(
        name=name,
        zone=ZoneInfo(zone),
        commitment=_commitment(entry),
        calendars={window: _calendar(window, zone, entry) for window in policy().windows},
        rebound_to={key: _commitment(entry | other) for key, other in rebound.items()},
        events=tuple(_event(line, seq, ZoneInfo(zone), name) for seq, line in enumerate(entry["events"], 1)),
        expect=tuple(entry["expect"]),
    )


def _commitment(entry: Mapping[str, Any]) -> Commitment:
    made = policy().commitment(window=entry["window"], level=entry["level"])
    without = entry.get("without_term", ())
    terms = {
        (metric, priority): replace(term, seconds=None) if priority in without else term
        for (metric, priority), term in made.terms.items()
    }
    return replace(
        made,
        terms=terms,
        unclassified=entry.get("unclassified", made.unclassified),
        kind_resolution={kind: seconds(length) for kind, length in entry.get("kinds", {}).items()},
    )


def _calendar(window: str, zone: str, entry: Mapping[str, Any]) -> BusinessCalendar | CalendarHistory:
    rule = policy().windows[window]
    days = set(entry.get("days_off", ())) if rule.days_off else set()
    versions = [(0, BusinessCalendar(rule.intervals(), zone, days_off=days))]
    if rule.days_off is None or "declared" not in entry:
        return versions[0][1]
    for line in entry["declared"]:
        match = _DECLARED.match(line)
        if not match:
            raise ValueError(f"{entry['name']}: {line!r} does not read 'DATE TIME [withdrawn] DATE'")
        declared, withdrawn, day = match.groups()
        days = days ^ {date.fromisoformat(day)}
        if (date.fromisoformat(day) in days) is bool(withdrawn):
            raise ValueError(f"{entry['name']}: {line!r} changes nothing")
        known = int(instant(declared, ZoneInfo(zone)).timestamp())
        versions.append((known, BusinessCalendar(rule.intervals(), zone, days_off=days)))
    return CalendarHistory(versions)


def _event(line: str, seq: int, zone: ZoneInfo, name: str) -> Event:
    match = _EVENT.match(line)
    if not match:
        raise ValueError(f"{name}: {line!r} does not read 'DATE TIME [recorded DATE TIME] CODE key=value…'")
    at, recorded, code, pairs = match.groups()
    data = dict(pair.split("=", 1) for pair in pairs.split())
    return Event(
        code=code,
        at=instant(at, zone),
        recorded_at=instant(recorded or at, zone),
        seq=seq,
        data={key: _value(value) for key, value in data.items()},
    )


def _value(text: str) -> object:
    if text.isdigit():
        return int(text)
    return _VALUES.get(text, text)
