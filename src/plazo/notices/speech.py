"""Instants and durations as a reader says them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from plazo.people.models import Person
from plazo.sla.explain import say_duration, say_instant, say_zone
from plazo.sla.policy import Text


@dataclass(frozen=True)
class Speech:
    """The language and the zone of one reader, at the time of writing."""

    language: str
    zone: str
    now: datetime

    @classmethod
    def of(cls, person: Person, *, now: datetime) -> Speech:
        """As this person reads."""
        return cls(person.language, person.zone, now)

    def at(self, instant: datetime | None) -> str:
        """As "lunes 21 de septiembre, 11:30". A mail is read later, so nothing is "today"."""
        if instant is None:
            return "–"
        return say_instant(instant, self.language, self.zone, self.now, long=True)

    def span(self, seconds: int) -> str:
        """As "2 h 30 min"."""
        return say_duration(seconds, self.language)

    def text(self, text: Text) -> str:
        """A text of the agreement."""
        return text.in_language(self.language)

    @property
    def zone_words(self) -> str:
        """As "hora de Santiago"."""
        return say_zone(self.zone, self.language)
