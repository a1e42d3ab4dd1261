"""Figures with their bounds, and the table they make."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """Something measured. `bound` is the most it may be, or the least where `at_least` says so.

    beside  what else was seen, in words
    """

    title: str
    value: float
    unit: str
    bound: float | None = None
    at_least: bool = False
    beside: str = ""

    @property
    def is_kept(self) -> bool:
        """Whether the bound holds; without one nothing is broken."""
        if self.bound is None:
            return True
        return self.value >= self.bound if self.at_least else self.value <= self.bound

    def row(self) -> str:
        """The figure as a row of a Markdown table."""
        bound = kept = ""
        if self.bound is not None:
            bound = f"{'≥' if self.at_least else '≤'} {said(self.bound, self.unit)}"
            kept = "yes" if self.is_kept else "**no**"
        cells = (self.title, said(self.value, self.unit), bound, kept, self.beside)
        return f"| {' | '.join(cells)} |"


def said(value: float, unit: str) -> str:
    """A value with three digits or so, whatever its size."""
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{value:,.{digits}f}{'×' if unit == '×' else f' {unit}'}"


def table(figures: Iterable[Figure]) -> str:
    """A Markdown table of figures, in order."""
    rows = "\n".join(figure.row() for figure in figures)
    return f"| What | Measured | Bound | Kept | Beside it |\n|---|---:|---:|---|---|\n{rows}\n"
