"""Every address of the desk. Each view declares who may use it."""

from django.urls import include, path

from plazo.web import attachments

handler400 = "plazo.web.errors.bad_request"
handler403 = "plazo.web.errors.forbidden"
handler404 = "plazo.web.errors.not_found"
handler429 = "plazo.web.errors.too_many_requests"
handler500 = "plazo.web.errors.server_error"

urlpatterns = [
    path("", include("plazo.web.portal.urls")),
    path("mesa/", include("plazo.web.desk.urls")),
    path("mesa/", include("plazo.web.lead.urls")),
    path("administracion/", include("plazo.web.administration.urls")),
    path("cuenta/", include("plazo.web.account_urls")),
    path("archivos/<int:attachment_id>/", attachments.download, name="attachment"),
]
