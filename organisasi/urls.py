"""URLs of the organisation."""

from django.contrib.auth import views as auth_views
from django.urls import path

from organisasi import views

app_name = "organisasi"

urlpatterns = [
    path("masuk/", views.MasukView.as_view(), name="sign-in"),
    path("keluar/", auth_views.LogoutView.as_view(), name="sign-out"),
    path("peran/", views.switch_penugasan, name="switch-penugasan"),
    path("organisasi/", views.list_penugasan, name="list-penugasan"),
]
