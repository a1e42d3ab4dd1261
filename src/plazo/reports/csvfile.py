"""Figures as CSV that a spreadsheet opens without running anything in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from decimal import Decimal

from plazo.reports.compliance import Line

HEADER = (
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
)

METRICS = {"response": "respuesta", "resolution": "solución"}


def compliance_csv(lines: Iterable[Line]) -> str:
    """Header and one row a line; UTF-8 with its mark, semicolons, as spreadsheets in Chile read it."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADER)
    for line in lines:
        writer.writerow(
            (
                line.month,
                harmless(line.organization),
                METRICS[line.metric],
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
