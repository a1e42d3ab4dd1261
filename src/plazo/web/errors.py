"""Pages for what went wrong: each says what happened and what to do next. None touches the database."""

from __future__ import annotations

import sys

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from plazo.kit.files import MAX_FILES
from plazo.people.access import allow

RETRY_AFTER_SECONDS = 30


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(400, title=_("No pudimos leer lo que envió"), words=_bad_request_words(exception))


def _bad_request_words(exception: Exception) -> str:
    if isinstance(exception, TooManyFieldsSent):
        return _(
            "El formulario traía más campos que los que tiene esta página. Vuelva atrás y envíelo de nuevo."
        )
    if isinstance(exception, TooManyFilesSent):
        return _("Adjunte a lo más %(max)s archivos por mensaje; envíe los demás en otro mensaje.") % {
            "max": MAX_FILES
        }
    if isinstance(exception, RequestDataTooBig):
        return _("El texto es demasiado largo. Vuelva atrás, acórtelo o adjúntelo como archivo.")
    return _("Vuelva atrás y envíelo de nuevo.")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(
        404,
        title=_("Esta página no existe o no es suya"),
        words=_(
            "Revise la dirección, o vuelva al inicio. Si alguien le envió el enlace, pídale que le dé acceso."
        ),
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(403, title=_("No puede hacer esto"), words=_("Vuelva al inicio o ingrese con otra cuenta."))


@allow("public")
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(
        403,
        title=_("La página estuvo abierta demasiado tiempo"),
        words=_(
            "Por seguridad no guardamos lo que envió. Vuelva atrás: su texto sigue ahí. "
            "Cópielo, recargue la página y envíelo de nuevo. El navegador debe aceptar cookies de este sitio."
        ),
    )


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(
        429,
        title=_("Demasiados intentos"),
        words=_("Espere cinco minutos e intente de nuevo. Nada de lo que ya envió se perdió."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    # Django calls this while it handles the error; below the views a lost database ends here too.
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return unavailable(request)
    return _page(
        500,
        title=_("Algo falló de nuestro lado"),
        words=_("Quedó registrado. Vuelva atrás: su texto sigue ahí; intente de nuevo en un momento."),
    )


def unavailable(request: HttpRequest) -> HttpResponse:
    response = _page(
        503,
        title=_("No pudimos guardar en este momento"),
        words=_(
            "La mesa de ayuda no alcanza su base de datos. Nada quedó a medias. "
            "Vuelva atrás: su texto sigue ahí; intente de nuevo en medio minuto."
        ),
    )
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def too_large(request: HttpRequest) -> HttpResponse:
    response = _page(
        413,
        title=_("El envío pesa demasiado"),
        words=_(
            "Cada archivo puede pesar hasta %(max)s MB. Vuelva atrás: su texto sigue ahí; "
            "quite el archivo más grande y envíe de nuevo."
        )
        % {"max": settings.MAX_UPLOAD_BYTES // 1024 // 1024},
    )
    # The rest of the body is never read, so the connection cannot serve another request.
    response.headers["Connection"] = "close"
    return response


def _page(status: int, *, title: str, words: str) -> HttpResponse:
    context = {"title": title, "words": words, "status": status, "desk_name": settings.DESK_NAME}
    # Without the request: its context processors would ask the database who is there.
    return HttpResponse(render_to_string("errors/page.html", context), status=status)
