"""People who report and answer without pause, each in a thread and a browser of their own."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.urls import reverse

from plazo.people.models import Person
from tests.faults.browser import PATIENCE, Browser, Page
from tests.faults.ledger import CLIENT_REPLY, REPLY, REPORT, Entry, Ledger
from tests.world import PASSWORD

CLASHED = 409


@dataclass
class Crowd:
    """Contacts and consultants at work on one ledger; `pause` is the most each waits between two things."""

    base: str
    ledger: Ledger
    pause: float = 0.0
    met: Counter[str] = field(default_factory=Counter)
    stop: threading.Event = field(default_factory=threading.Event)
    unanswered: list[Entry] = field(default_factory=list)

    @contextmanager
    def at_work(self, *, contacts: list[Person], consultants: list[Person]) -> Iterator[None]:
        """They work until the block ends, and finish what they have begun."""
        jobs = [(self.contact, each) for each in contacts] + [(self.consultant, each) for each in consultants]
        with ThreadPoolExecutor(len(jobs)) as pool:
            working: list[Future[None]] = [pool.submit(self._work, job, person) for job, person in jobs]
            try:
                yield
            finally:
                self.stop.set()
        for each in working:
            each.result()

    def await_entries(self, count: int) -> None:
        """Until that many more have been begun."""
        goal, end = len(self.ledger.entries) + count, time.monotonic() + PATIENCE
        while len(self.ledger.entries) < goal:
            assert time.monotonic() < end, f"{len(self.ledger.entries)} of {goal}; met {dict(self.met)}"
            time.sleep(0.05)

    def contact(self, browser: Browser, chance: random.Random) -> None:
        """Report, and now and then add a word."""
        entry = send_report(browser, self.ledger.open(REPORT))
        self.unanswered.append(entry)
        if chance.random() < 0.5:
            send_client_reply(browser, self.ledger.open(CLIENT_REPLY, entry.ticket))

    def consultant(self, browser: Browser, chance: random.Random) -> None:
        """Answer one of the reports that nobody has answered."""
        try:
            report = self.unanswered.pop(0)
        except IndexError:
            self.stop.wait(0.05)
            return
        send_reply(browser, self.ledger.open(REPLY, report.ticket))

    def _work(self, job: Callable[[Browser, random.Random], None], person: Person) -> None:
        browser = Browser(self.base)
        try:
            browser.sign_in(person.email, PASSWORD, path=reverse("account_login"))
            chance = random.Random(person.pk)  # noqa: S311 - not a secret
            while not self.stop.is_set():
                job(browser, chance)
                self.stop.wait(chance.uniform(0, self.pause))
        finally:
            self.met.update(browser.met)


def send_report(browser: Browser, entry: Entry) -> Entry:
    path = reverse("portal-report")
    form = browser.get(path).form(path)
    filled = form | {"subject": entry.token, "body": entry.body, "attachments": entry.file}
    entry.ticket = int(_taken(browser.post(path, filled), entry).rstrip("/").rpartition("/")[2])
    return entry


def send_client_reply(browser: Browser, entry: Entry) -> None:
    path = reverse("portal-reply", args=[entry.ticket])
    form = browser.get(reverse("portal-ticket", args=[entry.ticket])).form(path)
    _taken(browser.post(path, form | {"body": entry.body, "attachments": entry.file}), entry)


def send_reply(browser: Browser, entry: Entry, *, before: Callable[[], object] = lambda: None) -> Page:
    """Answer as the desk; told that another wrote meanwhile, read it and send again. The first answer.

    before  called with the page open and everything written
    """
    path = reverse("desk-reply", args=[entry.ticket])
    form = browser.get(reverse("desk-ticket", args=[entry.ticket])).form(path)
    written = {"body": entry.body, "attachments": entry.file}
    before()
    first = answer = browser.post(path, form | written)
    while answer.status == CLASHED:
        answer = browser.post(path, answer.form(path) | {"attachments": entry.file})
    _taken(answer, entry)
    return first


def _taken(answer: Page, entry: Entry) -> str:
    """Where the desk leads to after it took the entry."""
    assert answer.status == 302, f"{entry} was answered {answer.status}"
    return answer.location
