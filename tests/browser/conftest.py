"""A real browser against the real pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection

import chromium
from tests.browser.visits import StandingClock, Visits
from tests.world import NOW


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A page asks several things at once: a file lets them wait for each other, memory refuses the second."""
    if connection.vendor == "sqlite":
        file = tmp_path_factory.mktemp("database") / "test.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(file)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {"executable_path": chromium.executable(), "args": list(chromium.FLAGS)}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    return {"locale": "es-CL", "timezone_id": "America/Santiago", "viewport": {"width": 1366, "height": 768}}


@pytest.fixture
def desk_clock(monkeypatch: pytest.MonkeyPatch) -> StandingClock:
    """10:00 in Santiago on a Wednesday, until the test moves it."""
    return StandingClock(monkeypatch, NOW)


@pytest.fixture
def visits(live_server: Any, new_context: Callable[..., Any]) -> Iterator[Visits]:
    """Windows on the live server. No script may fail in any of them."""
    cache.clear()  # no attempt to sign in counted by an earlier test
    opened = Visits(live_server.url, new_context)
    yield opened
    assert opened.faults == []
