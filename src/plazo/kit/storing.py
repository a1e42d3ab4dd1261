"""INSERTs and UPDATEs composed once, as `selecting` composes SELECTs.

Every act writes a handful of rows to the same few tables, each time with the same statements, and
composing one costs Django more than running it (docs/dev/benchmarks.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Field, Model


def insert(rows: Iterable[Model]) -> None:
    """Insert new rows of one model; each learns its id. Inside the transaction of the caller."""
    given = list(rows)
    if not given:
        return
    model, connection = type(given[0]), connections[DEFAULT_DB_ALIAS]
    values = [
        field.get_db_prep_save(field.pre_save(row, True), connection=connection)
        for row in given
        for field in _written(model)
    ]
    with connection.cursor() as cursor:
        cursor.execute(_insert(model, connection.vendor, len(given)), values)
        for row, (number,) in zip(given, cursor.fetchall(), strict=True):
            row.pk = number
            row._state.adding, row._state.db = False, connection.alias


def insert_or_update(
    model: type[Model], rows: Sequence[Mapping[str, Any]], *, unique: tuple[str, ...]
) -> None:
    """Insert rows given by their columns, all but the id; one that stands already, by those of `unique`,
    takes the new values."""
    if not rows:
        return
    connection = connections[DEFAULT_DB_ALIAS]
    values = [
        field.get_db_prep_save(row[field.attname], connection=connection)
        for row in rows
        for field in _written(model)
    ]
    with connection.cursor() as cursor:
        cursor.execute(_upsert(model, connection.vendor, len(rows), unique), values)


def update(row: Model, columns: Mapping[str, Any]) -> None:
    """Give a row that stands new values in these columns."""
    model, connection = type(row), connections[DEFAULT_DB_ALIAS]
    values = []
    for name, value in columns.items():
        setattr(row, name, value)
        values.append(_field(model, name).get_db_prep_save(value, connection=connection))
    with connection.cursor() as cursor:
        cursor.execute(_update(model, connection.vendor, tuple(columns)), [*values, row.pk])


# `vendor` only keeps the statements of two databases apart.


@lru_cache(maxsize=256)
def _insert(model: type[Model], vendor: str, rows: int) -> str:
    return f"{_into(model, rows)} RETURNING {_quoted(model._meta.pk)}"


@lru_cache(maxsize=256)
def _upsert(model: type[Model], vendor: str, rows: int, unique: tuple[str, ...]) -> str:
    keys = [_quoted(_field(model, name)) for name in unique]
    others = [_quoted(field) for field in _written(model) if field.attname not in unique]
    sets = ", ".join(f"{column} = EXCLUDED.{column}" for column in others)
    return f"{_into(model, rows)} ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {sets}"


@lru_cache(maxsize=256)
def _update(model: type[Model], vendor: str, names: tuple[str, ...]) -> str:
    sets = ", ".join(f"{_quoted(_field(model, name))} = %s" for name in names)
    return f"UPDATE {_table(model)} SET {sets} WHERE {_quoted(model._meta.pk)} = %s"  # noqa: S608 - our own names


def _into(model: type[Model], rows: int) -> str:
    columns = [_quoted(field) for field in _written(model)]
    one = f"({', '.join(['%s'] * len(columns))})"
    return f"INSERT INTO {_table(model)} ({', '.join(columns)}) VALUES {', '.join([one] * rows)}"  # noqa: S608 - our own names


@lru_cache(maxsize=64)
def _written(model: type[Model]) -> tuple[Field[Any, Any], ...]:
    """All columns but the id, which the database gives."""
    return tuple(field for field in model._meta.concrete_fields if not field.primary_key)


@lru_cache(maxsize=256)
def _field(model: type[Model], name: str) -> Field[Any, Any]:
    """The column of an attribute."""
    return next(field for field in model._meta.concrete_fields if field.attname == name)


def _quoted(field: Any) -> str:
    return connections[DEFAULT_DB_ALIAS].ops.quote_name(field.column)


def _table(model: type[Model]) -> str:
    return connections[DEFAULT_DB_ALIAS].ops.quote_name(model._meta.db_table)
