"""What the administration fills in about clients and people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plazo.people.details import DEFAULT_ZONE, OrganizationDetails, PersonDetails
from plazo.people.models import DESK_ROLES, Membership, Organization, Person
from plazo.people.places import REGIONS
from plazo.web import labels
from plazo.web.people import JoinForm
from plazo.web.preferences import zone_choices
from plazo.web.tokens import OnceForm


def region_choices() -> list[tuple[str, str]]:
    """The regions of Chile, from north to south."""
    return [(code, name) for regions in REGIONS.values() for code, name in regions.items()]


class OrganizationForm(forms.Form):
    FIELDS = ("name", "tax_id", "country", "region", "commune", "zone")

    name = forms.CharField(label=_("Nombre"), max_length=160)
    tax_id = forms.CharField(label=_("RUT"), max_length=20, required=False, help_text=_("Como 76000000-1."))
    country = forms.CharField(label=_("País"), max_length=2, initial="CL")
    region = forms.ChoiceField(
        label=_("Región"),
        required=False,
        choices=lambda: [("", _("Sin región")), *region_choices()],
        help_text=_("Decide qué feriados regionales valen en los contratos que se vendan."),
    )
    commune = forms.CharField(label=_("Comuna"), max_length=64, required=False)
    zone = forms.ChoiceField(label=_("Zona horaria"), choices=zone_choices, initial=DEFAULT_ZONE)

    def details(self) -> OrganizationDetails:
        given = self.cleaned_data
        return OrganizationDetails(**{field: given[field] for field in self.FIELDS})

    @staticmethod
    def of(organization: Organization) -> dict[str, Any]:
        """What the form shows of a client."""
        return {field: getattr(organization, field) for field in OrganizationForm.FIELDS}


class NewOrganizationForm(OnceForm, OrganizationForm):
    """A client that is not known yet."""


class PersonForm(forms.Form):
    name = forms.CharField(label=_("Nombre"), max_length=120)
    email = forms.EmailField(label=_("Correo"), max_length=254)
    phone = forms.CharField(label=_("Teléfono"), max_length=32, required=False)

    def details(self) -> PersonDetails:
        """Those of somebody new."""
        given = self.cleaned_data
        return PersonDetails(email=given["email"], name=given["name"], phone=given["phone"])

    def details_of(self, person: Person) -> PersonDetails:
        """Those of somebody known, whose language and zone stay their own."""
        given = self.cleaned_data
        return PersonDetails(
            email=given["email"],
            name=given["name"],
            phone=given["phone"],
            language=person.language,
            zone=person.zone,
        )


class DeskPersonForm(OnceForm, PersonForm):
    desk_role = forms.ChoiceField(
        label=_("Rol en la mesa"),
        choices=lambda: [(code, labels.label(labels.ROLES, code)) for code in DESK_ROLES],
    )


class RoleForm(forms.Form):
    desk_role = forms.ChoiceField(
        label=_("Rol en la mesa"),
        required=False,
        choices=lambda: [
            ("", _("Ninguno: no trabaja en la mesa")),
            *((code, labels.label(labels.ROLES, code)) for code in DESK_ROLES),
        ],
    )


class PlaceForm(forms.Form):
    """A person's place in a client company."""

    role = forms.ChoiceField(
        label=_("Rol"),
        choices=lambda: [
            (code, labels.label(labels.ROLES, code))
            for code in (Membership.CONTACT, Membership.CLIENT_ADMINISTRATOR)
        ],
    )
    sees = forms.ChoiceField(
        label=_("Ve"), choices=lambda: [(code, str(word)) for code, word in labels.SEES.items()]
    )
    may_report = forms.BooleanField(label=_("Autorizada a reportar"), required=False)

    def place(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {field: given[field] for field in ("role", "sees", "may_report")}


class MemberForm(JoinForm, PersonForm, PlaceForm):
    """Somebody new in a client company."""
