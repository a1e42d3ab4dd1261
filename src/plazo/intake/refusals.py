"""Why a report is not taken."""

from __future__ import annotations

from plazo.kit.refusals import Refused


class NotAuthorised(Refused):
    """Registered, but not authorised to report: the client's administrator can authorise them."""


class Revoked(Refused):
    """Authorised once and no longer. details: revoked_at."""


class ChannelClosed(Refused):
    """The agreement does not take reports this way. details: channel, open."""


class RequesterNeeded(Refused):
    """Whoever reports for a caller says for whom."""


class KeyInvalid(Refused):
    """The form's one-time key is missing or was changed: the form has to be loaded anew."""


class KeyReused(Refused):
    """The form was sent before, with another content. details: ticket (number, None while held)."""


class NotHeld(Refused):
    """The report was admitted or discarded before. details: state."""
