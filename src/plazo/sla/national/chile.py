"""Chile's days off, from the laws: the rules that return each year and the dates declared once."""

from collections.abc import Iterator
from datetime import date, timedelta

from plazo.sla.national.days import DayOff

FIRST_YEAR = 2015
LAST_YEAR = 2040

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)

# Day of June on which the winter solstice falls in Santiago (UTC-4 in June), computed from the mean
# solstice and its periodic terms (Meeus, Astronomical Algorithms, chapter 27); the nearest to a midnight is
# 2037, by 3 h 38 min. The date of 2021 was set by the law itself. It does not move to a Monday.
_SOLSTICE_DAY = {
    **dict.fromkeys((2021, 2022, 2023, 2026, 2027, 2030, 2031, 2034, 2035, 2038, 2039), 21),
    **dict.fromkeys((2024, 2025, 2028, 2029, 2032, 2033, 2036, 2037, 2040), 20),
}

_ELECTION = "Ley 18.700"
_PRIMARY = "Ley 18.700, Ley 20.640"
_COMMERCE = "Ley 19.973"

# Elections and plebiscites. Later ones are added as they are called.
_NATIONAL_ELECTIONS = (
    (date(2016, 10, 23), "Elecciones municipales", _ELECTION),
    (date(2017, 7, 2), "Elecciones primarias", _PRIMARY),
    (date(2017, 11, 19), "Elecciones generales", _ELECTION),
    (date(2017, 12, 17), "Segunda vuelta presidencial", _ELECTION),
    (date(2020, 10, 25), "Plebiscito nacional", _ELECTION),
    (date(2021, 7, 18), "Elecciones primarias", _PRIMARY),
    (date(2021, 11, 21), "Elecciones generales", _ELECTION),
    (date(2021, 12, 19), "Segunda vuelta presidencial", _ELECTION),
    (date(2022, 9, 4), "Plebiscito constitucional", _ELECTION),
    (date(2023, 5, 7), "Elección de consejeros constitucionales", _ELECTION),
    (date(2023, 12, 17), "Plebiscito constitucional", _ELECTION),
    # Saturday 26 October 2024, the first of its two days, was a working day.
    (date(2024, 10, 27), "Elecciones municipales y regionales", "Ley 18.700, Ley 21.693"),
    (date(2025, 6, 29), "Elecciones primarias", _PRIMARY),
    (date(2025, 11, 16), "Elecciones generales", _ELECTION),
    (date(2025, 12, 14), "Segunda vuelta presidencial", _ELECTION),
)
_RUNOFF_REGIONS = {
    date(2021, 6, 13): ("AP", "TA", "AN", "AT", "CO", "RM", "LI", "ML", "NB", "BI", "AR", "LR", "LL"),
    date(2024, 11, 24): ("AP", "AN", "AT", "CO", "VS", "RM", "LI", "ML", "BI", "AR", "LL"),
}
_CHILOE = tuple(
    f"CL-LL:{commune}"
    for commune in (
        *("ancud", "castro", "chonchi", "curaco-de-velez", "dalcahue"),
        *("puqueldon", "queilen", "quellon", "quemchi", "quinchao"),
    )
)

# Declared once, by a law of their own.
_ONCE = (
    DayOff(date(2017, 4, 19), "Censo nacional de población y vivienda", "Ley 17.374"),
    DayOff(date(2018, 1, 16), "Visita del papa Francisco", "Ley 21.065", "CL-RM"),
    DayOff(date(2018, 1, 17), "Visita del papa Francisco", "Ley 21.051", "CL-AR"),
    DayOff(date(2018, 1, 18), "Visita del papa Francisco", "Ley 21.051", "CL-TA"),
    DayOff(date(2021, 5, 15), "Elecciones generales", "Ley 21.341", irrenunciable=True),
    DayOff(date(2021, 5, 16), "Elecciones generales", "Ley 21.341", irrenunciable=True),
    DayOff(date(2022, 9, 16), "Feriado por única vez", "Ley especial de agosto de 2022"),
    DayOff(date(2023, 9, 8), "Nuestra Señora de Guadalupe de Ayquina", "Ley 21.609", "CL-AN"),
    DayOff(date(2023, 9, 20), "Fiesta de La Pampilla", "Ley 21.609", "CL-CO"),
    *(
        DayOff(date(2024, 9, 21), "Feriado por única vez", "Ley 21.704", scope)
        for scope in ("CL-MA", *_CHILOE)
    ),
)


