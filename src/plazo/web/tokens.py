"""One-time form tokens: a form sent twice does its work once."""

from __future__ import annotations

import secrets
from typing import Any, Final, cast

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

MOST_FIELDS: Final = 500  # far more than any form of ours has


def new_token() -> str:
    return secrets.token_urlsafe(16)


class OnceForm(forms.Form):
    """A form that carries a token, new with each page and kept when it is refused."""

    token = forms.RegexField(r"^[A-Za-z0-9_-]{1,64}\Z", widget=forms.HiddenInput, initial=new_token)

    def clean(self) -> dict[str, Any]:
        """Refuse what no page of ours sends, in such a way that the page shown again can be sent."""
        if sum(len(values) for _name, values in cast(QueryDict, self.data).lists()) > MOST_FIELDS:
            self.add_error(None, _("El envío traía datos de más y no se guardó. Revíselo y envíe de nuevo."))
        # An error on a field that nobody sees would point at nothing that anybody can mend.
        broken = [field.name for field in self.hidden_fields() if field.errors]
        if broken:
            for name in broken:
                del self.errors[name]
            self._refill(broken)
            self.add_error(None, _("El formulario llegó dañado y no se guardó. Revíselo y envíe de nuevo."))
        return self.cleaned_data

    def renew(self) -> None:
        """Let what was refused be sent as something new."""
        self._refill(["token"])

    def _refill(self, names: list[str]) -> None:
        given = dict(cast(QueryDict, self.data).lists())
        fresh = {name: [self.get_initial_for_field(self.fields[name], name)] for name in names}
        self.data = MultiValueDict(given | fresh)
