"""Django application."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "plazo.intake"
    default_auto_field = "django.db.models.BigAutoField"
