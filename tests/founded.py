"""The cast, built once per process: its rows are written down, and put back for every test."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from pytest_django.plugin import DjangoDbBlocker

from tests.world import World, build_world


@dataclass(frozen=True)
class Founded:
    """A world that is nowhere yet: its objects, and the rows behind them by table."""

    world: bytes
    rows: dict[str, list[tuple[Any, ...]]]

    def put_back(self) -> World:
        """The rows in the database, and objects that no other test has touched."""
        with transaction.atomic(), connection.cursor() as cursor:
            for table, rows in self.rows.items():
                places = ", ".join(["%s"] * len(rows[0]))
                statement = f"INSERT INTO {_quoted(table)} VALUES ({places})"  # noqa: S608 - names, no values
                cursor.executemany(statement, rows)
        world: World = pickle.loads(self.world)  # noqa: S301 - written by this very process
        return world


def found() -> Founded:
    """Build the world through the actions, write it down, and leave the database as it was."""
    with transaction.atomic():
        before = dict(_rows())
        world = pickle.dumps(build_world())
        added = {table: [row for row in rows if row not in before[table]] for table, rows in _rows()}
        transaction.set_rollback(True)
    return Founded(world, {table: rows for table, rows in added.items() if rows})


@pytest.fixture(scope="session")
def founded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Founded:
    with django_db_blocker.unblock():
        return found()


@pytest.fixture
def world(founded: Founded, db: None) -> World:
    return founded.put_back()


def _rows() -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {_quoted(table)}")  # noqa: S608 - a name, no value
            yield table, cursor.fetchall()


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
