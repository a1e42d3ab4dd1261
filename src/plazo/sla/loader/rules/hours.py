"""Rules on time: the zone is a place, the hours of a window do not overlap, the start lies in reach."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources

from plazo.sla.loader.problems import Finding, Path, say
from plazo.sla.loader.structure import closest
from plazo.sla.policy import Policy

YEARS = range(1990, 2061)


@cache
def _places() -> frozenset[str]:
    """The place names of the pinned time zone data: no offsets, no bare abbreviations."""
    names = resources.files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
    return frozenset(name for name in names if "/" in name and not name.startswith(("Etc/", "SystemV/")))


def zone_is_a_place(policy: Policy) -> Iterator[Finding]:
    """The zone is an IANA place name: an offset knows no clock change."""
    if policy.zone in _places():
        return
    yield Finding(
        ("zone",),
        say(
            f"«{policy.zone}» no es una zona horaria con nombre de lugar.",
            f"“{policy.zone}” is no time zone named after a place.",
        ),
        closest(
            policy.zone, ["America/Santiago", "America/Punta_Arenas", "America/Coyhaique", "Pacific/Easter"]
        ),
    )


def start_is_in_reach(policy: Policy) -> Iterator[Finding]:
    """The policy takes effect within the years that calendars answer for."""
    if policy.effective_from.year in YEARS:
        return
    first, last = YEARS[0], YEARS[-1]
    yield Finding(
        ("effective_from",),
        say(
            f"El año {policy.effective_from.year} queda fuera de {first}-{last}.",
            f"The year {policy.effective_from.year} lies outside {first}-{last}.",
        ),
        say(
            "Escriba la fecha desde la que rige, por ejemplo 2026-03-01.",
            "Write the date it takes effect, such as 2026-03-01.",
        ),
    )


def hours_begin_within_the_day(policy: Policy) -> Iterator[Finding]:
    """An interval begins before its day ends."""
    for code, window in policy.windows.items():
        for place, hours in enumerate(window.hours):
            if hours.from_ == "24:00":
                yield Finding(
                    ("windows", code, "hours", place, "from"),
                    say("Un tramo no puede empezar a las 24:00.", "An interval cannot begin at 24:00."),
                    say("Escriba 00:00 y ponga el día siguiente.", "Write 00:00 and name the next day."),
                )


def hours_do_not_overlap(policy: Policy) -> Iterator[Finding]:
    """No minute of the week lies in two intervals of a window."""
    for code, window in policy.windows.items():
        taken: list[tuple[int, int, str]] = []
        for place, hours in enumerate(window.hours):
            path: Path = ("windows", code, "hours", place)
            if hours.from_ == "24:00":
                continue
            for index, day in enumerate(hours.days):
                spans = hours.spans(day)
                other = next((name for a, b, name in taken for c, d in spans if a < d and c < b), None)
                if other is not None:
                    yield _overlap((*path, "days", index), f"{day} {hours.from_}-{hours.to}", other)
                taken += [(start, end, f"{day} {hours.from_}-{hours.to}") for start, end in spans]


def _overlap(path: Path, one: str, other: str) -> Finding:
    return Finding(
        path,
        say(f"El tramo {one} se superpone con {other}.", f"The interval {one} overlaps {other}."),
        say(
            "Deje cada minuto en un solo tramo: cambie «from», «to» o «days».",
            "Leave each minute in one interval only: change “from”, “to” or “days”.",
        ),
    )


HOURS_RULES = (zone_is_a_place, start_is_in_reach, hours_begin_within_the_day, hours_do_not_overlap)
