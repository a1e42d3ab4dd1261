"""Django application."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "plazo.notices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from plazo.notices.discarded import write_notice
        from plazo.notices.outbox import write_notices
        from plazo.tickets.signals import recorded, report_discarded

        recorded.connect(write_notices, dispatch_uid="plazo.notices")
        report_discarded.connect(write_notice, dispatch_uid="plazo.notices")
