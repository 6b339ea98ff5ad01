"""URLs of what comes after the signature: delivery and archive."""

from django.urls import path

from laporan.views import arsip, kirim

pola_arsip = [
    path("arsip/", arsip.search_arsip, name="search-arsip"),
    path("arsip/<int:arsip_id>/unduh/", arsip.download_arsip, name="download-arsip"),
    path("arsip/kelas/", arsip.manage_kelas, name="manage-kelas"),
    path("arsip/kelas/baru/", arsip.edit_kelas, name="create-kelas"),
    path("arsip/kelas/<int:kelas_id>/", arsip.edit_kelas, name="edit-kelas"),
    path("penyampaian/", kirim.show_kirim, name="list-kirim"),
    path(
        "laporan/<int:draf_id>/penyampaian/<int:tujuan_id>/",
        kirim.record_kirim,
        name="record-kirim",
    ),
    path(
        "penyampaian/<int:kirim_id>/bukti/",
        kirim.download_bukti_kirim,
        name="download-bukti-kirim",
    ),
    path("penyampaian/tujuan/", kirim.manage_tujuan, name="manage-tujuan"),
    path("penyampaian/tujuan/baru/", kirim.edit_tujuan, name="create-tujuan"),
    path("penyampaian/tujuan/<int:tujuan_id>/", kirim.edit_tujuan, name="edit-tujuan"),
]
