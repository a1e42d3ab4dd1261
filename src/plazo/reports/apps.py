"""Django application."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "plazo.reports"
    default_auto_field = "django.db.models.BigAutoField"
