"""Texts from outside, made safe to store and to search."""

from __future__ import annotations

import re
import unicodedata

# NUL is refused by PostgreSQL, lone surrogates by both databases; other controls only hide things.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")


def clean(text: str) -> str:
    """Text without controls and lone surrogates, with plain line ends, trimmed."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _CONTROLS.sub("", whole.replace("\r\n", "\n").replace("\r", "\n")).strip()


def clean_line(text: str) -> str:
    """As `clean`, on one line: for subjects and names, which end in mail headers."""
    return " ".join(clean(text).split())


def fold(text: str) -> str:
    """Lower case without accents, for comparing what people type."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in parts if not unicodedata.combining(char))
