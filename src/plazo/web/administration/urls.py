"""Addresses of the administration's pages."""

from django.urls import path

from plazo.web.administration import contracts, days_off, members, organizations, people, policies

urlpatterns = [
    path("", organizations.show_all, name="administration-organizations"),
    path("clientes/nuevo/", organizations.add, name="administration-organization-add"),
    path("clientes/<int:organization_id>/", organizations.show, name="administration-organization"),
    path(
        "clientes/<int:organization_id>/atencion/",
        organizations.serve,
        name="administration-organization-serve",
    ),
    path("clientes/<int:organization_id>/personas/", members.add, name="administration-member-add"),
    path(
        "clientes/<int:organization_id>/personas/<int:membership_id>/",
        members.edit,
        name="administration-member",
    ),
    path(
        "clientes/<int:organization_id>/personas/<int:membership_id>/autorizacion/",
        members.authorisation,
        name="administration-member-authorisation",
    ),
    path(
        "clientes/<int:organization_id>/personas/<int:membership_id>/termino/",
        members.end,
        name="administration-member-end",
    ),
    path("clientes/<int:organization_id>/contratos/nuevo/", contracts.sell, name="administration-sell"),
    path("contratos/<int:contract_id>/", contracts.show, name="administration-contract"),
    path("contratos/<int:contract_id>/enmendar/", contracts.amend, name="administration-amend"),
    path("contratos/<int:contract_id>/terminar/", contracts.end, name="administration-contract-end"),
    path("personas/", people.show_all, name="administration-people"),
    path("personas/nueva/", people.add, name="administration-person-add"),
    path("personas/<int:person_id>/", people.show, name="administration-person"),
    path("personas/<int:person_id>/rol/", people.role, name="administration-person-role"),
    path("personas/<int:person_id>/acceso/", people.access, name="administration-person-access"),
    path("acuerdos/", policies.show_all, name="administration-policies"),
    path("acuerdos/nueva/", policies.upload, name="administration-policy-upload"),
    path("acuerdos/<int:version_id>/", policies.show, name="administration-policy"),
    path("acuerdos/<int:version_id>/vista/", policies.preview, name="administration-policy-preview"),
    path("acuerdos/<int:version_id>/publicar/", policies.publish, name="administration-policy-publish"),
    path("acuerdos/<int:version_id>/documento/", policies.attach, name="administration-policy-attach"),
    path(
        "acuerdos/<int:version_id>/documento/archivo/",
        policies.document,
        name="administration-policy-document",
    ),
    path("dias/", days_off.show, name="administration-days"),
    path("dias/<int:day_off_id>/retirar/", days_off.withdraw, name="administration-day-withdraw"),
]
