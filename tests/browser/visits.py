"""How people use the pages: by what they read on them, never by how a page is built."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import ConsoleMessage, Locator, Page, expect

from plazo.kit import clock
from plazo.people.models import Person
from plazo.tickets.models import Ticket
from tests.world import sign_in as signed_in

SANTIAGO = ZoneInfo("America/Santiago")
PATIENCE_MS = 20_000  # a machine with other work to do is slow, not wrong
expect.set_options(timeout=PATIENCE_MS)


class StandingClock:
    """The one source of time for all threads of this process: it stands until it is moved."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
        self._monkeypatch = monkeypatch
        self.set(at)

    def set(self, at: datetime) -> None:
        self._monkeypatch.setattr(clock, "_set", ContextVar("standing_clock", default=at))

    def advance(self, **step: float) -> None:
        self.set(clock.now() + timedelta(**step))


def santiago(text: str) -> datetime:
    """A local time of Santiago, as "2026-09-17 17:30"."""
    return datetime.fromisoformat(text).replace(tzinfo=SANTIAGO)


@dataclass
class Visits:
    """Opens a window of its own for each person, and remembers what went wrong in any of them."""

    url: str
    new_context: Callable[..., Any]
    faults: list[str] = field(default_factory=list)

    def window(self, **options: Any) -> Page:
        page: Page = self.new_context(base_url=self.url, **options).new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", self._listen)
        return page

    def enter(self, person: Person, **options: Any) -> Page:
        """A window in which somebody is signed in, on the page they begin with."""
        page = self.window(**options)
        session = signed_in(Client(), person).cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": self.url}])
        page.goto(settings.LOGIN_REDIRECT_URL)
        return page

    def _listen(self, message: ConsoleMessage) -> None:
        # A refused form answers 422 or 409 on purpose, and the browser logs that.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.faults.append(message.text)


def sign_in(page: Page, email: str, password: str) -> None:
    """By the form, as only the newcomer does: it takes as long as many a test."""
    page.goto(reverse("account_login"))
    page.get_by_label("Correo").fill(email)
    page.get_by_label("Contraseña", exact=True).fill(password)
    button(page, "Ingresar").click()
    expect(page.get_by_role("navigation", name="Principal")).to_be_visible()


def button(page: Page | Locator, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True).filter(visible=True)


def link(page: Page | Locator, name: str | re.Pattern[str]) -> Locator:
    return page.get_by_role("link", name=name, exact=isinstance(name, str)).filter(visible=True)


def labelled(page: Page | Locator, label: str) -> Locator:
    """The field one sees under that label; forms that are folded away have others of the same name."""
    return page.get_by_label(re.compile(rf"^{re.escape(label)}(\s*\(opcional\))?$")).filter(visible=True)


def unfold(page: Page | Locator, title: str) -> None:
    """Open what stands behind a title: a summary, a tab or a button."""
    page.locator(
        "summary, button, [role=tab], [data-opens], label", has_text=re.compile(rf"^\s*{re.escape(title)}")
    ).filter(visible=True).first.click()


def said(page: Page, text: str | re.Pattern[str]) -> None:
    """The page says what came of the last act."""
    expect(
        page.get_by_role("status").or_(page.get_by_role("alert")).filter(has_text=text).first
    ).to_be_visible()


def term(page: Page, name: str) -> Locator:
    """The box of one term: Respuesta or Solución."""
    return page.get_by_role("region", name=name, exact=True).filter(visible=True)


def codes(ticket: Ticket) -> list[str]:
    """What the timeline says happened, in order."""
    return list(ticket.events.order_by("seq").values_list("code", flat=True))
