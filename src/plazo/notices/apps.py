"""Django application."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "plazo.notices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from plazo.notices.outbox import write_notices
        from plazo.notices.reports import tell_discarded, tell_held
        from plazo.tickets.signals import recorded, report_discarded, report_held

        recorded.connect(write_notices, dispatch_uid="plazo.notices")
        report_held.connect(tell_held, dispatch_uid="plazo.notices")
        report_discarded.connect(tell_discarded, dispatch_uid="plazo.notices")
