"""Reporting an incident, with the promise shown before it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from plazo.contracts.models import ContractVersion
from plazo.contracts.queries import in_force_among, version_in_force, versions_of
from plazo.contracts.refusals import NoContract, SeveralContracts
from plazo.contracts.terms import Terms, terms_of
from plazo.intake.accept import Held, Standing
from plazo.intake.portal import receive
from plazo.intake.report import Report
from plazo.kit import clock
from plazo.people.access import MemberRequest, allow
from plazo.people.models import Membership, Organization
from plazo.sla.explain import Sentences
from plazo.tickets import clocks
from plazo.web import labels, moments, terms
from plazo.web.fragments import is_fragment
from plazo.web.portal.whom import not_authorised_words, whom_to_ask
from plazo.web.refusing import refuse
from plazo.web.tokens import OnceForm
from plazo.web.uploads import FilesField, stored
from plazo.web.wording import words

UNSURE = ""  # the kind of whoever does not know it


class ReportForm(OnceForm):
    organization = forms.IntegerField(widget=forms.HiddenInput)
    contract = forms.TypedChoiceField(
        label=gettext_lazy("Contrato"), coerce=int, empty_value=None, required=False, widget=forms.RadioSelect
    )
    service = forms.ChoiceField(
        label=gettext_lazy("¿Qué está fallando?"), required=False, widget=forms.RadioSelect
    )
    kind = forms.ChoiceField(label=gettext_lazy("¿Qué ocurre?"), required=False, widget=forms.RadioSelect)
    subject = forms.CharField(
        label=gettext_lazy("Asunto"),
        max_length=200,
        error_messages={"required": gettext_lazy("Escriba en pocas palabras qué falla.")},
    )
    body = forms.CharField(
        label=gettext_lazy("Cuéntenos qué ve"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Desde cuándo, a quiénes afecta y qué mensaje aparece, si aparece alguno."),
        strip=False,
        error_messages={"required": gettext_lazy("Escriba qué ve: con una frase basta.")},
    )
    attachments = FilesField()

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("contract", "service", "kind"):
            cast(forms.ChoiceField, self.fields[name]).choices = getattr(choices, name)


@dataclass(frozen=True, slots=True)
class KindOption:
    """A kind of the catalogue as the form offers it; `search` is what the filter looks through."""

    code: str
    title: str
    description: str
    priority: labels.PriorityMark
    search: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What one company may choose from: its contracts, their services and kinds."""

    place: Membership
    standing: Standing
    versions: tuple[ContractVersion, ...]
    terms: Terms | None

    @property
    def organization(self) -> Organization:
        return self.place.organization

    @property
    def contract(self) -> list[tuple[str, str]]:
        return [
            ("", _("El que cubra el servicio")),
            *((str(each.pk), _title(each)) for each in self.versions),
        ]

    @property
    def service(self) -> list[tuple[str, str]]:
        areas = self.terms.policy.services if self.terms else {}
        return [*((code, labels.said(area.title)) for code, area in areas.items()), ("", _("No sé"))]

    @property
    def kind(self) -> list[tuple[str, str]]:
        kinds = self.terms.policy.kinds if self.terms else ()
        return [
            (UNSURE, _("No sé / no está en la lista")),
            *((kind.code, labels.said(kind.title)) for kind in kinds),
        ]

    @property
    def kinds(self) -> list[KindOption]:
        """The kinds with all that the page says of them."""
        return _kinds(self.terms)


@dataclass(frozen=True, slots=True)
class Promise:
    """Both terms as they would be if the report came in now, or why there are none."""

    view: terms.TermsView | None = None
    contract: str = ""
    provisional: labels.PriorityMark | None = None
    problem: str = ""

    @property
    def sentences(self) -> tuple[Sentences, ...]:
        return tuple(term.sentences for term in self.view.terms) if self.view else ()


@allow("contact")
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: MemberRequest) -> HttpResponse:
    place = _place(request, request.POST.get("organization") or request.GET.get("empresa"))
    if place is None:
        return render(request, "portal/report_company.html", {"memberships": request.memberships})
    choices = _choices(place)
    given = {"organization": place.organization_id}
    if request.method != "POST":
        form = ReportForm(initial=given, choices=choices)
        return _page(request, form, choices, _promise_for(choices, {}))
    form = ReportForm(request.POST, request.FILES, initial=given, choices=choices)
    if "see" in request.POST:
        # Without a script: the same page, with the promise and all that was typed.
        unsent = ReportForm(initial=request.POST.dict(), choices=choices)
        return _page(request, unsent, choices, _promise_for(choices, request.POST.dict()), asked=True)
    response = _send(request, form, choices) if form.is_valid() else None
    if response is None:
        return _page(request, form, choices, _promise_for(choices, request.POST.dict()), status=422)
    return response


@allow("contact")
@require_safe
def promise(request: MemberRequest) -> HttpResponse:
    """The promise alone; nothing is written."""
    place = _place(request, request.GET.get("organization"))
    if place is None:
        raise Http404
    choices = _choices(place)
    found = _promise_for(choices, request.GET.dict())
    if not is_fragment(request):
        form = ReportForm(
            initial={**request.GET.dict(), "organization": place.organization_id}, choices=choices
        )
        return _page(request, form, choices, found)
    return render(request, "portal/promise.html", {"promise": found})


