"""Contracts: sold, amended, ended. The choices are those of the policy version chosen first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from plazo.contracts.actions import Offer, amend_contract, check_end, end_contract, sell_contract
from plazo.contracts.models import Contract, ContractVersion, PolicyVersion
from plazo.contracts.queries import contracts, is_in_force, last_day, last_version, published_policies
from plazo.contracts.terms import policy_of
from plazo.kit import clock
from plazo.people.access import allow
from plazo.people.queries import organizations_named
from plazo.sla.policy import METRICS, Policy
from plazo.sla.publishing.wording import hours_text
from plazo.tickets.queries import opened_under
from plazo.web import labels, moments
from plazo.web.administration.frame import actor, one, page
from plazo.web.compliance import whole_number
from plazo.web.desk.forms import choice
from plazo.web.once import made_once
from plazo.web.refusing import refuse
from plazo.web.tokens import OnceForm


class DateField(forms.DateField):
    """A date as browsers ask for it."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d"], **options)


class OfferForm(OnceForm):
    """What is sold under a policy version; refusals of dates and codes come from the action."""

    window = forms.ChoiceField(label=gettext_lazy("Modalidad"))
    level = forms.ChoiceField(label=gettext_lazy("Nivel"))
    services = forms.MultipleChoiceField(
        label=gettext_lazy("Servicios"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Sin marcar ninguno, el contrato los cubre todos."),
    )
    starts_on = DateField(label=gettext_lazy("Rige desde"))
    ends_on = DateField(
        label=gettext_lazy("Último día"),
        required=False,
        help_text=gettext_lazy("Vacío: hasta nuevo aviso."),
    )

    def __init__(self, *args: Any, version: PolicyVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.version = version
        policy = policy_of(version.pk)
        for name, offered in (
            ("window", policy.windows),
            ("level", policy.levels),
            ("services", policy.services),
        ):
            choice(self, name).choices = [(code, labels.said(each.title)) for code, each in offered.items()]

    def offer(self) -> Offer:
        given = self.cleaned_data
        return Offer(
            policy_version=self.version,
            window=given["window"],
            level=given["level"],
            services=tuple(given["services"]),
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
        )


class SaleForm(OfferForm):
    number = forms.CharField(label=gettext_lazy("Número de contrato"), max_length=40)

    field_order = ("number",)


class EndForm(OnceForm):
    """The last day. A day that leaves tickets after it is confirmed by itself: another day is asked anew."""

    ends_on = DateField(label=gettext_lazy("Último día"))
    confirmed = DateField(required=False, widget=forms.HiddenInput)

    def is_confirmed(self) -> bool:
        return bool(self.cleaned_data["confirmed"] == self.cleaned_data["ends_on"])


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version of a contract in words.

    last_day  on which it rules, by its own end or because a newer one begins; None: until further notice
    """

    version: ContractVersion
    window: str
    level: str
    services: str
    last_day: date | None

    @property
    def has_ruled(self) -> bool:
        """Whether any day is left to it: a newer version from the same day on leaves none."""
        return self.last_day is None or self.last_day >= self.version.starts_on


@dataclass(frozen=True, slots=True)
class ContractLine:
    """A contract with its versions, the newest first; `current` is the one in force.

    ends_on  the last day the contract covers from `current` on; None: until further notice
    """

    contract: Contract
    current: VersionLine | None
    ends_on: date | None
    versions: tuple[VersionLine, ...]


@allow("administrator")
@require_safe
def show(request: HttpRequest, contract_id: int) -> HttpResponse:
    return _contract_page(request, one(contracts(), contract_id), EndForm())


@allow("administrator")
@require_http_methods(["GET", "HEAD", "POST"])
def sell(request: HttpRequest, organization_id: int) -> HttpResponse:
    organization = one(organizations_named(""), organization_id)
    version = _chosen_version(request)
    if version is None:
        return _offer_page(request, None, {"organization": organization})
    if request.method != "POST":
        return _offer_page(request, SaleForm(version=version), {"organization": organization})
    form = SaleForm(request.POST, version=version)
    if form.is_valid():
        with refuse(form):
            number, offer = form.cleaned_data["number"], form.offer()
            sold = made_once(
                request,
                form,
                lambda: (
                    sell_contract(organization, number=number, offer=offer, actor=actor(request)).contract_id
                ),
            )
            messages.success(request, _("Contrato %(number)s vendido.") % {"number": number})
            return redirect("administration-contract", contract_id=sold)
    return _offer_page(request, form, {"organization": organization}, status=422)


@allow("administrator")
@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: HttpRequest, contract_id: int) -> HttpResponse:
    contract = one(contracts(), contract_id)
    last = last_version(contract)
    version = _chosen_version(request, default=last.policy_version)
    if version is None:
        raise Http404
    context = {"organization": contract.organization, "contract": contract}
    if request.method != "POST":
        initial = {
            "window": last.window,
            "level": last.level,
            "services": last.services,
            "ends_on": last.ends_on,
        }
        return _offer_page(request, OfferForm(version=version, initial=initial), context)
    form = OfferForm(request.POST, version=version)
    if form.is_valid():
        with refuse(form):
            offer = form.offer()
            added = made_once(
                request, form, lambda: amend_contract(contract, offer=offer, actor=actor(request)).pk
            )
            amended = one(contract.versions.all(), added)
            said = _("Contrato enmendado: la versión %(number)s rige desde el %(day)s.")
            messages.success(
                request, said % {"number": amended.number, "day": moments.date_words(amended.starts_on)}
            )
            return redirect("administration-contract", contract_id=contract_id)
    return _offer_page(request, form, context, status=422)


@allow("administrator")
@require_POST
def end(request: HttpRequest, contract_id: int) -> HttpResponse:
    contract = one(contracts(), contract_id)
    form = EndForm(request.POST)
    opened_after = 0
    if form.is_valid():
        with refuse(form):
            ends_on = form.cleaned_data["ends_on"]
            since = check_end(contract, ends_on=ends_on)
            opened_after = 0 if form.is_confirmed() else opened_under(contract_id, since)
            if not opened_after:
                made_once(
                    request, form, lambda: end_contract(contract, ends_on=ends_on, actor=actor(request)).pk
                )
    if form.errors or opened_after:
        return _contract_page(
            request, one(contracts(), contract_id), form, opened_after=opened_after, status=422
        )
    messages.success(request, _("Término guardado. Los tickets abiertos siguen bajo el contrato."))
    return redirect("administration-contract", contract_id=contract_id)


def contract_line(contract: Contract) -> ContractLine:
    """A contract as lists show it."""
    newest_first = sorted(
        contract.versions.all(), key=lambda each: (each.starts_at, each.number), reverse=True
    )
    newer = [None, *newest_first[:-1]]
    lines = tuple(_version_line(each, after) for each, after in zip(newest_first, newer, strict=True))
    now = clock.now()
    # Of those begun the latest rules, even where it has ended: an end is an amendment.
    begun = next((each for each in lines if each.version.starts_at <= now), None)
    current = begun if begun is not None and is_in_force(begun.version, now) else None
    following = [each.version for each in reversed(lines)]
    return ContractLine(contract, current, last_day(current.version, following) if current else None, lines)


def _version_line(version: ContractVersion, newer: ContractVersion | None) -> VersionLine:
    ends = [version.ends_on, newer.starts_on - timedelta(days=1) if newer else None]
    policy = policy_of(version.policy_version_id)
    services = [labels.service_title(policy, code) for code in version.services]
    return VersionLine(
        version=version,
        window=labels.said(policy.windows[version.window].title),
        level=labels.said(policy.levels[version.level].title),
        services=", ".join(services) or _("todos"),
        last_day=min((day for day in ends if day), default=None),
    )


def _chosen_version(request: HttpRequest, default: PolicyVersion | None = None) -> PolicyVersion | None:
    """The published version asked for, else the one given, else the latest; None while there is none."""
    published = published_policies()
    chosen = request.GET.get("acuerdo", "")
    if chosen:
        return one(published, whole_number(chosen))
    return default or published.first()


def _contract_page(
    request: HttpRequest, contract: Contract, form: forms.Form, *, opened_after: int = 0, status: int = 200
) -> HttpResponse:
    context = {
        "line": contract_line(contract),
        "organization": contract.organization,
        "form": form,
        "opened_after": opened_after,
    }
    return page(request, "contract.html", "organizations", context, status=status)


def _offer_page(
    request: HttpRequest, form: OfferForm | None, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    policy = policy_of(form.version.pk) if form else None
    context |= {
        "form": form,
        "policies": published_policies(),
        "windows": _windows(policy) if policy else [],
        "terms": _terms(policy) if policy else [],
        "levels": [labels.said(each.title) for each in policy.levels.values()] if policy else [],
    }
    return page(request, "offer.html", "organizations", context, status=status)


def _windows(policy: Policy) -> list[tuple[str, list[str]]]:
    return [
        (labels.said(window.title), [hours_text(hours, moments.language()) for hours in window.hours])
        for window in policy.windows.values()
    ]


def _terms(policy: Policy) -> list[tuple[labels.PriorityMark, list[list[int | None]]]]:
    """For each priority the terms of each level, response first, in counted seconds."""
    return [
        (
            labels.priority_mark(policy, priority),
            [
                [policy.seconds(metric, priority=priority, level=level) for metric in METRICS]
                for level in policy.levels
            ],
        )
        for priority in policy.priorities
    ]