def chile(year: int) -> list[DayOff]:
    """Every day off of that year, of the country, its regions and its communes, in order.

    Raises ValueError outside FIRST_YEAR-LAST_YEAR, for which the laws were read.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"the days off of Chile are known for {FIRST_YEAR}-{LAST_YEAR}, not {year}")
    return sorted(
        {*_fixed(year), *_easter(year), *_moved(year), *_bridges(year), *_regional(year), *_declared(year)}
    )


def _fixed(year: int) -> Iterator[DayOff]:
    yield DayOff(date(year, 1, 1), "Año Nuevo", f"Ley 2.977, {_COMMERCE}", irrenunciable=True)
    yield DayOff(
        date(year, 5, 1), "Día Nacional del Trabajo", f"Código del Trabajo, {_COMMERCE}", irrenunciable=True
    )
    yield DayOff(date(year, 5, 21), "Día de las Glorias Navales", "Ley 2.977")
    yield DayOff(date(year, 7, 16), "Virgen del Carmen", "Ley 20.148")
    yield DayOff(date(year, 8, 15), "Asunción de la Virgen", "Ley 2.977")
    yield DayOff(date(year, 9, 18), "Independencia Nacional", f"Ley 2.977, {_COMMERCE}", irrenunciable=True)
    yield DayOff(
        date(year, 9, 19), "Día de las Glorias del Ejército", f"Ley 2.977, {_COMMERCE}", irrenunciable=True
    )
    yield DayOff(date(year, 11, 1), "Día de Todos los Santos", "Ley 2.977")
    yield DayOff(date(year, 12, 8), "Inmaculada Concepción", "Ley 2.977")
    yield DayOff(date(year, 12, 25), "Navidad", f"Ley 2.977, {_COMMERCE}", irrenunciable=True)
    if year in _SOLSTICE_DAY:
        yield DayOff(
            date(year, 6, _SOLSTICE_DAY[year]), "Día Nacional de los Pueblos Indígenas", "Ley 21.357"
        )


def _easter(year: int) -> Iterator[DayOff]:
    sunday = easter_sunday(year)
    yield DayOff(sunday - timedelta(days=2), "Viernes Santo", "Ley 2.977")
    yield DayOff(sunday - timedelta(days=1), "Sábado Santo", "Ley 2.977")


def _moved(year: int) -> Iterator[DayOff]:
    yield DayOff(_to_monday(date(year, 6, 29)), "San Pedro y San Pablo", "Ley 2.977, Ley 19.668")
    yield DayOff(_to_monday(date(year, 10, 12)), "Encuentro de Dos Mundos", "Ley 3.810, Ley 19.668")
    yield DayOff(
        _to_friday(date(year, 10, 31)), "Día de las Iglesias Evangélicas y Protestantes", "Ley 20.299"
    )


def _bridges(year: int) -> Iterator[DayOff]:
    independence = date(year, 9, 18).weekday()
    if date(year, 1, 2).weekday() == MONDAY and year >= 2017:
        yield DayOff(date(year, 1, 2), "Feriado adicional de Año Nuevo", "Ley 20.983")
    if independence == TUESDAY:
        yield DayOff(date(year, 9, 17), "Feriado adicional de Fiestas Patrias", "Ley 20.215")
    if independence == WEDNESDAY:
        yield DayOff(date(year, 9, 20), "Feriado adicional de Fiestas Patrias", "Ley 20.215")
    if independence == SATURDAY and year >= 2017:
        yield DayOff(date(year, 9, 17), "Feriado adicional de Fiestas Patrias", "Ley 20.983")


def _regional(year: int) -> Iterator[DayOff]:
    yield DayOff(date(year, 6, 7), "Asalto y Toma del Morro de Arica", "Ley 20.663", "CL-AP")
    for commune in ("CL-NB:chillan", "CL-NB:chillan-viejo"):
        yield DayOff(date(year, 8, 20), "Nacimiento del Prócer de la Independencia", "Ley 20.678", commune)


def _declared(year: int) -> Iterator[DayOff]:
    yield from (day for day in _ONCE if day.date.year == year)
    yield from (DayOff(*election) for election in _NATIONAL_ELECTIONS if election[0].year == year)
    for day, regions in _RUNOFF_REGIONS.items():
        if day.year == year:
            name = "Segunda vuelta de gobernadores regionales"
            yield from (DayOff(day, name, _ELECTION, f"CL-{region}") for region in regions)


def _to_monday(day: date) -> date:
    """Ley 19.668: from Tuesday to Thursday to the Monday of that week, from Friday to the next."""
    if TUESDAY <= day.weekday() <= THURSDAY:
        return day - timedelta(days=day.weekday())
    return day + timedelta(days=3) if day.weekday() == FRIDAY else day


def _to_friday(day: date) -> date:
    """Ley 20.299: a Tuesday goes to the Friday before, a Wednesday to the Friday after."""
    return day + timedelta(days={TUESDAY: -4, WEDNESDAY: 2}.get(day.weekday(), 0))


def easter_sunday(year: int) -> date:
    """Easter of the Gregorian calendar, by the anonymous computus printed in Nature in 1876."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    leaps, shift = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - moon + 15) % 30
    quarters, left = divmod(rest, 4)
    weekday = (32 + 2 * shift + 2 * quarters - epact - left) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
