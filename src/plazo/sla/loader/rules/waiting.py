"""Rules on waiting: who ends a pause, limits that fit together, warnings that come in time."""

from __future__ import annotations

from collections.abc import Iterator

from plazo.sla.fields import format_duration
from plazo.sla.loader.problems import Finding, Path, say
from plazo.sla.policy import Policy


def client_ends_its_own_pauses(policy: Policy) -> Iterator[Finding]:
    """Waiting for the client needs a message and ends by the client's word."""
    for code, reason in policy.pauses.reasons.items():
        path: Path = ("pauses", "reasons", code)
        if reason.holder == "client" and reason.ends_with != "client":
            yield Finding(
                (*path, "ends_with"),
                say(
                    "Una espera del cliente termina con la palabra del cliente.",
                    "Waiting for the client ends by the client's word.",
                ),
                say("Escriba «ends_with: client».", "Write “ends_with: client”."),
            )
        if reason.holder == "client" and not reason.needs_message:
            yield Finding(
                (*path, "needs_message"),
                say(
                    "Una espera del cliente necesita un mensaje que le diga qué se espera.",
                    "Waiting for the client needs a message that says what is awaited.",
                ),
                say("Escriba «needs_message: true».", "Write “needs_message: true”."),
            )


def consultant_ends_the_other_pauses(policy: Policy) -> Iterator[Finding]:
    """Waiting for a third party ends by the consultant."""
    for code, reason in policy.pauses.reasons.items():
        if reason.holder == "third_party" and reason.ends_with != "consultant":
            yield Finding(
                ("pauses", "reasons", code, "ends_with"),
                say(
                    "Una espera de un tercero la termina la consultora o el consultor.",
                    "Waiting for a third party is ended by the consultant.",
                ),
                say("Escriba «ends_with: consultant».", "Write “ends_with: consultant”."),
            )


def pause_limits_fit(policy: Policy) -> Iterator[Finding]:
    """No reason may last longer than all pauses together, and every limit leaves room for its warning."""
    total, warning = policy.pauses.total_limit, policy.pauses.warn_before
    for code, reason in policy.pauses.reasons.items():
        path: Path = ("pauses", "reasons", code, "limit")
        if reason.limit > total:
            yield _too_long(path, reason.limit, total, of="pauses.total_limit")
        if reason.limit <= warning:
            yield _too_short(path, reason.limit, warning, of="pauses.warn_before")
    if total <= warning:
        yield _too_short(("pauses", "total_limit"), total, warning, of="pauses.warn_before")


def closing_leaves_time(policy: Policy) -> Iterator[Finding]:
    """The client hears before a ticket closes, and may reopen only what is not yet closed."""
    after, warning = policy.closing.after, policy.closing.warn_before
    if after <= warning:
        yield _too_short(("closing", "after"), after, warning, of="closing.warn_before")
    if policy.reopening.within > after:
        yield _too_long(("reopening", "within"), policy.reopening.within, after, of="closing.after")


def _too_long(path: Path, seconds: int, most: int, *, of: str) -> Finding:
    mine, other = format_duration(seconds), format_duration(most)
    return Finding(
        path,
        say(f"{mine} es más que «{of}» ({other}).", f"{mine} is more than “{of}” ({other})."),
        say(f"Escriba {other} o menos.", f"Write {other} or less."),
    )


def _too_short(path: Path, seconds: int, least: int, *, of: str) -> Finding:
    mine, other = format_duration(seconds), format_duration(least)
    return Finding(
        path,
        say(f"{mine} no es más que «{of}» ({other}).", f"{mine} is not more than “{of}” ({other})."),
        say(f"Escriba más de {other}.", f"Write more than {other}."),
    )


WAITING_RULES = (
    client_ends_its_own_pauses,
    consultant_ends_the_other_pauses,
    pause_limits_fit,
    closing_leaves_time,
)
