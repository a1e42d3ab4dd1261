"""Reports that no contract covers: admitted without a term, or discarded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from plazo.intake.holding import admit_held, discard_held, held_reports
from plazo.intake.models import Submission
from plazo.kit.refusals import Refused
from plazo.people.access import allow
from plazo.people.models import Person
from plazo.tickets import queries
from plazo.web.wording import words

PAGE = 50


@dataclass(frozen=True, slots=True)
class Card:
    """A report as it waits."""

    submission: Submission
    requester: str
    subject: str
    body: str
    service: str
    files: Sequence[str]


@allow("lead")
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    waiting = list(held_reports()[: PAGE + 1])
    names = queries.names(each.content["requester"] for each in waiting)
    context = {"cards": [_card(each, names) for each in waiting[:PAGE]], "has_more": len(waiting) > PAGE}
    return render(request, "lead/held.html", context)


@allow("lead")
@require_POST
def admit(request: HttpRequest, submission_id: int) -> HttpResponse:
    try:
        ticket = admit_held(submission_id, actor=cast(Person, request.user))
    except Submission.DoesNotExist:
        raise Http404 from None
    except Refused as refusal:
        messages.error(request, words(refusal))
        return redirect("desk-held")
    messages.success(request, _("Admitido sin plazo como ticket #%(number)s.") % {"number": ticket.pk})
    return redirect("desk-ticket", number=ticket.pk)


@allow("lead")
@require_POST
def discard(request: HttpRequest, submission_id: int) -> HttpResponse:
    try:
        discard_held(submission_id, actor=cast(Person, request.user))
    except Submission.DoesNotExist:
        raise Http404 from None
    except Refused as refusal:
        messages.error(request, words(refusal))
        return redirect("desk-held")
    messages.success(request, _("Reporte descartado. Lo enviado se conserva fuera de la lista."))
    return redirect("desk-held")


def _card(submission: Submission, names: dict[int, str]) -> Card:
    content = submission.content
    return Card(
        submission=submission,
        requester=names.get(content["requester"], ""),
        subject=content["subject"],
        body=content["body"],
        service=content["service"],
        files=[file["file_name"] for file in content["files"]],
    )
