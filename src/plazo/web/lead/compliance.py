"""Terms kept and missed by client and month, for the lead."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from plazo.people.access import allow
from plazo.people.models import Person
from plazo.web import compliance


@allow("lead")
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    return compliance.figures(request, "lead/compliance.html", None)


@allow("lead")
@require_safe
def download(request: HttpRequest) -> HttpResponse:
    return compliance.figures_file(request, None)


@allow("lead")
@require_safe
def missed(request: HttpRequest) -> HttpResponse:
    """Behind a figure: the tickets it counts."""
    return compliance.missed(request, "lead/missed.html", cast(Person, request.user), None)
