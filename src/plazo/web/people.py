"""What the forms that add somebody to a company share."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from plazo.people.refusals import PersonKnown
from plazo.web.tokens import OnceForm


class JoinForm(OnceForm):
    """Somebody new in a company, or somebody known by that address, once the reader says so."""

    join = forms.BooleanField(label=_("Es la misma persona: agregarla a esta empresa"), required=False)

    @property
    def asks_to_join(self) -> bool:
        return self.has_error("email", PersonKnown.code) or bool(self["join"].value())
