"""The root of all refusals: acts that the rules do not allow."""

from __future__ import annotations

import re
from typing import ClassVar


class Refused(Exception):
    """An act was refused. `code` (`NotAuthorised` is "not_authorised") and `details` let a face word it."""

    code: ClassVar[str] = "refused"

    def __init_subclass__(cls) -> None:
        cls.code = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", cls.__name__).lower()

    def __init__(self, **details: object) -> None:
        super().__init__(self.code, details)
        self.details = details
