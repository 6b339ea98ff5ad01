"""URLs of the SOP."""

from django.urls import path

from sop import views

app_name = "sop"

urlpatterns = [
    path("", views.list_sop, name="list-sop"),
    path("versi/<int:versi_id>/", views.view_versi, name="view-versi"),
]
