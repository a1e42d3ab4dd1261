"""Pages for what went wrong: each says what happened and what to do next. None touches the database."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from plazo.kit.files import MAX_FILES
from plazo.people.access import NoMembership, SignInNeeded, allow, to_sign_in
from plazo.web.kept import Kept, is_from_here, page_before, typed

RETRY_AFTER_SECONDS = 30
_INSTEAD_OF_THE_FORM = {
    "HX-Retarget": "#contenido",
    "HX-Reselect": "#contenido",
    "HX-Reswap": "outerHTML show:top",
    "HX-Push-Url": "false",
}


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
    if kept := typed(request):
        return _shut_out(exception, kept)
    return _page(
        404,
        title=_("Esta página no existe o no es suya"),
        words=_(
            "Revise la dirección, o vuelva al inicio. Si alguien le envió el enlace, pídale que le dé acceso."
        ),
    )


def _shut_out(exception: Exception, kept: Sequence[Kept]) -> HttpResponse:
    """Who wrote may have been let in when the form was opened."""
    if isinstance(exception, NoMembership):
        return _page(
            404,
            title=_("Su cuenta ya no pertenece a ninguna empresa"),
            words=_(
                "No se guardó nada de lo que envió. Copie su texto y pida al administrador de su empresa "
                "que lo agregue de nuevo."
            ),
            kept=kept,
        )
    return _page(
        404,
        title=_("Esta página no existe o ya no es suya"),
        words=_(
            "No se guardó nada de lo que envió. Copie su texto; si perdió el acceso mientras escribía, "
            "pídalo a quien administra su empresa o la mesa."
        ),
        kept=kept,
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, SignInNeeded):
        kept = typed(request)
        return _signed_out(request, kept) if kept else to_sign_in(request)
    return _page(403, title=_("No puede hacer esto"), words=_("Vuelva al inicio o ingrese con otra cuenta."))


def _signed_out(request: HttpRequest, kept: Sequence[Kept]) -> HttpResponse:
    # The session still names somebody who may not sign in any more.
    if SESSION_KEY in request.session:
        return _page(
            403,
            title=_("Su cuenta está desactivada"),
            words=_(
                "No se guardó nada de lo que envió. Copie su texto y pida a quien administra su empresa "
                "o la mesa que active su cuenta."
            ),
            kept=kept,
        )
    return _page(
        403,
        title=_("Su sesión terminó"),
        words=_("No se guardó nada de lo que envió. Copie su texto, ingrese y envíelo de nuevo."),
        kept=kept,
        sign_in=redirect_to_login(page_before(request)).url,
    )


@allow("public")
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    title = _("La página estuvo abierta demasiado tiempo")
    # Another site may have sent it, and would have words of its own shown as if they were the reader's.
    if is_from_here(request) and (kept := typed(request)):
        words = _(
            "Por seguridad no guardamos lo que envió. Copie su texto, abra el formulario de nuevo "
            "y envíelo. El navegador debe aceptar cookies de este sitio."
        )
        return _page(403, title=title, words=words, kept=kept)
    return _page(
        403,
        title=title,
        words=_(
            "Por seguridad no guardamos lo que envió. Vuelva atrás: su texto sigue ahí. "
            "Cópielo, recargue la página y envíelo de nuevo. El navegador debe aceptar cookies de este sitio."
        ),
    )


def only_for_forms(request: HttpRequest, allowed: str) -> HttpResponse:
    """For whoever opens the address of a form by itself: a reload, a link, the way back from signing in."""
    response = _page(
        405,
        title=_("Esta dirección solo recibe formularios"),
        words=_("Ahora no se envió nada. Abra la página del formulario y complételo ahí."),
        onward=_page_above(request.path_info),
    )
    response.headers["Allow"] = allowed
    return response


def _page_above(path: str) -> str:
    """A form of ours is sent to an address below that of its page."""
    while path != "/":
        path = path.rstrip("/").rpartition("/")[0] + "/"
        try:
            resolve(path)
        except Resolver404:
            continue
        break
    return "" if path == "/" else path


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


def _page(
    status: int,
    *,
    title: str,
    words: str,
    kept: Sequence[Kept] = (),
    sign_in: str = "",
    onward: str = "",
) -> HttpResponse:
    """The page.

    kept     what was typed, to be copied; the page takes the place of a form that a script sent
    sign_in  the address of the sign-in, where that is the next thing to do
    onward   the address of the page to go on with, where that is not the first one
    """
    context = {"title": title, "words": words, "status": status, "desk_name": settings.DESK_NAME}
    given = {"kept": kept, "sign_in": sign_in, "onward": onward}
    # Without the request: its context processors would ask the database who is there.
    page = render_to_string("errors/page.html", context | given)
    return HttpResponse(page, status=status, headers=_INSTEAD_OF_THE_FORM if kept else None)
