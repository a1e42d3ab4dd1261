"""The words of tickets, found whatever their accents and endings: the only module with SQL of its own.

A row per ticket holds folded words and their Spanish stems. Both databases are fed by us and asked the
same: a word typed matches whole stems and beginnings of words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final

import snowballstemmer
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from plazo.kit.text import fold
from plazo.tickets.models import Ticket

_WORD: Final = re.compile(r"[^\W_]+")
_LONGEST: Final = 64
_MOST_WORDS: Final = 12
_stemmer: Any = snowballstemmer.stemmer("spanish")

_INSERT: Final = {
    "sqlite": "INSERT INTO tickets_search (rowid, terms) VALUES (%s, %s)",
    "postgresql": "INSERT INTO tickets_search (ticket_id, terms) VALUES (%s, array_to_tsvector(%s))",
}
_UPDATE: Final = {
    "sqlite": "UPDATE tickets_search SET terms = %s WHERE rowid = %s",
    "postgresql": "UPDATE tickets_search SET terms = array_to_tsvector(%s) WHERE ticket_id = %s",
}
_MATCH: Final = {
    "sqlite": "SELECT rowid FROM tickets_search WHERE tickets_search MATCH %s",
    "postgresql": "SELECT ticket_id FROM tickets_search WHERE terms @@ %s::tsquery",
}
_FEW: Final = 2_000  # matches that are cheaper to sort than to walk to from the newest ticket

# Quote, mark of a beginning, either, both.
_GRAMMAR: Final = {"sqlite": ('"', "*", " OR ", " AND "), "postgresql": ("'", ":*", " | ", " & ")}


def add(ticket_id: int, *texts: str) -> None:
    """Make a new ticket findable by these texts."""
    with connection.cursor() as cursor:
        cursor.execute(_INSERT[connection.vendor], [ticket_id, _stored(terms(*texts))])


def replace(ticket_id: int, *texts: str) -> None:
    """Let a ticket be found by these texts, and no longer by what it was found by."""
    with connection.cursor() as cursor:
        cursor.execute(_UPDATE[connection.vendor], [_stored(terms(*texts)), ticket_id])


def forget_all() -> None:
    """Empty the index, which `flush` does not know of."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM tickets_search")


def matching(tickets: QuerySet[Ticket], text: str) -> QuerySet[Ticket]:
    """Those of the tickets that have all words of the text."""
    words = _words(text)[:_MOST_WORDS]
    if not words:
        return tickets.none()
    expression = _expression(words)
    if len(few := _up_to(_FEW + 1, expression)) <= _FEW:
        return tickets.filter(pk__in=few)
    # The query is made of folded word characters in quotes; it goes as a parameter all the same.
    return tickets.filter(pk__in=RawSQL(_MATCH[connection.vendor], [expression]))  # noqa: S611 - see above


def _up_to(count: int, expression: str) -> list[int]:
    """Some tickets that match. A database cannot know how rare the beginning of a word is: asked for the
    newest few at once, it would walk through all tickets to find a rare one."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_MATCH[connection.vendor]} LIMIT %s", [expression, count])
        return [number for (number,) in cursor.fetchall()]


def terms(*texts: str) -> list[str]:
    """What a text is found by: its folded words, and their stems."""
    return sorted({form for text in texts for word in _words(text) for form in _forms(word)})


def _words(text: str) -> list[str]:
    return [word[:_LONGEST] for word in _WORD.findall(text.casefold())]


# The words of a desk repeat, and stemming one costs as much as a query.
@lru_cache(maxsize=20_000)
def _forms(word: str) -> frozenset[str]:
    return frozenset({_plain(word), *_stems(word)})


def _stems(word: str) -> set[str]:
    # With and without its accents: "facturación" has the stem of "facturaciones" only with them.
    return {_plain(_stemmer.stemWord(word)), _plain(_stemmer.stemWord(fold(word)))}


def _plain(word: str) -> str:
    """Folded, in letters that every tokenizer takes as one word; other alphabets go in as hexadecimal."""
    folded = fold(word)
    return folded if folded.isascii() and folded.isalnum() else f"u{folded.encode().hex()}"


def _stored(found: list[str]) -> str | list[str]:
    return " ".join(found) if connection.vendor == "sqlite" else found


def _expression(words: Iterable[str]) -> str:
    """All words, each as the beginning of a word or as a whole stem."""
    quote, beginning, either, both = _GRAMMAR[connection.vendor]
    alternatives = [
        [
            f"{quote}{_plain(word)}{quote}{beginning}",
            *(f"{quote}{stem}{quote}" for stem in sorted(_stems(word))),
        ]
        for word in words
    ]
    return both.join(f"({either.join(each)})" for each in alternatives)
