"""Terms kept and missed by month, for whoever administers the client."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from plazo.people.access import MemberRequest, allow
from plazo.web import compliance


@allow("client_administrator")
@require_safe
def show(request: MemberRequest) -> HttpResponse:
    return compliance.figures(request, "portal/compliance.html", _own(request))


@allow("client_administrator")
@require_safe
def download(request: MemberRequest) -> HttpResponse:
    return compliance.figures_file(request, _own(request))


@allow("client_administrator")
@require_safe
def missed(request: MemberRequest) -> HttpResponse:
    """Behind a figure: the tickets it counts, as far as the reader sees them."""
    return compliance.missed(request, "portal/missed.html", request.user, _own(request))


def _own(request: MemberRequest) -> list[int]:
    return [each.organization_id for each in request.memberships]