def _send(request: MemberRequest, form: ReportForm, choices: Choices) -> HttpResponse | None:
    """Hand the report in; None when it is refused, with the reason on the form."""
    given = form.cleaned_data
    whom = SimpleLazyObject(lambda: whom_to_ask(choices.organization.pk))  # asked for by a refusal alone
    with refuse(form, administrators=whom), stored(given["attachments"]) as files:
        result = receive(
            Report(
                organization_id=choices.organization.pk,
                subject=given["subject"],
                body=given["body"],
                service=given["service"],
                kind=given["kind"] or None,
                files=tuple(files),
                contract_version_id=given["contract"],
            ),
            key=given["token"],
            sender=request.user,
            standing=choices.standing,
        )
    if form.errors:
        return None
    if isinstance(result, Held):
        messages.warning(request, _held_words(result))
        return redirect("portal-home")
    if result.created:
        messages.success(request, _("Recibimos su reporte #%(number)s.") % {"number": result.ticket.pk})
    return redirect("portal-ticket", number=result.ticket.pk)


def _place(request: MemberRequest, chosen: str | None) -> Membership | None:
    """Where the person reports from: the chosen company, or the only one."""
    own = {str(each.organization_id): each for each in request.memberships}
    if chosen:
        if chosen not in own:
            raise Http404
        return own[chosen]
    return next(iter(own.values())) if len(own) == 1 else None


def _choices(place: Membership) -> Choices:
    standing = Standing(place, versions_of(place.organization_id))
    versions = tuple(in_force_among(standing.versions, clock.now()))
    return Choices(place, standing, versions, terms_of(versions[0].pk) if versions else None)


def _kinds(first: Terms | None) -> list[KindOption]:
    if first is None:
        return [
            KindOption(UNSURE, _("No sé / no está en la lista"), "", labels.PriorityMark("", 0, True), "")
        ]
    policy = first.policy
    unsure = KindOption(
        UNSURE,
        _("No sé / no está en la lista"),
        _("La mesa lo clasifica. Mientras tanto rige el plazo de la prioridad %(priority)s.")
        % {"priority": labels.priority_mark(policy, policy.unclassified.priority).word},
        labels.priority_mark(policy, policy.unclassified.priority, classified=False),
        "",
    )
    kinds = [
        KindOption(
            kind.code,
            labels.said(kind.title),
            labels.said(kind.description),
            labels.priority_mark(policy, kind.priority),
            " ".join([labels.said(kind.title), labels.said(kind.description), *kind.examples]),
        )
        for kind in policy.kinds
    ]
    return [unsure, *kinds]


def _promise_for(choices: Choices, given: dict[str, Any]) -> Promise:
    try:
        version = _version(choices, given)
    except SeveralContracts:
        return Promise(
            problem=_("Más de un contrato cubre ese servicio. Elija el contrato para ver el plazo.")
        )
    except NoContract as refusal:
        return Promise(problem=f"{words(refusal)} {_without_contract()}")
    policy = terms_of(version.pk).policy
    kind = given.get("kind") or None
    if kind is not None and kind not in {each.code for each in policy.kinds}:
        kind = None
    assessment = clocks.preview(version, kind=kind)
    mark = labels.priority_mark(policy, assessment.priority, classified=assessment.classified)
    return Promise(
        view=terms.preview_view(version.pk, assessment),
        contract=_title(version),
        provisional=mark if mark.provisional else None,
    )


def _version(choices: Choices, given: dict[str, Any]) -> ContractVersion:
    chosen = given.get("contract")
    if chosen:
        for version in choices.versions:
            if str(version.pk) == chosen:
                return version
    return version_in_force(choices.standing.versions, service=given.get("service") or "", at=clock.now())


def _title(version: ContractVersion) -> str:
    own = terms_of(version.pk)
    window = labels.said(own.policy.windows[own.window].title)
    return f"{window} {labels.said(own.policy.levels[own.level].title)} · {version.contract.number}"


def _without_contract() -> str:
    return _("Envíelo igual: queda retenido, la mesa lo ve y decide. Mientras tanto no corre un plazo.")


def _held_words(held: Held) -> str:
    at = moments.long(held.submission.received_at)
    return _(
        "Recibimos su reporte el %(at)s. Quedó retenido porque no hay un contrato vigente que lo cubra: "
        "la mesa ya lo ve. Lo que decida aparece en esta página."
    ) % {"at": at}


def _not_authorised(place: Membership) -> str:
    """Said before anything is written: whom to ask."""
    return "" if place.may_report else not_authorised_words(place)


def _page(
    request: HttpRequest,
    form: ReportForm,
    choices: Choices,
    promised: Promise,
    *,
    asked: bool = False,
    status: int = 200,
) -> HttpResponse:
    chosen = form["kind"].value() or ""
    context = {
        "form": form,
        "choices": choices,
        "chosen_kind": chosen,
        "promise": promised,
        "asked": asked,
        "several": len(cast(MemberRequest, request).memberships) > 1,
        "not_authorised": _not_authorised(choices.place),
    }
    return render(request, "portal/report.html", context, status=status)
