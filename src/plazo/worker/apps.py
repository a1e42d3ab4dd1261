"""Django application."""

from django.apps import AppConfig


class WorkerConfig(AppConfig):
    name = "plazo.worker"
    default_auto_field = "django.db.models.BigAutoField"
