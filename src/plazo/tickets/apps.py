"""Django application."""

from django.apps import AppConfig


class TicketsConfig(AppConfig):
    name = "plazo.tickets"
    default_auto_field = "django.db.models.BigAutoField"
