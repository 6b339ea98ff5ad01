"""URLs of monitoring."""

from django.urls import path

from laporan.views import pantau

pola_pantau = [
    path("pemantauan/", pantau.monitor_sop, name="pantau-sop"),
]
