"""Figures as CSV that a spreadsheet opens without running anything in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from plazo.reports.compliance import Line

HEADER = (
    "mes",
    "cliente",
    "compromiso",
    "cumplidos",
    "incumplidos",
    "eximidos",
    "respuestas_guardadas",
    "exceso_segundos",
    "porcentaje",
    "porcentaje_ajustado",
)


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
                line.metric,
                line.met,
                line.missed,
                line.waived,
                line.canned,
                line.overrun,
                "" if line.percent is None else line.percent,
                "" if line.adjusted_percent is None else line.adjusted_percent,
            )
        )
    return "\ufeff" + out.getvalue()


def harmless(text: str) -> str:
    """A text that a spreadsheet would take for a formula, marked as text (OWASP, CSV injection)."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
