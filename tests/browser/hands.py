"""Hands that count: each key pressed and each click is one, typing a text is none."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page


@dataclass
class Hands:
    """What somebody does to a page, and how much of it."""

    page: Page
    did: list[str] = field(default_factory=list)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.did.append(key)
            self.page.keyboard.press(key)

    def click(self, target: Locator) -> None:
        self.did.append("click")
        target.click()

    def type(self, text: str) -> None:
        """Into whatever has the focus: who answers a key must put it there."""
        self.page.keyboard.type(text)

    def at_most(self, target: int) -> None:
        assert len(self.did) <= target, f"{len(self.did)} of at most {target}: {' '.join(self.did)}"
