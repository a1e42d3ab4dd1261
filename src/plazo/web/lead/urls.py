"""Addresses of the lead's pages."""

from django.urls import path

from plazo.web.lead import compliance, held, radar, waivers

urlpatterns = [
    path("radar/", radar.show, name="lead-radar"),
    path("radar/asignar/", radar.hand_over, name="lead-radar-assign"),
    path("cumplimiento/", compliance.show, name="desk-compliance"),
    path("cumplimiento.csv", compliance.download, name="desk-compliance-csv"),
    path("cumplimiento/incumplidos/", compliance.missed, name="desk-missed"),
    path("exenciones/", waivers.show, name="desk-waivers"),
    path("exenciones/<int:number>/<int:seq>/", waivers.decide, name="desk-waiver-decide"),
    path("retenidos/", held.show, name="desk-held"),
    path("retenidos/<int:submission_id>/admitir/", held.admit, name="desk-held-admit"),
    path("retenidos/<int:submission_id>/descartar/", held.discard, name="desk-held-discard"),
]
