"""Addresses of the clients' pages."""

from django.urls import path

from plazo.web.portal import acts, compliance, contract, home, people, reporting, ticket, tickets

urlpatterns = [
    path("", home.show, name="portal-home"),
    path("reportar/", reporting.report, name="portal-report"),
    path("reportar/plazo/", reporting.promise, name="portal-promise"),
    path("tickets/", tickets.show, name="portal-tickets"),
    path("tickets/<int:number>/", ticket.show, name="portal-ticket"),
    path("tickets/<int:number>/plazos/", ticket.clocks, name="portal-clocks"),
    path("tickets/<int:number>/responder/", acts.reply, name="portal-reply"),
    path("tickets/<int:number>/confirmar/", acts.confirm, name="portal-confirm"),
    path("tickets/<int:number>/reabrir/", acts.reopen, name="portal-reopen"),
    path("tickets/<int:number>/objetar/", acts.dispute, name="portal-dispute"),
    path("contrato/", contract.show, name="portal-contract"),
    path("contrato/<int:version_id>/acuerdo/", contract.policy, name="portal-policy"),
    path("contrato/<int:version_id>/documento/", contract.document, name="portal-document"),
    path("cumplimiento/", compliance.show, name="portal-compliance"),
    path("cumplimiento.csv", compliance.download, name="portal-compliance-csv"),
    path("cumplimiento/incumplidos/", compliance.missed, name="portal-missed"),
    path("personas/", people.show, name="portal-people"),
    path("personas/<int:membership_id>/autorizacion/", people.authorisation, name="portal-authorisation"),
]
