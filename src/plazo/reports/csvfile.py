"""Figures as CSV that a spreadsheet opens without running anything in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final

from plazo.reports.compliance import Line
from plazo.sla.wording import Language, spoken

# The order of the columns never changes: programs go by it, as the words are the reader's.
HEADERS: Final[Mapping[Language, tuple[str, ...]]] = {
    "es": (
        "mes",
        "cliente",
        "compromiso",
        "cumplidos",
        "incumplidos",
        "eximidos",
        "respuestas_guardadas",
        "soluciones_falsas",
        "exceso_segundos",
        "porcentaje",
        "porcentaje_ajustado",
    ),
    "en": (
        "month",
        "client",
        "target",
        "met",
        "missed",
        "waived",
        "canned_replies",
        "false_solutions",
        "overrun_seconds",
        "percent",
        "adjusted_percent",
    ),
}

METRICS: Final[Mapping[Language, Mapping[str, str]]] = {
    "es": {"response": "respuesta", "resolution": "solución"},
    "en": {"response": "response", "resolution": "solution"},
}


def compliance_csv(lines: Iterable[Line], language: str) -> str:
    """Header and one row a line; UTF-8 with its mark, semicolons, as spreadsheets in Chile read it."""
    words = spoken(language)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADERS[words])
    for line in lines:
        writer.writerow(
            (
                line.month,
                harmless(line.organization),
                METRICS[words][line.metric],
                line.met,
                line.missed,
                line.waived,
                line.canned,
                line.reopened,
                line.overrun,
                _decimal(line.percent),
                _decimal(line.adjusted_percent),
            )
        )
    return "\ufeff" + out.getvalue()


def harmless(text: str) -> str:
    """A text that a spreadsheet would take for a formula, marked as text (OWASP, CSV injection)."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _decimal(number: Decimal | None) -> str:
    """With a comma: beside semicolons, Spanish spreadsheets take a point for a date."""
    return "" if number is None else str(number).replace(".", ",")
