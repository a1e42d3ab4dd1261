"""Attachments in forms: several files in one field, with the limits said beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from plazo.kit import files as store
from plazo.kit.files import MAX_FILES, StoredFile
from plazo.kit.outage import OUTAGES
from plazo.web.wording import words


class ManyFilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files, none by default."""

    widget = ManyFilesInput

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        options.setdefault("label", _("Archivos"))
        super().__init__(**options)
        limits = {"files": MAX_FILES, "mb": settings.MAX_UPLOAD_BYTES // 1024 // 1024}
        self.help_text = format_lazy(_("Hasta {files} archivos de {mb} MB cada uno."), **limits)
        self.widget.attrs["data-max-bytes"] = settings.MAX_UPLOAD_BYTES
        self.widget.attrs["data-too-large"] = format_lazy(_("pesa más que el máximo de {mb} MB."), **limits)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        files = [each for each in data or [] if each]
        # What is in a file is looked at where it is stored; here each that fails at sight is named at once.
        refusals = [store.refused_unread(each.name, each.size) for each in files]
        if faults := [forms.ValidationError(words(each), code=each.code) for each in refusals if each]:
            raise forms.ValidationError(faults)
        return files

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"multiple": True}


@contextmanager
def stored(uploads: Sequence[UploadedFile[Any]]) -> Iterator[Sequence[StoredFile]]:
    """The uploads in the store for as long as the block succeeds; else they are taken back.

    A database lost in the block may have committed before its answer was lost: the files stay then, and
    the sweeper takes those that no row refers to.
    """
    files = store.store_all(uploads)
    try:
        yield files
    except OUTAGES:
        raise
    except BaseException:
        store.discard(files)
        raise
