"""A desk of its own for every fault: a fresh database, its real programs and a real mail host."""

from __future__ import annotations

import os
import secrets
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import dj_database_url
import psycopg
import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core.management import call_command
from django.db import connections
from django.db.utils import ConnectionHandler
from django.test import override_settings
from psycopg import sql
from pytest_django.plugin import DjangoDbBlocker
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from pgcluster import Cluster, private_cluster, reserved_port
from plazo.people.models import Person
from tests.faults.ledger import Ledger
from tests.faults.processes import Desk
from tests.notices.sink import Sink
from tests.world import PASSWORD, World, build_world

FOUNDED = "fundada"  # the database that each test's own is copied from


DATABASES = ("on_sqlite", "on_postgres")


class ByDatabase(LoadScopeScheduling):
    """Keeps the tests of one database in one process, so that each is founded once."""

    def _split_scope(self, nodeid: str) -> str:
        return next(name for name in DATABASES if name in nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByDatabase:
    # Not by `xdist_group`: pytest-xdist 3.8 cannot write its groups into the test ids of pytest 9.2.
    return ByDatabase(config, log)


@dataclass(frozen=True)
class Database:
    """A database that only this test uses, and its address for other processes."""

    url: str
    world: World


@contextmanager
def using(url: str, unblocked: DjangoDbBlocker) -> Iterator[None]:
    """Let this process speak to the database at that address."""
    given: dict[str, Any] = {**dj_database_url.parse(url)}
    if given["ENGINE"].endswith("sqlite3"):
        given["OPTIONS"] = {"timeout": 20, "init_command": "PRAGMA journal_mode=WAL"}
    settings = ConnectionHandler({"default": given}).settings
    with unblocked.unblock(), patch.dict(connections.settings, settings):
        kept = connections["default"]
        del connections["default"]
        try:
            yield
        finally:
            connections["default"].close()
            connections["default"] = kept


def found() -> World:
    """Tables, and the cast with one password that the real web can check."""
    call_command("migrate", interactive=False, verbosity=0)
    world = build_world()
    hasher = PBKDF2PasswordHasher()
    Person.objects.update(password=hasher.encode(PASSWORD, hasher.salt()))
    return world


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    with private_cluster() as running:
        # Clusters of tests may lose their last commits when they are cut off; here that would be a loss.
        with psycopg.connect(running.url, autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET synchronous_commit TO on")
            connection.execute("SELECT pg_reload_conf()")
        yield running


@pytest.fixture(scope="session")
def founded_on_sqlite(
    tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> tuple[Path, World]:
    file = tmp_path_factory.mktemp("fundada") / f"{FOUNDED}.sqlite3"
    with using(f"sqlite:///{file}", django_db_blocker):
        world = found()
    return file, world


@pytest.fixture(scope="session")
def founded_on_postgres(cluster: Cluster, django_db_blocker: DjangoDbBlocker) -> World:
    create(cluster, FOUNDED)
    with using(address(cluster, FOUNDED), django_db_blocker):
        return found()


@pytest.fixture
def on_sqlite(founded_on_sqlite: tuple[Path, World], tmp_path: Path) -> Database:
    file, world = founded_on_sqlite
    copy = shutil.copy(file, tmp_path / "plazo.sqlite3")
    return Database(f"sqlite:///{copy}", world)


@pytest.fixture
def on_postgres(cluster: Cluster, founded_on_postgres: World) -> Database:
    name = f"prueba_{secrets.token_hex(4)}"
    create(cluster, name, template=FOUNDED)
    return Database(address(cluster, name), founded_on_postgres)


@pytest.fixture(params=DATABASES)
def own_database(request: pytest.FixtureRequest) -> Database:
    """The test runs on both."""
    found: Database = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def sink() -> Iterator[Sink]:
    with Sink() as host:
        yield host


@pytest.fixture
def ledger() -> Ledger:
    return Ledger()


Opens = Callable[[Database], Desk]


@pytest.fixture(scope="session")
def static_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("static")
    manage = Desk(environment_of("sqlite://", folder), folder, port=0).manage
    assert manage("collectstatic", "--no-input", "--verbosity=0").returncode == 0
    return folder / "static"


@pytest.fixture
def open_desk(
    tmp_path: Path, sink: Sink, static_files: Path, django_db_blocker: DjangoDbBlocker
) -> Iterator[Opens]:
    """Opens the desk on a database, nothing of it running yet; this process reads the same database."""
    data = tmp_path / "var"
    data.mkdir(mode=0o700)
    (data / "static").symlink_to(static_files)
    with ExitStack() as until_the_end:
        until_the_end.enter_context(override_settings(MEDIA_ROOT=data / "files"))

        def opens(own: Database) -> Desk:
            until_the_end.enter_context(using(own.url, django_db_blocker))
            desk = Desk(environment_of(own.url, data, sink.port), tmp_path, reserved_port())
            until_the_end.callback(lambda: sys.stderr.write(desk.log()))  # shown where the test failed
            until_the_end.callback(desk.end)
            return desk

        yield opens


def environment_of(url: str, data: Path, mail_port: int = 25) -> dict[str, str]:
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "plazo.project.settings",
        "DATABASE_URL": url,
        "PLAZO_DATA_DIR": str(data),
        "PLAZO_EMAIL_TRANSPORT": "smtp",
        "PLAZO_EMAIL_PORT": str(mail_port),
        "PLAZO_EMAIL_TLS": "0",
        # Long enough for a slow machine, short enough to wait for what a killed worker held.
        "PLAZO_EMAIL_LEASE_SECONDS": "5",
        "PLAZO_EMAIL_ANSWER_SECONDS": "10",
    }


def address(cluster: Cluster, name: str) -> str:
    return cluster.url.removesuffix("postgres") + name


def create(cluster: Cluster, name: str, template: str = "template1") -> None:
    with psycopg.connect(cluster.url, autocommit=True) as connection:
        made = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        connection.execute(made.format(sql.Identifier(name), sql.Identifier(template)))
