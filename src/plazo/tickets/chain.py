"""The hash chain of a timeline, and the salted digests that stand in it for what people wrote."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from plazo.sla.timeline import epoch
from plazo.tickets.queries import Head, Recorded


def body_of(event: Recorded) -> str:
    """The canonical JSON that is hashed."""
    return canonical(
        {
            "seq": event.seq,
            "code": event.code,
            "actor": event.actor_id,
            "at": epoch(event.at),
            "recorded_at": epoch(event.recorded_at),
            "data": event.data,
        }
    )


def canonical(value: Mapping[str, Any]) -> str:
    """One text for one content."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest_after(previous: str, body: str) -> str:
    """The digest of an event: of all before it, through `previous`, and of itself."""
    return hashlib.sha256(f"{previous}\n{body}".encode()).hexdigest()


def salted(salt: str, content: str) -> str:
    """What stands in an event for a text or a file: worth nothing once the salt is destroyed."""
    return hashlib.sha256((salt + content).encode()).hexdigest()


def seal_after(previous: str, heads: Sequence[Head]) -> str:
    """The digest of a day's seal: of the seal before it, and of each head in the order of the tickets."""
    lines = [previous, *(f"{number} {length} {digest}" for number, length, digest in heads)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
