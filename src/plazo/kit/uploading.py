"""Files whose name is none: the parser of Django drops them, and the person believes they were sent."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import QueryDict
from django.http.multipartparser import MultiPartParser
from django.utils.datastructures import MultiValueDict

from plazo.kit.files import NAMELESS


class KeepNameless(FileUploadHandler):
    """The first of the handlers: has the body read by a parser that keeps what is called ".." or "/"."""

    def handle_raw_input(
        self, input_data: Any, META: dict[str, Any], content_length: int, boundary: str, encoding: Any = None
    ) -> tuple[QueryDict, MultiValueDict[str, UploadedFile[Any]]] | None:
        if self.request is None:
            return None
        others = [handler for handler in self.request.upload_handlers if handler is not self]
        return _Parser(META, input_data, others, encoding).parse()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


class _Parser(MultiPartParser):
    def sanitize_file_name(self, file_name: str) -> str:
        return super().sanitize_file_name(file_name) or NAMELESS
