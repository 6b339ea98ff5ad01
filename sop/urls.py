"""URLs of the SOP."""

from django.urls import path

from sop import views, views_pejabat

app_name = "sop"

urlpatterns = [
    path("", views.list_sop, name="list-sop"),
    path("versi/<int:versi_id>/", views.view_versi, name="view-versi"),
    path("versi/<int:versi_id>/pejabat/", views_pejabat.try_tanggal, name="uji-tanggal"),
]
