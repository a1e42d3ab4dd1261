"""Django application."""

from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "plazo.contracts"
    default_auto_field = "django.db.models.BigAutoField"
