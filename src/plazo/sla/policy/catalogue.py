"""What may be reported: kinds of incident and the services they touch."""

from __future__ import annotations

from pydantic import Field

from plazo.sla.fields import Code, Duration, Words
from plazo.sla.policy.base import Assumable, Part, Text


class Kind(Assumable):
    """A kind of the catalogue: its priority is decided by what it is, never by how urgent it sounds."""

    code: Code
    priority: Code
    services: tuple[Code, ...] = Field(min_length=1)
    title: Text
    description: Text
    help: Text = Field(description="One sentence in the client's own words")
    examples: tuple[Words, ...] = ()
    resolution: Duration | None = Field(default=None, description="A shorter term of this kind alone")


class ServiceArea(Part):
    """Something the client uses and the desk supports (ERP, e-commerce, ...)."""

    title: Text
