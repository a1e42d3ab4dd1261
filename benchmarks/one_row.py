"""The yardstick: a page that inserts one row, behind the same middleware, session, CSRF check and sign-in."""

from __future__ import annotations

from typing import ClassVar

from django.db import connection, models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path
from django.views.decorators.http import require_POST

from plazo.people.access import allow
from plazo.project import urls

ADDRESS = "one-row/"


class Line(models.Model):
    """A row of a table that nothing else knows."""

    subject = models.CharField(max_length=200)
    body = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager[Line]] = models.Manager()

    class Meta:
        app_label = "benchmarks"

    def __str__(self) -> str:
        return self.subject


@allow("signed_in")
@require_POST
def insert(request: HttpRequest) -> HttpResponse:
    with transaction.atomic():
        line = Line.objects.create(subject=request.POST["subject"], body=request.POST["body"])
    return redirect(f"/{ADDRESS}{line.pk}/")


def create_table() -> None:
    with connection.schema_editor() as editor:
        editor.create_model(Line)


handler400, handler403, handler404, handler500 = (
    urls.handler400,
    urls.handler403,
    urls.handler404,
    urls.handler500,
)
urlpatterns = [path(ADDRESS, insert), path("", include(urls))]
