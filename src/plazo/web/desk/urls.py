"""Addresses of the desk's pages."""

from django.urls import path

from plazo.web.desk import acts, calls, queue, ticket

urlpatterns = [
    path("", queue.show, name="desk-queue"),
    path("cambios/", queue.changes, name="desk-changes"),
    path("siguiente/", queue.following, name="desk-next"),
    path("llamada/", calls.show, name="desk-call-in"),
    path("tickets/<int:number>/", ticket.show, name="desk-ticket"),
    path("tickets/<int:number>/plazos/", ticket.clocks, name="desk-clocks"),
    path("tickets/<int:number>/tomar/", acts.take, name="desk-take"),
    path("tickets/<int:number>/asignar/", acts.assign, name="desk-assign"),
    path("tickets/<int:number>/responder/", acts.reply, name="desk-reply"),
    path("tickets/<int:number>/nota/", acts.note, name="desk-note"),
    path("tickets/<int:number>/llamada/", acts.call, name="desk-call"),
    path("tickets/<int:number>/clasificar/", acts.classify, name="desk-classify"),
    path("tickets/<int:number>/estimar/", acts.promise, name="desk-promise"),
    path("tickets/<int:number>/pausar/", acts.pause, name="desk-pause"),
    path("tickets/<int:number>/reanudar/", acts.resume, name="desk-resume"),
    path("tickets/<int:number>/reabrir/", acts.reopen, name="desk-reopen"),
    path("tickets/<int:number>/revisado/", acts.review, name="desk-review"),
    path("tickets/<int:number>/contrato/", acts.rebind, name="desk-rebind"),
    path("tickets/<int:number>/exencion/", acts.request_waiver, name="desk-waiver"),
]
