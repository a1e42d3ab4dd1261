"""The bases of all parts of a policy, and the two metrics they speak of."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from plazo.sla.fields import Words

Metric = Literal["response", "resolution"]
METRICS: tuple[Metric, ...] = ("response", "resolution")


class Part(BaseModel):
    """Base of all parts of a policy: immutable, and no key that it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(Part):
    """A text in both languages of the desk."""

    es: Words
    en: Words

    def in_language(self, language: str) -> str:
        """The text in `language` ("en", "en-gb", ...); Spanish for every other one."""
        return self.en if language.lower().startswith("en") else self.es


class Assumable(Part):
    """A part on which the signed agreement may be silent: `assumed` says what was taken for granted."""

    assumed: Text | None = None
