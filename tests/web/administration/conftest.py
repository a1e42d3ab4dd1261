"""The administration's forms, sent as a page makes them: each with a key of its own."""

from __future__ import annotations

import secrets
from typing import Any

import pytest
from django.test import Client

from tests.web.conftest import Browse
from tests.world import World, sign_in


class Keyed(Client):
    """Sends with each form a new key, as a page does, unless the form brings one."""

    def post(self, path: str, data: Any = None, *args: Any, **options: Any) -> Any:
        return super().post(path, {"token": secrets.token_urlsafe(16)} | (data or {}), *args, **options)


@pytest.fixture
def browse(world: World) -> Browse:
    return lambda person: sign_in(Keyed(), person)
