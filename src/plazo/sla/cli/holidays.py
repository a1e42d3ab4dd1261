"""The days off of a window, from the national list of its calendar's country."""

from __future__ import annotations

from datetime import date

from plazo.sla.cli.arguments import Misused
from plazo.sla.explanation import NamedDayOff
from plazo.sla.loader.problems import say
from plazo.sla.national import FIRST_YEAR, LAST_YEAR, national_days_off
from plazo.sla.policy import Policy


def days_off(policy: Policy, window: str, *, since: int) -> dict[date, NamedDayOff]:
    """The whole country's days off from a year on, by date; none for a window that never closes.

    Misused for a country or a year without a list: a term that forgot its holidays would be wrong.
    """
    key = policy.windows[window].days_off
    if key is None:
        return {}
    country = policy.calendars[key].country
    if not FIRST_YEAR <= since <= LAST_YEAR:
        raise out_of_list()
    try:
        rows = national_days_off(country, since, LAST_YEAR)
    except ValueError as error:
        raise Misused(
            say(
                f"No hay lista de feriados de «{country}»: indique una modalidad que no cierre en feriados.",
                f"There is no list of holidays of “{country}”: name a window that never closes on them.",
            )
        ) from error
    names: dict[date, str] = {}
    for row in rows:
        names[row.date] = f"{names[row.date]}; {row.name}" if row.date in names else row.name
    return {day: NamedDayOff(name, "law") for day, name in names.items()}


def out_of_list() -> Misused:
    """The refusal of a term that lies, or ends, outside the years of the national lists."""
    return Misused(
        say(
            f"--at: los feriados se conocen de {FIRST_YEAR} a {LAST_YEAR}; indique una fecha de esos años.",
            f"--at: holidays are known from {FIRST_YEAR} to {LAST_YEAR}; name a date of those years.",
        )
    )
