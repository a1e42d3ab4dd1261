"""A person at a browser: cookies, forms as the page gives them, the same form again after a lost answer."""

from __future__ import annotations

import http.client
import time
import urllib.request
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

PATIENCE = 120.0  # seconds that a person tries one page
PAUSE = 0.1  # between two tries
ANSWERS_WITHIN = 25.0
UNAVAILABLE = 503

Fields = Mapping[str, str | SimpleUploadedFile]


class GaveUpError(Exception):
    """The desk did not answer in `PATIENCE` seconds."""


@dataclass(frozen=True)
class Page:
    """An answer; a redirect is not followed."""

    status: int
    text: str
    location: str

    def form(self, action: str) -> dict[str, str]:
        """What a browser would send if nothing were filled in."""
        reader = _FormReader(action)
        reader.feed(self.text)
        assert reader.fields, f"no form for {action} on the page ({self.status})"
        return reader.fields


@dataclass
class Browser:
    """One signed-in person. `met` counts dropped connections and refusals by status."""

    base: str
    met: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(CookieJar()), _AsItComes()
        )

    def sign_in(self, email: str, password: str, *, path: str) -> None:
        form = self.get(path).form(path)
        answer = self.post(path, form | {"login": email, "password": password})
        assert answer.status == 302, f"{email} was not let in: {answer.status}"

    def get(self, path: str) -> Page:
        return self._insist(urllib.request.Request(urljoin(self.base, path)))  # noqa: S310 - our own address

    def post(self, path: str, fields: Fields) -> Page:
        """Send a form. After a lost connection or a 503 the very same form is sent again."""
        headers = {"Content-Type": MULTIPART_CONTENT, "Origin": self.base.rstrip("/")}
        body = encode_multipart(BOUNDARY, fields)
        return self._insist(urllib.request.Request(urljoin(self.base, path), body, headers))  # noqa: S310 - the same

    def _insist(self, request: urllib.request.Request) -> Page:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                page = self._send(request)
            except (OSError, http.client.HTTPException) as error:
                self.met[_told(error)] += 1
            else:
                if page.status != UNAVAILABLE:
                    return page
                self.met["503"] += 1
            time.sleep(PAUSE)
        raise GaveUpError(f"{request.full_url}: {dict(self.met)}")

    def _send(self, request: urllib.request.Request) -> Page:
        with self._opener.open(request, timeout=ANSWERS_WITHIN) as answer:
            location = urlsplit(answer.headers.get("Location", "")).path
            return Page(answer.status, answer.read().decode(), location)


def _told(error: Exception) -> str:
    reason = getattr(error, "reason", error)
    return type(reason).__name__


class _AsItComes(urllib.request.HTTPErrorProcessor):
    """Gives every answer back, redirects and refusals too."""

    def http_response(self, request: Any, response: Any) -> Any:
        return response


class _FormReader(HTMLParser):
    """The fields of the forms with one action, later ones first come."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.action = action
        self.fields: dict[str, str] = {}
        self._inside = False
        self._text_of = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            action = urlsplit(given.get("action") or self.action).path
            self._inside = given.get("method") == "post" and action == self.action
        name = given.get("name")
        if not self._inside or not name:
            return
        if tag == "input" and _is_sent(given):
            self.fields.setdefault(name, given.get("value") or "")
        elif tag == "textarea":
            self.fields[name], self._text_of = "", name

    def handle_data(self, data: str) -> None:
        if self._text_of:
            self.fields[self._text_of] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._text_of = ""
        elif tag == "form":
            self._inside = False


def _is_sent(given: Mapping[str, str | None]) -> bool:
    kind = given.get("type") or "text"
    return "checked" in given if kind in ("radio", "checkbox") else kind not in ("file", "submit", "search")
