"""Addresses of the desk's pages."""

from django.urls import path

from plazo.web.desk import acts, calls, keys, queue, ticket

urlpatterns = [
    path("", queue.show, name="desk-queue"),
    path("cambios/", queue.changes, name="desk-changes"),
    path("siguiente/", queue.following, name="desk-next"),
    path("llamada/", calls.show, name="desk-call-in"),
    path("teclas/", keys.show, name="desk-keys"),
    path("tickets/<int:number>/", ticket.show, name="desk-ticket"),
    path("tickets/<int:number>/plazos/", ticket.clocks, name="desk-clocks"),
    path("tickets/<int:number>/clasificar/plazos/", ticket.foresee, name="desk-foresee"),
    *(
        path(f"tickets/<int:number>/{act.path}/", acts.view(act), name=name)
        for name, act in acts.ACTS.items()
    ),
]
