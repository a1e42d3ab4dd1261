"""Chile's days off as the laws say, and beside the list that others keep."""

from datetime import date

import holidays
import pytest

from plazo.sla.calendars import BusinessCalendar
from plazo.sla.national import DayOff, chile, in_scope, national_days_off, scope_chain
from plazo.sla.national.chile import easter_sunday

ELECTIONS = {
    date(2023, 5, 7),
    date(2023, 12, 17),
    date(2024, 10, 27),
    date(2025, 11, 16),
    date(2025, 12, 14),
}
EARLIER_ELECTIONS = {
    date(2016, 10, 23),
    date(2017, 7, 2),
    date(2017, 11, 19),
    date(2017, 12, 17),
    date(2020, 10, 25),
    date(2021, 5, 15),
    date(2021, 5, 16),
    date(2021, 7, 18),
    date(2021, 11, 21),
    date(2021, 12, 19),
    date(2022, 9, 4),
}


def dates(scope, year):
    return {day.date for day in national_days_off(scope, year, year)}


@pytest.mark.parametrize("year", range(2023, 2036))
def test_the_national_list_equals_the_holidays_package_but_for_elections(year):
    theirs = set(holidays.country_holidays("CL", years=year))
    assert dates("CL", year) ^ theirs == {day for day in ELECTIONS if day.year == year}


@pytest.mark.parametrize("year", range(2015, 2023))
def test_earlier_years_equal_it_too(year):
    theirs = set(holidays.country_holidays("CL", years=year))
    assert dates("CL", year) ^ theirs == {day for day in EARLIER_ELECTIONS if day.year == year}


@pytest.mark.parametrize("year", range(2025, 2036))
def test_arica_has_one_more_day_and_nuble_only_in_two_communes(year):
    arica = set(holidays.country_holidays("CL", subdiv="AP", years=year))
    nuble = set(holidays.country_holidays("CL", subdiv="NB", years=year))
    elections = {day for day in ELECTIONS if day.year == year}
    assert dates("CL-AP", year) ^ arica == elections
    assert dates("CL-NB", year) ^ nuble == {date(year, 8, 20)} | elections
    assert dates("CL-NB:chillan", year) ^ nuble == dates("CL-NB:chillan-viejo", year) ^ nuble == elections


@pytest.mark.parametrize(
    ("year", "september"),
    [
        (2018, [17, 18, 19]),
        (2021, [17, 18, 19]),
        (2022, [4, 16, 18, 19]),
        (2024, [18, 19, 20]),
        (2025, [18, 19]),
        (2026, [18, 19]),
        (2027, [17, 18, 19]),
    ],
)
def test_the_bridges_of_september_depend_on_the_weekday(year, september):
    assert sorted(day.day for day in dates("CL", year) if day.month == 9) == september


@pytest.mark.parametrize(("year", "day"), [(2021, 21), (2024, 20), (2025, 20), (2026, 21), (2027, 21)])
def test_the_day_of_indigenous_peoples_follows_the_solstice(year, day):
    (found,) = [row for row in chile(year) if row.law == "Ley 21.357"]
    assert found.date == date(year, 6, day)


def test_there_was_no_such_day_before_its_law():
    assert not [row for row in chile(2020) if "Indígenas" in row.name]


@pytest.mark.parametrize(
    ("name", "year", "moved_to"),
    [
        ("San Pedro y San Pablo", 2026, date(2026, 6, 29)),
        ("San Pedro y San Pablo", 2027, date(2027, 6, 28)),
        ("San Pedro y San Pablo", 2018, date(2018, 7, 2)),
        ("Encuentro de Dos Mundos", 2018, date(2018, 10, 15)),
        ("Encuentro de Dos Mundos", 2023, date(2023, 10, 9)),
        ("Encuentro de Dos Mundos", 2024, date(2024, 10, 12)),
        ("Día de las Iglesias Evangélicas y Protestantes", 2017, date(2017, 10, 27)),
        ("Día de las Iglesias Evangélicas y Protestantes", 2018, date(2018, 11, 2)),
        ("Día de las Iglesias Evangélicas y Protestantes", 2025, date(2025, 10, 31)),
    ],
)
def test_some_days_move_towards_the_weekend(name, year, moved_to):
    assert [row.date for row in chile(year) if row.name == name] == [moved_to]


