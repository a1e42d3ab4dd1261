"""A consultant opens a ticket for somebody who called."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from plazo.contracts.queries import versions_in_force
from plazo.contracts.terms import Terms, terms_of
from plazo.intake.accept import Held
from plazo.intake.phone import receive
from plazo.intake.refusals import NotAuthorised, Revoked
from plazo.intake.report import Report
from plazo.kit import clock
from plazo.people.access import allow
from plazo.people.models import Membership, Organization, Person
from plazo.people.queries import members_of, organizations_visible_to
from plazo.web import labels
from plazo.web.desk.forms import CallMomentField, choice, contract_title, grouped_kinds, local
from plazo.web.portal.whom import whom_to_ask
from plazo.web.refusing import refuse
from plazo.web.tokens import OnceForm


class CallerForm(OnceForm):
    """Who called, and what about. The lists are those of the company chosen."""

    requester = forms.TypedChoiceField(label=gettext_lazy("Quién llamó"))
    at = CallMomentField(
        label=gettext_lazy("Hora de la llamada"),
        help_text=gettext_lazy("El plazo corre desde esa hora."),
    )
    contract = forms.ChoiceField(label=gettext_lazy("Contrato"), required=False)
    service = forms.ChoiceField(label=gettext_lazy("Servicio"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Tipo de incidente"), required=False)
    subject = forms.CharField(label=gettext_lazy("Asunto"), max_length=200, required=False)
    body = forms.CharField(
        label=gettext_lazy("Qué ocurre"),
        widget=forms.Textarea(attrs={"rows": 6}),
        strip=False,
    )

    def __init__(self, *args: Any, company: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = {str(each.person_id): each for each in members_of(company.pk) if each.is_active}
        caller = cast(forms.TypedChoiceField, self.fields["requester"])
        caller.choices = [(key, _caller(each)) for key, each in members.items()]
        caller.coerce = lambda key: members[key].person
        versions = versions_in_force(company.pk, clock.now())
        choice(self, "contract").choices = [
            *([("", _("El que cubra el servicio"))] if len(versions) != 1 else []),
            *((str(each.pk), contract_title(each)) for each in versions),
        ]
        terms = terms_of(versions[0].pk) if versions else None
        choice(self, "service").choices = [("", _("No se sabe")), *_services(terms)]
        choice(self, "kind").choices = [
            ("", _("No sé / no está en la lista")),
            *(grouped_kinds(terms.policy) if terms else []),
        ]


@allow("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    person = cast(Person, request.user)
    companies = organizations_visible_to(person).filter(is_active=True)
    company = _chosen(companies, request)
    if company is None:
        return render(request, "desk/call.html", {"companies": companies})
    if request.method != "POST":
        form = CallerForm(company=company, initial={"at": local(clock.now())})
        return _page(request, companies, company, form)
    form = CallerForm(request.POST, company=company)
    if form.is_valid():
        with refuse(form):
            try:
                return _open(request, company, form.cleaned_data)
            except (NotAuthorised, Revoked):
                # The sentence of the refusal speaks to the contact; here somebody else reads it.
                told = _("Esa persona no está autorizada a reportar. La autoriza %(whom)s.")
                form.add_error("requester", told % {"whom": whom_to_ask(company.pk)})
    return _page(request, companies, company, form, status=422)


def _open(request: HttpRequest, company: Organization, given: dict[str, Any]) -> HttpResponse:
    report = Report(
        organization_id=company.pk,
        subject=given["subject"],
        body=given["body"],
        service=given["service"],
        kind=given["kind"] or None,
        opened_at=min(given["at"], clock.now()),
        contract_version_id=int(given["contract"]) if given["contract"] else None,
        requester=given["requester"],
    )
    result = receive(report, key=given["token"], consultant=cast(Person, request.user))
    if isinstance(result, Held):
        messages.warning(
            request, _("Quedó retenido: ningún contrato vigente lo cubre. Jefatura puede admitirlo.")
        )
        return redirect("desk-queue")
    messages.success(request, _("Ticket abierto. Se avisó a quien llamó, con sus plazos."))
    return redirect("desk-ticket", number=result.ticket.pk)


def _chosen(companies: Any, request: HttpRequest) -> Organization | None:
    number = request.GET.get("cliente") or request.POST.get("cliente") or ""
    if not number:
        return None
    found: Organization | None = (
        companies.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 19 else None
    )
    if found is None:
        raise Http404
    return found


def _caller(membership: Membership) -> str:
    if membership.may_report:
        return membership.person.name
    return _("%(name)s (no autorizado a reportar)") % {"name": membership.person.name}


def _services(terms: Terms | None) -> list[tuple[str, str]]:
    return [(code, labels.said(area.title)) for code, area in terms.policy.services.items()] if terms else []


def _page(
    request: HttpRequest, companies: Any, company: Organization, form: forms.Form, status: int = 200
) -> HttpResponse:
    context = {"companies": companies, "company": company, "form": form}
    return render(request, "desk/call.html", context, status=status)
