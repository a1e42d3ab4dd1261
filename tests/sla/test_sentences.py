"""Explanations in sentences, in both languages."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from plazo.sla import Assessment, NamedDayOff, Sentences, assess, explain, preview, sentences
from plazo.sla.policy import Metric
from tests.sla.timelines import NAMED, at, calendars, commitment, timeline

Row = tuple[str, str] | tuple[str, str, Mapping[str, Any]]

OPENED = ("2026-10-06T10:00", "opened", {"priority": "high"})
REPLIED = ("2026-10-06T10:40", "replied")
PAUSED = ("2026-10-06T10:40", "paused", {"reason": "client"})
RESUMED = ("2026-10-08T11:20", "resumed", {"pause": 3, "cause": "client"})
HOLIDAY = (
    "Viernes 18: feriado legal (Independencia Nacional); "
    "sábado 19: feriado legal (Glorias del Ejército) y fuera de su horario; domingo 20: fuera de su horario. "
    "No se cuenta."
)


def say(found: Assessment, metric: Metric, language: str = "es") -> Sentences:
    told = explain(found.clocks[metric], found, calendars(), days_off=NAMED)
    return sentences(told, language)


def ticket(now: str, *rows: Row) -> Assessment:
    return assess(timeline(*rows), commitment(level="standard"), calendars(), at(now))


def promise(start: str, window: str = "8x5") -> Assessment:
    return preview(commitment(window), calendars(), at=at(start), priority="high")


def test_the_promise_of_an_answer_over_the_holidays() -> None:
    said = say(promise("2026-09-17T17:30"), "response")
    assert said.headline == "Le respondemos a más tardar el lunes 21 de septiembre, 11:30 (hora de Santiago)."
    assert said.items == (
        "Jueves 17, 17:30 a 18:00: 30 min.",
        HOLIDAY,
        "Lunes 21, 9:00 a 11:30: 2 h 30 min.",
    )
    assert said.total == "Suma: 3 h."


def test_the_promise_of_a_solution_names_its_factor() -> None:
    said = say(promise("2026-09-17T17:30"), "resolution")
    assert said.headline == (
        "La solución se debe a más tardar el martes 22 de septiembre, 12:30 (hora de Santiago)."
    )
    assert said.items[-2:] == ("Lunes 21: 8 h.", "Martes 22, 9:00 a 12:30: 3 h 30 min.")
    assert said.total == "Suma: 12 h = 4 × 3 h."


def test_a_pause_is_told_with_its_reason_and_what_it_moved() -> None:
    said = say(ticket("2026-10-09T12:00", OPENED, REPLIED, PAUSED, RESUMED), "resolution")
    assert said.headline == (
        "La solución se debe a más tardar el miércoles 14 de octubre, 12:40 (hora de Santiago)."
    )
    assert said.items == (
        "Martes 6, 10:00 a 10:40: 40 min.",
        "En pausa desde el martes 6, 10:40, hasta el jueves 8, 11:20 (En espera del cliente): "
        "no se cuentan 16 h 40 min de servicio.",
        "Jueves 8, 11:20 a 14:00 y 15:00 a 18:00: 5 h 40 min.",
        "Viernes 9: 6 h.",
        "Sábado 10 y domingo 11: fuera de su horario; lunes 12: feriado legal (Encuentro de Dos Mundos). "
        "No se cuenta.",
        "Martes 13: 8 h.",
        "Miércoles 14, 9:00 a 12:40: 3 h 40 min.",
    )
    assert said.total == "Suma: 24 h = 4 × 6 h."
    assert said.remark.startswith(
        "Sin detenerse habría vencido el viernes 9 de octubre, 10:00. Según el acuerdo:"
    )


def test_the_same_pause_in_english() -> None:
    said = say(ticket("2026-10-09T12:00", OPENED, REPLIED, PAUSED, RESUMED), "resolution", "en")
    assert (
        said.headline == "The solution is due by Wednesday 14 October, 12:40 at the latest (Santiago time)."
    )
    assert said.items[1] == (
        "Paused from Tuesday 6, 10:40 to Thursday 8, 11:20 (Waiting for the client): "
        "16 h 40 min of service hours do not count."
    )
    assert said.items[4] == (
        "Saturday 10 and Sunday 11: outside your hours; Monday 12: public holiday (Encuentro de Dos Mundos). "
        "Not counted."
    )
    assert said.total == "Sum: 24 h = 4 × 6 h."


def test_an_answer_in_time() -> None:
    said = say(ticket("2026-10-09T12:00", OPENED, REPLIED), "response")
    assert said.headline == (
        "Respuesta cumplida el martes 6 de octubre, 10:40; vencía ese día a las 17:00 (hora de Santiago)."
    )


def test_a_pause_that_lasts_says_its_limit() -> None:
    said = say(ticket("2026-10-07T12:00", OPENED, REPLIED, PAUSED), "resolution")
    assert said.headline == (
        "El plazo de solución está en pausa desde el martes 6 de octubre, 10:40. "
        "Si la pausa llega a su límite, el viernes 16 de octubre, 10:40, la solución se debe a más tardar "
        "el miércoles 21 de octubre, 12:00 (hora de Santiago)."
    )
    assert said.items[1] == (
        "En pausa desde el martes 6, 10:40 (En espera del cliente): van 9 h 20 min de servicio sin contar."
    )


def test_a_missed_answer_says_how_late_it_is() -> None:
    said = say(ticket("2026-10-06T17:20", OPENED), "response")
    assert said.headline == (
        "Respuesta incumplida: vencía el martes 6 de octubre, 17:00, "
        "y lleva 20 min de atraso (hora de Santiago)."
    )
    assert said.items[-1] == "Martes 6, 17:00 a 17:20: 20 min de atraso."
    assert said.total == "Suma: 6 h. Atraso: 20 min."


def test_a_late_answer_says_when_it_came() -> None:
    late = ("2026-10-07T10:00", "replied")
    found = ticket("2026-10-09T12:00", OPENED, late)
    assert say(found, "response").headline == (
        "Respuesta incumplida: vencía el martes 6 de octubre, 17:00 "
        "y llegó el miércoles 7 de octubre, 10:00, con 2 h de atraso (hora de Santiago)."
    )
    assert say(found, "response", "en").headline == (
        "Answer missed: it was due on Tuesday 6 October, 17:00, and came on Wednesday 7 October, 10:00, "
        "2 h late (Santiago time)."
    )


def test_seconds_are_told_where_a_sum_needs_them() -> None:
    said = say(promise("2026-11-09T12:00:30"), "response")
    assert said.items == ("Lunes 9, 12:00:30 a 14:00 y 15:00 a 16:00:30: 3 h.",)
    assert "16:00 " in said.headline
    said = say(promise("2026-11-09T17:59:30"), "response")
    assert said.items[0] == "Lunes 9, 17:59:30 a 18:00: 30 s."


def test_another_month_is_named() -> None:
    said = say(promise("2026-09-30T17:00"), "response")
    assert said.items == (
        "Miércoles 30, 17:00 a 18:00: 1 h.",
        "Jueves 1 de octubre, 9:00 a 11:00: 2 h.",
    )


def test_another_year_is_named_in_the_headline() -> None:
    found = promise("2026-12-31T17:30")
    assert "viernes 1 de enero de 2027, 11:30" in say(found, "response").headline


def test_a_day_around_the_clock_ends_at_24() -> None:
    said = say(promise("2026-11-09T22:00", window="24x7"), "response")
    assert said.items == ("Lunes 9, 22:00 a 24:00: 2 h.", "Martes 10, 0:00 a 1:00: 1 h.")


@pytest.mark.parametrize(
    ("start", "language", "told"),
    [
        ("2026-04-04T22:00", "es", "Sábado 4, 22:00 a 24:00: 3 h (el cambio de hora repite 1 h)."),
        ("2026-04-04T22:00", "en", "Saturday 4, 22:00 to 24:00: 3 h (the clock change repeats 1 h)."),
        ("2026-09-05T12:00", "es", "Domingo 6: 23 h (el cambio de hora se salta 1 h)."),
        ("2026-09-05T12:00", "en", "Sunday 6: 23 h (the clock change skips 1 h)."),
    ],
)
def test_a_day_of_another_length_says_why(start: str, language: str, told: str) -> None:
    found = preview(commitment("24x7"), calendars(), at=at(start), priority="low")
    assert told in say(found, "resolution", language).items


@pytest.mark.parametrize("start", ["2026-09-06T01:00", "2026-09-05T12:00"])
def test_what_the_times_told_already_show_is_not_said_again(start: str) -> None:
    items = say(promise(start, "24x7"), "response").items
    assert [item for item in items if "cambio de hora" in item] == []


@pytest.mark.parametrize("start", ["2026-04-04T12:00", "2026-09-05T12:00", "2026-11-18T12:00"])
def test_hours_by_day_know_no_change_of_the_clock(start: str) -> None:
    assert "cambio de hora" not in " ".join(say(promise(start), "resolution").items)


def test_a_day_whose_midnight_is_skipped_ends_at_24_too() -> None:
    said = say(promise("2026-09-05T22:30", window="24x7"), "response")
    assert said.items == ("Sábado 5, 22:30 a 24:00: 1 h 30 min.", "Domingo 6, 1:00 a 2:30: 1 h 30 min.")


@pytest.mark.parametrize(
    ("known", "language", "words"),
    [
        (None, "es", "día no hábil"),
        (None, "en", "day off"),
        (NamedDayOff("Aniversario", "provider", "Mesa SpA"), "es", "cierre de Mesa SpA (Aniversario)"),
        (NamedDayOff("Aniversario", "provider", "Mesa SpA"), "en", "Mesa SpA closed (Aniversario)"),
        (NamedDayOff("Balance", "client"), "es", "día no hábil acordado con el cliente (Balance)"),
        (NamedDayOff("Balance", "client"), "en", "day off agreed with the client (Balance)"),
        (NamedDayOff("Elecciones", "law"), "es", "feriado legal (Elecciones)"),
        (NamedDayOff("Elecciones", "law"), "en", "public holiday (Elecciones)"),
    ],
)
def test_a_day_off_says_by_whose_word_it_is_one(known: NamedDayOff | None, language: str, words: str) -> None:
    found = promise("2026-09-17T17:30")
    days_off = dict.fromkeys(NAMED, known) if known else None
    told = explain(found.clocks["response"], found, calendars(), days_off=days_off)
    hours = {"es": "y fuera de su horario", "en": "and outside your hours"}[language]
    days = {"es": ("Viernes 18", "sábado 19"), "en": ("Friday 18", "Saturday 19")}[language]
    said = sentences(told, language).items[1]
    assert said.startswith(f"{days[0]}: {words}; {days[1]}: {words} {hours}; ")


def test_a_believed_solution_is_told() -> None:
    found = ticket(
        "2026-10-07T12:00",
        OPENED,
        ("2026-10-06T12:00", "resolved"),
        ("2026-10-07T10:00", "reopened"),
    )
    assert say(found, "resolution").items[1] == (
        "Dado por resuelto desde el martes 6, 12:00, hasta el miércoles 7, 10:00: "
        "no se cuentan 6 h de servicio."
    )


@pytest.mark.parametrize(
    ("language", "headline"),
    [
        ("es", "El acuerdo no fija un plazo de respuesta para esta prioridad."),
        ("en-gb", "The agreement sets no term for an answer at this priority."),
    ],
)
def test_no_term_is_said_plainly(language: str, headline: str) -> None:
    owed = commitment()
    terms = {key: replace(term, seconds=None) for key, term in owed.terms.items()}
    found = preview(replace(owed, terms=terms), calendars(), at=at("2026-11-09T10:00"))
    said = say(found, "response", language)
    assert (said.headline, said.items, said.total) == (headline, (), "")


def test_part_day_closings_are_told() -> None:
    calendar = type(calendars()["8x5"])(
        calendars()["8x5"].windows, "America/Santiago", closings=[(date(2026, 11, 9), "15:00", "18:00")]
    )
    found = preview(commitment(), {"8x5": calendar}, at=at("2026-11-09T13:00"), priority="high")
    told = explain(found.clocks["response"], found, {"8x5": calendar})
    assert sentences(told, "es").items[0] == "Lunes 9, 13:00 a 14:00: 1 h (cerrado de 15:00 a 18:00)."


def test_an_assumption_is_marked() -> None:
    owed = commitment()
    assumed = commitment().pause_reasons["client"].title
    terms = {key: replace(term, assumed=assumed) for key, term in owed.terms.items()}
    found = preview(replace(owed, terms=terms), calendars(), at=at("2026-11-09T10:00"))
    assert say(found, "response").remark.endswith("Se asume: En espera del cliente")
