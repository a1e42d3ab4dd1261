"""How allauth behaves here: accounts are made by administrators, never by a form."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from plazo.people.queries import everybody


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Nobody signs up by themselves, and each is written to in their own language."""

    error_messages: ClassVar[dict[str, object]] = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("El correo o la contraseña no coinciden. Revíselos, o pida un código."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def render_mail(
        self, template_prefix: str, email: str, context: dict[str, Any], headers: dict[str, str] | None = None
    ) -> EmailMessage:
        reader = everybody().filter(email__iexact=email).first()
        # Whoever is not signed in yet may sit at a browser that speaks another language.
        with translation.override(reader.language if reader else translation.get_language()):
            message: EmailMessage = super().render_mail(template_prefix, email, context, headers)
        return message
