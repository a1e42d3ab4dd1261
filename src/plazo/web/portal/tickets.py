"""The client's tickets, the newest first, and the search among them."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from plazo.people.access import MemberRequest, allow
from plazo.tickets import queries
from plazo.web.rows import rows_of

PAGE = 25


@allow("contact")
@require_safe
def show(request: MemberRequest) -> HttpResponse:
    person = request.user
    text = request.GET.get("buscar", "").strip()[:200]
    if text:
        found = queries.search(person, text)
        if len(found) == 1 and text.removeprefix("#") == str(found[0].pk):
            return redirect("portal-ticket", number=found[0].pk)
        return _page(request, {"rows": rows_of(found), "text": text, "pages": {}})
    before = request.GET.get("antes", "")
    rows = queries.tickets_of(person)
    if before.isdecimal() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    tickets = list(rows[: PAGE + 1])
    shown = tickets[:PAGE]
    pages = {
        "newer": reverse("portal-tickets") if before else "",
        "older": f"?{urlencode({'antes': shown[-1].pk})}" if len(tickets) > PAGE else "",
    }
    return _page(request, {"rows": rows_of(shown), "text": "", "pages": pages})


def _page(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    several = len(cast(MemberRequest, request).memberships) > 1
    return render(request, "portal/tickets.html", {**context, "several": several})
