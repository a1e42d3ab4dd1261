"""The rules of views that are not ours, and so cannot declare one themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.urls import URLPattern

from plazo.people.access import rule_of

FOREIGN_RULES: Final[Mapping[str, str]] = {
    "account_login": "public",
    "account_logout": "public",
    "account_inactive": "public",
    "account_request_login_code": "public",
    "account_confirm_login_code": "public",
    "account_reset_password": "public",
    "account_reset_password_done": "public",
    "account_reset_password_from_key": "public",
    "account_reset_password_from_key_done": "public",
    "account_change_password": "signed_in",
    "account_set_password": "signed_in",
    "account_reauthenticate": "signed_in",
}


def rule_of_route(route: URLPattern) -> str | None:
    """The rule of a route; None when nobody declared one."""
    return rule_of(route.callback) or FOREIGN_RULES.get(route.name or "")
