"""A day off by law, and the part of the country in which it is one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class DayOff:
    """One date off: its name in the country's language, the law, and where it holds.

    scope: a country ("CL"), a region ("CL-AP", ISO 3166-2) or a commune ("CL-NB:chillan-viejo", its region
    and its name in small letters without accents). irrenunciable: no shop worker may be asked to work on it.
    """

    date: date
    name: str
    law: str
    scope: str = "CL"
    irrenunciable: bool = False


def scope_chain(scope: str) -> tuple[str, ...]:
    """The scopes that hold in a place, widest first: ("CL", "CL-NB", "CL-NB:chillan") for that commune."""
    region, _, commune = scope.partition(":")
    country, _, subdivision = region.partition("-")
    chain = [country]
    if subdivision:
        chain.append(region)
    if commune:
        chain.append(scope)
    return tuple(chain)


def in_scope(days: Iterable[DayOff], scope: str) -> list[DayOff]:
    """The days that hold everywhere in a place: its own and those of each wider scope, in order."""
    chain = scope_chain(scope)
    return sorted(day for day in days if day.scope in chain)
