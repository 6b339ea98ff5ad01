"""URLs about people: notices, reminders, handover."""

from django.urls import path

from laporan.views import pemberitahuan, serah_terima

pola_orang = [
    path("pemberitahuan/", pemberitahuan.list_kabar, name="list-pemberitahuan"),
    path("pemberitahuan/dibaca/", pemberitahuan.read_semua, name="read-pemberitahuan"),
    path("pemberitahuan/<int:kabar_id>/", pemberitahuan.open_kabar, name="open-pemberitahuan"),
    path("pengingat/", pemberitahuan.manage_pengingat, name="manage-pengingat"),
    path("pengingat/<int:pengiriman_id>/ulang/", pemberitahuan.retry, name="retry-pengiriman"),
    path("serah-terima/<int:penugasan_id>/", serah_terima.hand_over, name="hand-over"),
    path("serah-terima/", serah_terima.list_berita_acara, name="list-berita-acara"),
    path(
        "serah-terima/berita-acara/<int:jejak_id>/cetak.pdf",
        serah_terima.print_berita_acara,
        name="print-berita-acara",
    ),
    path(
        "serah-terima/berita-acara/<int:jejak_id>/",
        serah_terima.view_berita_acara,
        name="view-berita-acara",
    ),
]
