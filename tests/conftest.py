"""What every test stands on: files thrown away, quick passwords, and how long properties are tried."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings
from hypothesis import settings as hypothesis_settings

from tests.founded import founded, world
from tests.world import forget_rows

__all__ = ["forget_rows", "founded", "world"]

# What all tests of a folder need: a real browser; databases of their own.
MARKED = ("browser", "faults")

# The same examples on every run, so that a red build is red everywhere; `make soak` looks for new ones.
hypothesis_settings.register_profile("ci", derandomize=True, max_examples=100, deadline=None)
hypothesis_settings.register_profile("soak", max_examples=5_000, deadline=None, print_blob=True)
hypothesis_settings.load_profile("ci")

# Playwright's synchronous calls run inside an event loop, where Django would refuse the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for name in MARKED:
            if item.path.is_relative_to(Path(__file__).parent / name):
                item.add_marker(name)


@pytest.fixture(scope="session", autouse=True)
def throwaway_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Uploads land beside the test, and passwords cost nothing to check."""
    with override_settings(
        MEDIA_ROOT=tmp_path_factory.mktemp("files"),
        # Hashed names exist only where the static files were collected.
        STORAGES=settings.STORAGES
        | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}},
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ):
        yield
