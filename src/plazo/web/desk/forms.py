"""What the desk fills in for each act on a ticket."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plazo.contracts.models import ContractVersion
from plazo.contracts.terms import terms_of
from plazo.kit import clock
from plazo.people.models import Person
from plazo.sla import Assessment
from plazo.sla.policy import Policy
from plazo.sla.publishing.wording import period
from plazo.web import labels, moments
from plazo.web.tokens import OnceForm
from plazo.web.uploads import FilesField


class MomentField(forms.DateTimeField):
    """A local date and time, in the reader's zone, as browsers ask for it."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"], **options)


class CallMomentField(MomentField):
    """When somebody called: not ahead of the desk's clock, but for a minute between two clocks."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None and value > clock.now() + timedelta(minutes=1):
            raise forms.ValidationError(_("La hora de la llamada no puede quedar en el futuro."))


class ActForm(OnceForm):
    """Carries what its writer had seen of the ticket, so that nobody writes over what another did."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1, required=False)


class TextForm(ActForm):
    body = forms.CharField(
        label=_("Texto"), widget=forms.Textarea(attrs={"rows": 5}), required=False, strip=False
    )


class ReplyForm(TextForm):
    OPEN, WAIT, RESOLVE = "open", "wait", "resolve"
    THENS = ((OPEN, _("sigue abierto")), (WAIT, _("esperar al cliente")), (RESOLVE, _("resolver")))

    attachments = FilesField()
    then = forms.ChoiceField(
        label=_("Después"),
        choices=THENS,
        widget=forms.RadioSelect,
        initial=OPEN,
        required=False,
    )
    waiting_reason = ""  # code of the agreement's pause that waits for the client, if it has one
    effects: Mapping[str, str] = MappingProxyType({})  # by what follows: what it does to the term

    def foretell(self, policy: Policy | None) -> None:
        """Learn from the agreement what may follow, and what comes of it."""
        self.effects = {}
        if policy is None:
            return
        reasons = policy.pauses.reasons.items()
        self.waiting_reason = next((code for code, rule in reasons if rule.ends_with == "client"), "")
        if self.waiting_reason:
            self.effects[self.WAIT] = _(
                "La solución deja de correr al enviar. Sigue cuando el cliente escriba, "
                "o por sí sola a más tardar en %(time)s."
            ) % {"time": _period(policy.pauses.reasons[self.waiting_reason].limit)}
        self.effects[self.RESOLVE] = _(
            "Se le avisa al cliente. Si no contesta, el ticket se cierra en %(time)s."
        ) % {"time": _period(policy.closing.after)}

    def clean_then(self) -> str:
        then = str(self.cleaned_data["then"])
        if then == self.WAIT and not self.waiting_reason:
            raise forms.ValidationError(
                _("El acuerdo de este ticket no tiene una pausa que espere al cliente.")
            )
        return then

    def clean(self) -> dict[str, Any]:
        return (super().clean() or {}) | {"waiting_reason": self.waiting_reason}

    def offer(self, state: str, then: str) -> None:
        """Leave out what cannot follow in this state of the ticket, and preset `then` where it can."""
        waits = (self.WAIT,) if self.waiting_reason else ()
        possible = {"open": (self.OPEN, *waits, self.RESOLVE), "paused": (self.OPEN, self.RESOLVE)}
        left = {"paused": _("sigue en pausa"), "resolved": _("sigue resuelto")}
        choices = [
            (code, left.get(state, word) if code == self.OPEN else word)
            for code, word in self.THENS
            if code in possible.get(state, (self.OPEN,))
        ]
        choice(self, "then").choices = choices
        if then in dict(choices):
            self.initial["then"] = then


class NoteForm(TextForm):
    attachments = FilesField()


