"""Django application."""

from django.apps import AppConfig
from django.forms import CharField, Field
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy


class WebConfig(AppConfig):
    name = "plazo.web"

    def ready(self) -> None:
        # Django's own words say that a field is required, not what to do. A form that knows more says more.
        Field.default_error_messages = {"required": _("Complete este dato.")}
        # Django's own Spanish says "less than" the limit, and of null characters not what to do about them.
        CharField.default_error_messages = {
            "max_length": ngettext_lazy(
                "Acórtelo a no más de %(limit_value)d carácter (tiene %(show_value)d).",
                "Acórtelo a no más de %(limit_value)d caracteres (tiene %(show_value)d).",
                "limit_value",
            ),
            "null_characters_not_allowed": _(
                "El texto trae un carácter que no se puede guardar. Escríbalo de nuevo, sin pegarlo."
            ),
        }
