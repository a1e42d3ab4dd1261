"""A desk to measure: processes with Django, each on a database of its own, and whoever looks at its pages."""

from __future__ import annotations

import io
import multiprocessing
import os
import re
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from http.cookies import SimpleCookie
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import psycopg

if TYPE_CHECKING:
    from plazo.project.demo.cast import Cast

FOUNDED = date(2026, 1, 1)
PASSWORD = "una clave que nadie usa"  # noqa: S105 - of people who live for a minute

P = ParamSpec("P")
R = TypeVar("R")

HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


@dataclass(frozen=True)
class Desk:
    """A process that serves one database."""

    executor: ProcessPoolExecutor

    def run(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Call a function of a module there, and wait for what it gives."""
        return self.executor.submit(work, *args, **kwargs).result()


def database(cluster: str, name: str, *, template: str = "template1") -> str:
    """Make a database, and give its address."""
    with psycopg.connect(cluster, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        # A query's helpers would do their part where no meter sees them.
        connection.execute(f"ALTER DATABASE {name} SET max_parallel_workers_per_gather = 0")
    return f"{cluster.rpartition('/')[0]}/{name}"


@contextmanager
def desk(url: str, data: Path) -> Iterator[Desk]:
    """A process on the database at `url`, with its files in `data`."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn, initializer=_attach, initargs=(url, str(data))) as executor:
        yield Desk(executor)


def _attach(url: str, data: str) -> None:
    os.environ |= {
        "DATABASE_URL": url,
        "PLAZO_DATA_DIR": data,
        "DJANGO_SETTINGS_MODULE": "plazo.project.settings",
    }
    import django

    django.setup()


def migrate() -> None:
    """Make the tables."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)


def found_desk() -> Cast:
    """Tables, static files as pages ask for them, and the people and contracts of the demo world."""
    from django.core.management import call_command

    from plazo.project.demo.cast import build_cast

    migrate()
    call_command("collectstatic", interactive=False, verbosity=0)
    return build_cast(PASSWORD, since=FOUNDED)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def hidden(self) -> dict[str, str]:
        """The hidden fields of the forms of a page."""
        return dict(HIDDEN.findall(self.body.decode()))


@dataclass
class Visitor:
    """Somebody signed in, with the cookies of a browser, in front of the server's own WSGI handler."""

    application: Callable[..., Any]
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, query: str = "") -> Answer:
        return self.request("GET", path, query)

    def post(self, path: str, body: bytes, content_type: str) -> Answer:
        return self.request("POST", path, "", body, {"CONTENT_TYPE": content_type})

    def request(
        self,
        method: str,
        path: str,
        query: str = "",
        body: bytes = b"",
        more: Mapping[str, str] | None = None,
    ) -> Answer:
        """Ask for a page and take all of it."""
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "CONTENT_LENGTH": str(len(body)),
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "localhost",
            "HTTP_ACCEPT_LANGUAGE": "es-CL,es;q=0.9",
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            **(more or {}),
        }
        started: list[Any] = []
        response = self.application(environ, lambda *given: started.append(given))
        content = b"".join(response)
        response.close()
        (status, headers), *_ = started
        for name, value in headers:
            if name == "Set-Cookie":
                self._keep(SimpleCookie(value))
        return Answer(int(status.split()[0]), dict(headers), content)

    def _keep(self, given: SimpleCookie) -> None:
        for name, morsel in given.items():
            if morsel.value:
                self.cookies[name] = morsel.value
            else:
                self.cookies.pop(name, None)


def visitor(email: str) -> Visitor:
    """The person of that address, signed in."""
    from django.conf import settings
    from django.test import Client

    from plazo.people.models import Person
    from plazo.project.wsgi import application

    client = Client()
    client.force_login(Person.objects.get(email=email), backend="django.contrib.auth.backends.ModelBackend")
    name = settings.SESSION_COOKIE_NAME
    return Visitor(application, {name: client.cookies[name].value})
