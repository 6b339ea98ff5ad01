"""URLs of correcting: versions beside each other."""

from django.urls import path

from laporan.views import koreksi

pola_koreksi = [
    path("laporan/<int:draf_id>/banding/", koreksi.compare_naskah, name="compare-naskah"),
]
