"""What the agreement of a ticket lets its forms offer: no reason of a pause is known by name."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from plazo.sla.loader import read_policy
from plazo.sla.policy import Policy
from plazo.web.desk.forms import PauseForm, ReplyForm
from tests.world import POLICY

OWN_WORD = "waits_for_you"


@pytest.fixture(scope="module")
def policy() -> Policy:
    """An agreement that calls its pause for the client by a code of its own."""
    source = POLICY.read_text(encoding="utf-8")
    assert source.count("\n    client:\n") == 1
    return read_policy(source.replace("\n    client:\n", f"\n    {OWN_WORD}:\n"), name="otra.yaml")


def without_waiting(policy: Policy) -> Policy:
    reasons = {code: rule for code, rule in policy.pauses.reasons.items() if code != OWN_WORD}
    pauses = policy.pauses.model_copy(update={"reasons": reasons})
    return policy.model_copy(update={"pauses": pauses})


def sent(**fields: str) -> QueryDict:
    return QueryDict(urlencode({"token": "uno"} | fields))


def reply(policy: Policy | None, **given: Any) -> ReplyForm:
    form = ReplyForm(sent(body="¿Qué versión usa?", **given) if given else None)
    form.foretell(policy)
    return form


def test_an_answer_waits_under_the_agreements_own_code(policy: Policy) -> None:
    form = reply(policy, then="wait")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["waiting_reason"] == OWN_WORD


def test_what_follows_is_said_before_it_is_sent(policy: Policy) -> None:
    effects = reply(policy).effects
    assert "o por sí sola a más tardar en 10 días" in str(effects["wait"])
    assert "el ticket se cierra en 5 días" in str(effects["resolve"])


@pytest.mark.parametrize("has_agreement", [True, False])
def test_without_such_a_pause_waiting_is_neither_offered_nor_taken(
    policy: Policy, has_agreement: bool
) -> None:
    ruling = without_waiting(policy) if has_agreement else None
    shown = reply(ruling)
    shown.offer("open", "wait")
    assert [code for code, _ in shown.fields["then"].choices] == ["open", "resolve"]
    refused = reply(ruling, then="wait")
    assert not refused.is_valid()
    assert "no tiene una pausa que espere al cliente" in str(refused.errors["then"])


def test_each_reason_of_a_pause_says_how_long_it_may_last(policy: Policy) -> None:
    choices = [str(words) for _, words in PauseForm(policy=policy).fields["reason"].choices]
    assert "En espera del cliente, hasta 10 días" in choices
    assert "En espera del SII, hasta 5 días" in choices


def test_a_pause_for_the_client_asks_for_its_message(policy: Policy) -> None:
    form = PauseForm(sent(reason=OWN_WORD, body="  "), policy=policy)
    assert not form.is_valid()
    assert "qué necesita de él" in str(form.errors["body"])
    assert PauseForm(sent(reason="sii"), policy=policy).is_valid()