class CallForm(TextForm):
    spoke = forms.TypedChoiceField(
        label=_("¿Habló con el cliente?"),
        choices=[("yes", _("Sí")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Diga si habló con el cliente: solo así cuenta como respuesta.")},
    )
    at = CallMomentField(label=_("Hora de la llamada"), required=False)


class ClassifyForm(ActForm):
    kind = forms.ChoiceField(label=_("Tipo de incidente"))
    priority = forms.ChoiceField(
        label=_("Prioridad"), required=False, help_text=_("Solo cuando ningún tipo del catálogo corresponde.")
    )
    reason = forms.CharField(label=_("Motivo"), max_length=500, required=False)

    def __init__(self, *args: Any, policy: Policy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice(self, "kind").choices = [("", _("No está en la lista")), *grouped_kinds(policy)]
        choice(self, "kind").required = False
        choice(self, "priority").choices = [
            ("", _("La del tipo")),
            *((code, labels.said(each.title)) for code, each in policy.priorities.items()),
        ]


class PromiseForm(ActForm):
    due = MomentField(
        label=_("Solución estimada"),
        help_text=_("No después del plazo de solución. El cliente la ve."),
        error_messages={"required": _("Indique el día y la hora.")},
    )


class PauseForm(TextForm):
    reason = forms.ChoiceField(label=_("Motivo"))

    def __init__(self, *args: Any, policy: Policy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rules = policy.pauses.reasons
        self.fields["body"].help_text = _("Va al cliente. Hace falta si se le espera a él.")
        choice(self, "reason").choices = [
            (
                code,
                _("%(reason)s, hasta %(time)s")
                % {"reason": labels.said(rule.title), "time": _period(rule.limit)},
            )
            for code, rule in self.rules.items()
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        rule = self.rules.get(given.get("reason", ""))
        if rule and rule.needs_message and not given.get("body", "").strip():
            self.add_error(
                "body", _("Escriba al cliente qué necesita de él: la pausa empieza con ese mensaje.")
            )
        return given


class AssignForm(ActForm):
    to: forms.ModelChoiceField[Person] = forms.ModelChoiceField(
        label=_("Asignar a"), queryset=None, empty_label=_("Nadie"), required=False
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Person]", self.fields["to"]).queryset = people


class ReasonForm(ActForm):
    reason = forms.CharField(
        label=_("Motivo"),
        max_length=500,
        error_messages={"required": _("Escriba el motivo: queda en el historial.")},
    )


class RebindForm(ReasonForm):
    version = forms.TypedChoiceField(label=_("Contrato que rige"))

    def __init__(self, *args: Any, versions: Sequence[ContractVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_key = {str(version.pk): version for version in versions}
        field = cast(forms.TypedChoiceField, self.fields["version"])
        field.choices = [(key, contract_title(version)) for key, version in by_key.items()]
        field.coerce = by_key.__getitem__


class WaiverForm(ReasonForm):
    metric = forms.ChoiceField(label=_("Plazo"))
    holder = forms.ChoiceField(
        label=_("Quién lo causó"),
        choices=[(code, word) for code, word in labels.HOLDERS.items()],
    )

    def __init__(self, *args: Any, assessment: Assessment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice(self, "metric").choices = [
            (metric, labels.label(labels.METRICS, metric))
            for metric, clock in assessment.clocks.items()
            if clock.missed_at is not None
        ]


def _period(seconds: int) -> str:
    """Running time, as the agreement's page says it."""
    return period(seconds, moments.language())


def choice(form: forms.Form, name: str) -> forms.ChoiceField:
    """The field of that name, known to be a choice."""
    return cast(forms.ChoiceField, form.fields[name])


def contract_title(version: ContractVersion) -> str:
    """A contract as people tell it from another: number, window, level."""
    terms = terms_of(version.pk)
    window = labels.said(terms.policy.windows[terms.window].title)
    return f"{version.contract.number}: {window}, {labels.said(terms.policy.levels[terms.level].title)}"


def grouped_kinds(policy: Policy) -> list[tuple[str, list[tuple[str, str]]]]:
    """The catalogue under its priorities, the most urgent first."""
    return [
        (
            labels.said(priority.title),
            [(kind.code, labels.said(kind.title)) for kind in policy.kinds if kind.priority == code],
        )
        for code, priority in policy.priorities.items()
    ]


def local(at: datetime) -> str:
    """An instant as a datetime-local field takes it, in the reader's zone."""
    return timezone.localtime(at).strftime("%Y-%m-%dT%H:%M")
