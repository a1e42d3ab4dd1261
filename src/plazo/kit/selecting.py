"""SELECTs composed once, as `storing` composes INSERTs: building one costs Django more than its answer.

Only the statement is kept; every call asks the database.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, wraps
from inspect import signature
from typing import Any, Final, Generic, TypeVar, TypeVarTuple

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet, Value
from django.db.models.query import get_related_populators

_BITS: Final = 63  # beside the sign

Given = TypeVarTuple("Given")
Row = TypeVar("Row")


def composed(query: Callable[[*Given], QuerySet[Any, Row]]) -> Callable[[*Given], list[Row]]:
    """A query set of models, with those they `select_related`, or of tuples by `values_list`, as a list.

    The function runs once a process: its arguments can be the values of conditions, and nothing else.
    """

    @wraps(query)
    def ask(*given: *Given) -> list[Row]:
        connection = connections[DEFAULT_DB_ALIAS]
        statement: _Statement[Row] = _statement(query, connection.vendor)
        return statement.ask(connection, given)

    return ask


@dataclass(frozen=True, slots=True)
class _Gap:
    """Stands among the parameters for the argument of that place."""

    place: int


@dataclass(frozen=True, slots=True)
class _Statement(Generic[Row]):
    """A composed query.

    converters  by column, as Django's compiler names them
    read        makes a row of its columns
    """

    sql: str
    parameters: Sequence[Any]
    converters: Sequence[tuple[int, tuple[list[Callable[..., Any]], Any]]]
    read: Callable[[list[Any]], Row]

    def ask(self, connection: BaseDatabaseWrapper, given: Sequence[Any]) -> list[Row]:
        filled = [_held(given[each.place]) if isinstance(each, _Gap) else each for each in self.parameters]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, filled)
            rows = [list(row) for row in cursor.fetchall()]
        for column, (convert, expression) in self.converters:
            for row in rows:
                for each in convert:
                    row[column] = each(row[column], expression, connection)
        return [self.read(row) for row in rows]


def _held(value: Any) -> Any:
    """A number beyond what columns hold equals nothing, as in Django; SQLite would not even take it."""
    return None if isinstance(value, int) and value.bit_length() > _BITS else value


@lru_cache(maxsize=256)
def _statement(query: Callable[..., QuerySet[Any, Any]], vendor: str) -> _Statement[Any]:
    """`vendor` only keeps the statements of two databases apart."""
    gaps = [Value(_Gap(place)) for place in range(len(signature(query).parameters))]
    compiler = query(*gaps).query.get_compiler(DEFAULT_DB_ALIAS)
    sql, parameters = compiler.as_sql()
    converters = compiler.get_converters([column for column, *_ in compiler.select])
    return _Statement(sql, parameters, tuple(converters.items()), _reader(compiler))


def _reader(compiler: Any) -> Callable[[list[Any]], Any]:
    """What makes rows as Django's own iterables do."""
    if not compiler.query.default_cols:
        return tuple
    info = compiler.klass_info
    first, end = info["select_fields"][0], info["select_fields"][-1] + 1
    names = [column.target.attname for column, *_ in compiler.select[first:end]]
    # The stubs follow a later Django, with one argument more.
    related = get_related_populators(info, compiler.select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]  # stubs differ

    def read(row: list[Any]) -> Any:
        found = info["model"].from_db(DEFAULT_DB_ALIAS, names, row[first:end])
        for each in related:
            each.populate(row, found)
        return found

    return read