def test_the_second_of_january_is_off_after_a_sunday_since_2017():
    assert date(2017, 1, 2) in dates("CL", 2017)
    assert date(2023, 1, 2) in dates("CL", 2023)
    assert date(2024, 1, 2) not in dates("CL", 2024)


def test_the_last_day_of_december_is_a_working_day():
    assert all(date(year, 12, 31) not in dates("CL", year) for year in range(2015, 2041))


@pytest.mark.parametrize(
    ("scope", "is_off"),
    [
        ("CL", False),
        ("CL-MA", True),
        ("CL-MA:punta-arenas", True),
        ("CL-LL", False),
        ("CL-LL:puerto-montt", False),
        ("CL-LL:castro", True),
        ("CL-LL:quinchao", True),
        ("CL-LL:osorno", False),
    ],
)
def test_the_day_of_2024_for_magallanes_and_chiloe_holds_there_alone(scope, is_off):
    assert (date(2024, 9, 21) in dates(scope, 2024)) is is_off


def test_the_run_off_of_2024_was_held_in_eleven_regions():
    rows = [row for row in chile(2024) if row.date == date(2024, 11, 24)]
    assert len({row.scope for row in rows}) == 11
    assert date(2024, 11, 24) in dates("CL-RM", 2024)
    assert date(2024, 11, 24) not in dates("CL-MA", 2024)


def test_the_saturday_of_the_elections_of_2024_was_a_working_day():
    assert date(2024, 10, 26) not in dates("CL", 2024)


def test_five_days_a_year_may_not_be_worked_in_shops():
    rows = [row.date for row in chile(2026) if row.irrenunciable]
    assert [(day.month, day.day) for day in rows] == [(1, 1), (5, 1), (9, 18), (9, 19), (12, 25)]


def test_a_date_off_for_two_reasons_has_two_rows():
    assert [row.name for row in chile(2025) if row.date == date(2025, 6, 29)] == [
        "Elecciones primarias",
        "San Pedro y San Pablo",
    ]


def test_every_row_names_its_law_and_no_row_comes_twice():
    rows = national_days_off("CL", 2015, 2040)
    assert len(set(rows)) == len(rows)
    assert rows == sorted(rows)
    assert all(row.law and row.name and row.scope == "CL" for row in rows)


def test_scopes_go_from_country_to_commune():
    assert scope_chain("CL-NB:chillan") == ("CL", "CL-NB", "CL-NB:chillan")
    assert scope_chain("CL") == ("CL",)


def test_a_scope_takes_the_rows_of_wider_ones_and_leaves_its_neighbours():
    rows = [DayOff(date(2026, 8, 20), "uno", "ley", scope) for scope in ("CL-NB:chillan", "CL-AP", "CL")]
    assert [row.scope for row in in_scope(rows, "CL-NB:chillan")] == ["CL", "CL-NB:chillan"]
    assert [row.scope for row in in_scope(rows, "CL-NB")] == ["CL"]


@pytest.mark.parametrize("year", [2014, 2041])
def test_years_whose_laws_were_not_read_are_refused(year):
    with pytest.raises(ValueError, match="2015-2040"):
        chile(year)


def test_another_country_is_refused():
    with pytest.raises(ValueError, match="'AR'"):
        national_days_off("AR", 2026, 2026)


@pytest.mark.parametrize(
    ("year", "day"),
    [(1818, (3, 22)), (1943, (4, 25)), (2000, (4, 23)), (2024, (3, 31)), (2025, (4, 20)), (2038, (4, 25))],
)
def test_easter_falls_where_the_almanacs_say(year, day):
    assert easter_sunday(year) == date(year, *day)


def test_the_list_makes_a_calendar():
    rows = national_days_off("CL", 2026, 2027)
    calendar = BusinessCalendar([(4, "09:00", "15:00")], "America/Santiago", [row.date for row in rows])
    assert calendar.day_status(date(2026, 9, 18)).status == "day_off"
    assert calendar.day_status(date(2026, 9, 11)).status == "open"
