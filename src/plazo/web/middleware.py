"""Each page in its reader's language and zone; a page that says so while the database is away."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import timezone, translation

from plazo.web import errors

Responder = Callable[[HttpRequest], HttpResponse]


def speak_to_the_reader(get_response: Responder) -> Responder:
    """Behind authentication: a person's own language and zone win over the browser's."""

    def respond(request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return get_response(request)
        language = translation.get_supported_language_variant(_known_language(request.user.language))
        with translation.override(language), timezone.override(_zone(request.user.zone)):
            request.LANGUAGE_CODE = language
            response = get_response(request)
            response.headers["Content-Language"] = language
        return response

    return respond


class DatabaseAway:
    """A page that meets a database locked or gone is answered 503, to be tried again soon."""

    def __init__(self, get_response: Responder) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return errors.unavailable(request) if isinstance(error, OperationalError | InterfaceError) else None


def lead_to_the_form(get_response: Responder) -> Responder:
    """A page for whoever opens an address that only takes what is sent: Django's own answer is blank."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and request.method == "GET":
            return errors.only_for_forms(request, allowed=response.headers["Allow"])
        return response

    return respond


def refuse_oversized(get_response: Responder) -> Responder:
    """In front of all that reads the body: what no form of ours can need is not read at all."""

    def respond(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > settings.MAX_REQUEST_BYTES:
            return errors.too_large(request)
        return get_response(request)

    return respond


def _known_language(code: str) -> str:
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(settings.TIME_ZONE)
