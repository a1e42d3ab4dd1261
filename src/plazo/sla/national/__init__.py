"""National days off as dated lists made from the laws."""

from plazo.sla.national.chile import FIRST_YEAR, LAST_YEAR, chile
from plazo.sla.national.days import DayOff, in_scope, scope_chain

__all__ = ["FIRST_YEAR", "LAST_YEAR", "DayOff", "chile", "in_scope", "national_days_off", "scope_chain"]


def national_days_off(scope: str, first_year: int, last_year: int) -> list[DayOff]:
    """The days off that hold in a place from one year to another (both included), in order.

    scope: "CL" gives those of the whole country; a region or commune adds its own to them. Raises
    ValueError for another country, or for years outside FIRST_YEAR-LAST_YEAR. A date that is off for two
    reasons has two rows.
    """
    country = scope_chain(scope)[0]
    if country != "CL":
        raise ValueError(f"there is no list of days off for {country!r}; write 'CL' or a scope within it")
    days = (day for year in range(first_year, last_year + 1) for day in chile(year))
    return in_scope(days, scope)
