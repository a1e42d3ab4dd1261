"""Django application."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "plazo.notices"
    default_auto_field = "django.db.models.BigAutoField"
