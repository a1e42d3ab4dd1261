"""What is left of the Spanish source in a text that somebody reads in English."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from html import unescape
from pathlib import Path

from django.conf import settings
from django.utils import translation

import plazo

CATALOGUE = Path(plazo.__file__).parent / "locale" / "en" / "LC_MESSAGES" / "django.po"
# Shorter ones are words that names and both languages share.
TELLING = 12


def spanish_in(text: str, *, except_for: Iterable[str] = ()) -> list[str]:
    """The source texts found in `text`, once the desk's name and those in `except_for` are taken out."""
    readable = unescape(text)
    for name in (settings.DESK_NAME, *except_for):
        readable = readable.replace(name, "")
    return [source for source in spanish_sources() if source in readable]


@cache
def spanish_sources() -> tuple[str, ...]:
    """The parts between the placeholders of every source text that reads otherwise in English."""
    return tuple({part for part in _parts() if len(part) > TELLING})


def _parts() -> Iterator[str]:
    lines = re.findall(r'^msgid(?:_plural)? (".+")$', CATALOGUE.read_text(encoding="utf-8"), re.MULTILINE)
    with translation.override("en"):
        for source in filter(None, map(json.loads, lines)):
            english = translation.gettext(source)
            for part in re.split(r"%\(\w+\)s|%%|\{\w+\}", source):
                if part.strip() and part.strip() not in english:
                    yield part.strip()
