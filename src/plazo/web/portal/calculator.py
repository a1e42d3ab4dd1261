"""What a contract would promise for a priority and an hour. Asks the engine; nothing is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plazo.contracts.models import ContractVersion
from plazo.contracts.terms import Terms, terms_of
from plazo.kit import clock
from plazo.tickets import clocks
from plazo.web import labels, terms

FARTHEST: Final = timedelta(days=366)
_MINUTE: Final = "%Y-%m-%dT%H:%M"  # as browsers send a datetime-local


class CalculatorForm(forms.Form):
    contract = forms.IntegerField(widget=forms.HiddenInput)
    priority = forms.ChoiceField(label=gettext_lazy("Prioridad"))
    at = forms.DateTimeField(
        label=gettext_lazy("Si llega el"),
        input_formats=[_MINUTE],
        widget=forms.DateTimeInput(format=_MINUTE, attrs={"type": "datetime-local"}),
    )

    def __init__(self, data: QueryDict | None, *, contract_id: int, own: Terms) -> None:
        initial = {"contract": contract_id, "at": clock.now()}
        super().__init__(data, initial=initial, auto_id=f"calculo{contract_id}_%s")
        cast(forms.ChoiceField, self.fields["priority"]).choices = [
            (code, labels.priority_mark(own.policy, code).word) for code in own.policy.priorities
        ]

    def clean_at(self) -> datetime:
        at: datetime = self.cleaned_data["at"]
        if abs(at - clock.now()) > FARTHEST:
            raise forms.ValidationError(_("Elija un instante a menos de un año de hoy."))
        return at


@dataclass(frozen=True, slots=True)
class Calculation:
    """The form, and both terms once it was filled in."""

    form: CalculatorForm
    view: terms.TermsView | None = None


def calculation(version: ContractVersion, asked: QueryDict) -> Calculation:
    """Of the contract that was asked for; of any other, only the form."""
    own = terms_of(version.pk)
    is_asked = asked.get("contract") == str(version.contract_id)
    form = CalculatorForm(asked if is_asked else None, contract_id=version.contract_id, own=own)
    if not form.is_valid():
        return Calculation(form)
    given = form.cleaned_data
    assessment = clocks.preview(version, priority=given["priority"], at=given["at"])
    return Calculation(form, terms.preview_view(version.pk, assessment))
