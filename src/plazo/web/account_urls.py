"""Sign-in and one's own account. Of allauth's routes only these: nobody signs up by themselves."""

from allauth.account import views
from django.urls import path, re_path

from plazo.web import preferences

urlpatterns = [
    path("ingresar/", views.login, name="account_login"),
    path("ingresar/codigo/", views.request_login_code, name="account_request_login_code"),
    path("ingresar/codigo/confirmar/", views.confirm_login_code, name="account_confirm_login_code"),
    path("salir/", views.logout, name="account_logout"),
    path("desactivada/", views.account_inactive, name="account_inactive"),
    path("confirmar/", views.reauthenticate, name="account_reauthenticate"),
    path("contrasena/", views.password_change, name="account_change_password"),
    path("contrasena/elegir/", views.password_set, name="account_set_password"),
    path("contrasena/recuperar/", views.password_reset, name="account_reset_password"),
    path("contrasena/recuperar/enviado/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^contrasena/recuperar/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "contrasena/recuperar/lista/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("preferencias/", preferences.edit, name="preferences"),
]
