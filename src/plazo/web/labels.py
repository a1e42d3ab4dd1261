"""Words for the codes that the timeline and the rows hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from plazo.sla.policy import Policy, Text

STATES: Mapping[str, Promise] = {
    "open": pgettext_lazy("ticket", "abierto"),
    "paused": pgettext_lazy("ticket", "en pausa"),
    "resolved": pgettext_lazy("ticket", "resuelto"),
    "closed": pgettext_lazy("ticket", "cerrado"),
}
CLOCK_STATES: Mapping[str, Promise] = {
    "running": pgettext_lazy("clock", "corriendo"),
    "at_risk": pgettext_lazy("clock", "por vencer"),
    "paused": pgettext_lazy("clock", "en pausa"),
    "met": pgettext_lazy("clock", "cumplido"),
    "missed": pgettext_lazy("clock", "incumplido"),
    "no_term": pgettext_lazy("clock", "sin plazo"),
}
METRICS: Mapping[str, Promise] = {"response": _("Respuesta"), "resolution": _("Solución")}
CHANNELS: Mapping[str, Promise] = {
    "portal": _("portal"),
    "phone": _("teléfono"),
    "email": _("correo"),
    "whatsapp": _("WhatsApp"),
    "api": _("API"),
}
ROLES: Mapping[str, Promise] = {
    "contact": _("solicitante"),
    "client_administrator": _("administrador del cliente"),
    "consultant": _("consultor(a)"),
    "lead": _("jefatura"),
    "administrator": _("administración"),
}
SEES: Mapping[str, Promise] = {"own": _("solo sus tickets"), "company": _("los tickets de la empresa")}
MESSAGES: Mapping[str, Promise] = {
    "report": _("reporte"),
    "client_reply": _("mensaje del cliente"),
    "reply": _("respuesta"),
    "note": _("nota interna"),
    "call": _("llamada"),
}
HOLDERS: Mapping[str, Promise] = {
    "provider": _("mesa de ayuda"),
    "client": _("cliente"),
    "third_party": _("terceros"),
    "force_majeure": _("fuerza mayor"),
}


def label(words: Mapping[str, Promise], code: str) -> str:
    """The word of a code. A code without one is shown as it is: history outlives vocabularies."""
    return str(words[code]) if code in words else code


def said(text: Text) -> str:
    """A text of the policy in the reader's language."""
    return text.in_language(get_language() or "es")


def service_title(policy: Policy, code: str) -> str:
    area = policy.services.get(code)
    return said(area.title) if area else code


def kind_title(policy: Policy, code: str) -> str:
    """The title of a kind of the catalogue; "" while nobody has said what kind it is."""
    return next((said(kind.title) for kind in policy.kinds if kind.code == code), code)


@dataclass(frozen=True, slots=True)
class PriorityMark:
    """A priority as it is drawn: `filled` of three bars, dashed while provisional, and its word."""

    word: str
    filled: int
    provisional: bool = False


def priority_mark(policy: Policy, code: str, *, classified: bool = True) -> PriorityMark:
    """How a priority of this policy looks; the most urgent has all bars filled."""
    codes = list(policy.priorities)
    if code not in codes:
        return PriorityMark(code, 0, not classified)
    filled = max(3 - codes.index(code), 1)
    return PriorityMark(said(policy.priorities[code].title).lower(), filled, not classified)
