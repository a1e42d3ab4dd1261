"""Policy versions: checked, kept as a draft, compared, seen as published, published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from plazo.contracts.actions import attach_document, publish_policy, upload_policy
from plazo.contracts.models import PolicyVersion
from plazo.contracts.queries import policy_versions, published_policies
from plazo.contracts.refusals import PolicyInvalid
from plazo.contracts.terms import policy_in
from plazo.kit.files import open_stored, safe_name
from plazo.kit.refusals import Refused
from plazo.people.access import allow
from plazo.sla.difference import differences
from plazo.sla.loader import MAX_BYTES, PolicyError, Problem
from plazo.sla.policy import Policy
from plazo.web import moments
from plazo.web.administration.frame import actor, one, page
from plazo.web.agreement import agreement_html
from plazo.web.compliance import whole_number
from plazo.web.refusing import refuse
from plazo.web.uploads import stored
from plazo.web.wording import words

PASTED = "acuerdo.yaml"  # what a text without a file is called in the errors


@dataclass(frozen=True, slots=True)
class Fault:
    """A problem of a policy file in the reader's language, with the line it stands in."""

    problem: Problem
    message: str
    mend: str
    excerpt: str


class UploadForm(forms.Form):
    """A policy as a file or as a text; the file wins, and becomes the text that is shown."""

    CHECK, KEEP = "check", "keep"

    file = forms.FileField(label=gettext_lazy("Archivo del acuerdo (YAML)"), required=False)
    source = forms.CharField(
        label=gettext_lazy("Texto del acuerdo"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false", "class": "mono", "wrap": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        upload = given.get("file")
        if upload is not None:
            given["source"] = self._text_of(upload)
        elif not given.get("source", "").strip():
            self.add_error("source", _("Suba un archivo o pegue el texto del acuerdo."))
        # Browsers send line ends of their own; the digest is that of the file.
        given["source"] = given.get("source", "").replace("\r\n", "\n")
        return given

    @property
    def name(self) -> str:
        """What the errors call the text."""
        upload = self.cleaned_data.get("file")
        return safe_name(upload.name or "") if upload else PASTED

    def _text_of(self, upload: Any) -> str:
        if upload.size > MAX_BYTES:
            self.add_error("file", _("El archivo pesa demasiado para ser un acuerdo."))
            return str(self.data.get("source", ""))
        try:
            return str(upload.read().decode("utf-8"))
        except UnicodeDecodeError:
            self.add_error(
                "file", _("El archivo no es texto en UTF-8. Guárdelo como UTF-8 y súbalo de nuevo.")
            )
            return str(self.data.get("source", ""))


class PublishForm(forms.Form):
    """Publishing cannot be taken back: the number is typed by hand."""

    number = forms.IntegerField(label=gettext_lazy("Escriba el número de la versión"))

    def __init__(self, *args: Any, version: PolicyVersion) -> None:
        super().__init__(*args)
        self.version = version

    def clean_number(self) -> int:
        number: int = self.cleaned_data["number"]
        if number != self.version.version:
            raise forms.ValidationError(_("Escriba %(number)s."), params={"number": self.version.version})
        return number


class DocumentForm(forms.Form):
    document = forms.FileField(label=gettext_lazy("Documento firmado"))


@allow("administrator")
@require_safe
def show_all(request: HttpRequest) -> HttpResponse:
    versions = policy_versions().select_related("uploaded_by", "published_by")
    return page(request, "policies.html", "policies", {"versions": versions})


@allow("administrator")
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Check a policy; keep it as a draft when it is sound and the reader says so."""
    if request.method != "POST":
        return _upload_page(request, UploadForm(initial={"source": _starting_text(request)}))
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _upload_page(request, form, status=422)
    source = form.cleaned_data["source"]
    if request.POST.get("act") != UploadForm.KEEP:
        return _check(request, form, source)
    try:
        version = upload_policy(source, actor=actor(request), name=form.name)
    except PolicyInvalid as refusal:
        return _upload_page(request, form, faults=_faults(refusal.problems, source), status=422)
    except Refused as refusal:
        form.add_error(None, words(refusal))
        return _upload_page(request, form, status=422)
    messages.success(request, _("Borrador guardado. Revise las diferencias antes de publicar."))
    return redirect("administration-policy", version_id=version.pk)


@allow("administrator")
@require_safe
def show(request: HttpRequest, version_id: int) -> HttpResponse:
    return _version_page(request, _version(version_id))


@allow("administrator")
@require_safe
def preview(request: HttpRequest, version_id: int) -> HttpResponse:
    """The agreement as its clients will read it."""
    version = _version(version_id)
    try:
        policy = policy_in(version.source)
    except PolicyError:
        return _version_page(request, version)
    context = {"version": version, "body": agreement_html(policy)}
    return page(request, "policy_preview.html", "policies", context)


@allow("administrator")
@require_POST
def publish(request: HttpRequest, version_id: int) -> HttpResponse:
    version = _version(version_id)
    form = PublishForm(request.POST, version=version)
    if form.is_valid():
        with refuse(form):
            try:
                publish_policy(version, actor=actor(request))
            except PolicyInvalid:
                # Its faults stand on the page of the version, each with its line.
                form.add_error(None, _("El acuerdo tiene errores: corríjalos y cárguelo de nuevo."))
    if form.errors:
        return _version_page(request, version, {"publish_form": form}, status=422)
    messages.success(request, _("Versión %(number)s publicada.") % {"number": version.version})
    return redirect("administration-policy", version_id=version_id)


@allow("administrator")
@require_POST
def attach(request: HttpRequest, version_id: int) -> HttpResponse:
    version = _version(version_id)
    form = DocumentForm(request.POST, request.FILES)
    if form.is_valid():
        with refuse(form), stored([form.cleaned_data["document"]]) as (file,):
            attach_document(version, file, actor=actor(request))
    if form.errors:
        return _version_page(request, version, {"document_form": form}, status=422)
    messages.success(request, _("Documento firmado guardado: su huella es la que nombra el acuerdo."))
    return redirect("administration-policy", version_id=version_id)


@allow("administrator")
@require_safe
def document(request: HttpRequest, version_id: int) -> FileResponse:
    """The signed document, as it was uploaded."""
    version = _version(version_id)
    try:
        file = open_stored(version.document_stored_name)
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(
        file, as_attachment=True, filename=version.document_name, content_type="application/octet-stream"
    )


def _version(version_id: int) -> PolicyVersion:
    return one(policy_versions().select_related("uploaded_by", "published_by"), version_id)


def _starting_text(request: HttpRequest) -> str:
    """The text of the version to start from, when one is named."""
    start = request.GET.get("desde", "")
    return _version(whole_number(start)).source if start else ""


def _check(request: HttpRequest, form: UploadForm, source: str) -> HttpResponse:
    try:
        policy = policy_in(source, form.name)
    except PolicyError as error:
        return _upload_page(request, form, faults=_faults(error.problems, source), status=422)
    last = published_policies().filter(code=policy.provider.code).first()
    if last is not None and policy.version <= last.version:
        # It cannot be kept under this number: what the last one says tells whether it is worth another.
        told = differences(policy_in(last.source), policy, moments.language())
        return _upload_page(request, form, sound=policy, published=last, differences=told)
    return _upload_page(request, form, sound=policy, differences=_differences_to_published(policy))


def _faults(problems: tuple[Problem, ...], source: str) -> list[Fault]:
    lines, language = source.splitlines(), moments.language()
    return [
        Fault(
            problem=each,
            message=each.message.in_language(language),
            mend=each.mend.in_language(language),
            excerpt=lines[each.line - 1].strip()[:200] if 0 < each.line <= len(lines) else "",
        )
        for each in problems
    ]


def _differences_to_published(policy: Policy) -> list[str] | None:
    """What changes from the last published version before this one; None when it is the first."""
    code, number = policy.provider.code, policy.version
    before = published_policies().filter(code=code, version__lt=number).first()
    return None if before is None else differences(policy_in(before.source), policy, moments.language())


def _upload_page(request: HttpRequest, form: forms.Form, status: int = 200, **context: Any) -> HttpResponse:
    source = form.cleaned_data.get("source") if form.is_bound and hasattr(form, "cleaned_data") else None
    shown = {"form": form, "source": source if source is not None else form["source"].value() or ""}
    return page(request, "policy_upload.html", "policies", shown | context, status=status)


def _version_page(
    request: HttpRequest, version: PolicyVersion, filled: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "version": version,
        "publish_form": PublishForm(version=version),
        "document_form": DocumentForm(),
        "faults": [],
    }
    try:
        policy = policy_in(version.source)
    except PolicyError as error:
        context["faults"] = _faults(error.problems, version.source)
    else:
        context |= {"policy": policy, "differences": _differences_to_published(policy)}
    return page(request, "policy.html", "policies", context | (filled or {}), status=status)
