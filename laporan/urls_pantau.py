"""URLs of monitoring."""

from django.urls import path

from laporan.views import pantau, penilaian

pola_pantau = [
    path("pemantauan/", pantau.monitor_sop, name="pantau-sop"),
    path("pemantauan/penilaian/", penilaian.create_penilaian, name="create-penilaian"),
    path("pemantauan/penilaian/<int:penilaian_id>/", penilaian.assess_sop, name="assess-sop"),
    path(
        "pemantauan/penilaian/<int:penilaian_id>/pdf/",
        penilaian.print_penilaian,
        name="print-penilaian",
    ),
    path(
        "pemantauan/penilaian/<int:penilaian_id>/excel/",
        penilaian.export_penilaian,
        name="export-penilaian",
    ),
]
