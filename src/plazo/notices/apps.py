"""Django application."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "plazo.notices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from plazo.notices.outbox import write_notices
        from plazo.tickets.signals import recorded

        recorded.connect(write_notices, dispatch_uid="plazo.notices")
