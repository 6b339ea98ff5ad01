"""URLs about people: notices, reminders, handover."""

from django.urls import path

from laporan.views import pemberitahuan

pola_orang = [
    path("pemberitahuan/", pemberitahuan.list_kabar, name="list-pemberitahuan"),
    path("pemberitahuan/dibaca/", pemberitahuan.read_semua, name="read-pemberitahuan"),
    path("pemberitahuan/<int:kabar_id>/", pemberitahuan.open_kabar, name="open-pemberitahuan"),
    path("pengingat/", pemberitahuan.manage_pengingat, name="manage-pengingat"),
    path("pengingat/<int:pengiriman_id>/ulang/", pemberitahuan.retry, name="retry-pengiriman"),
]
