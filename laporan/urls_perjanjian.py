"""URLs of Perjanjian Kinerja."""

from django.urls import path

from laporan.views import perjanjian

pola_perjanjian = [
    path("laporan/perjanjian/", perjanjian.list_perjanjian, name="list-perjanjian"),
    path(
        "laporan/perjanjian/<int:perjanjian_id>/",
        perjanjian.view_perjanjian,
        name="view-perjanjian",
    ),
    path("laporan/<int:draf_id>/pihak/", perjanjian.edit_pihak, name="edit-pihak"),
]
