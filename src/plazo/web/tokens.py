"""One-time form tokens: a form sent twice does its work once."""

from __future__ import annotations

import secrets
from typing import cast

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict


def new_token() -> str:
    return secrets.token_urlsafe(16)


class OnceForm(forms.Form):
    """A form that carries a token, new with each page and kept when it is refused."""

    token = forms.CharField(widget=forms.HiddenInput, max_length=64, initial=new_token)

    def renew(self) -> None:
        """Let what was refused be sent as something new."""
        given = cast(QueryDict, self.data)
        self.data = MultiValueDict({**dict(given.lists()), "token": [new_token()]})
