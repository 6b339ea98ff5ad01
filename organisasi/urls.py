"""URLs of the organisation."""

from django.contrib.auth import views as auth_views
from django.urls import path

from organisasi import views, views_kunci

app_name = "organisasi"

urlpatterns = [
    path("masuk/", views.MasukView.as_view(), name="sign-in"),
    path("keluar/", auth_views.LogoutView.as_view(), name="sign-out"),
    path("peran/", views.switch_penugasan, name="switch-penugasan"),
    path("organisasi/", views.list_penugasan, name="list-penugasan"),
    path("organisasi/kunci-api/", views_kunci.manage_kunci, name="manage-kunci"),
    path("organisasi/kunci-api/<int:kunci_id>/cabut/", views_kunci.revoke, name="revoke-kunci"),
]
