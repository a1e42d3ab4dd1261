"""Django application."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "plazo.people"
    default_auto_field = "django.db.models.BigAutoField"
