"""URLs of what comes after the signature: delivery and archive."""

from django.urls import path

from laporan.views import arsip, kirim, lke, reviu

pola_arsip = [
    path("arsip/", arsip.search_arsip, name="search-arsip"),
    path("arsip/<int:arsip_id>/unduh/", arsip.download_arsip, name="download-arsip"),
    path("arsip/kelas/", arsip.manage_kelas, name="manage-kelas"),
    path("arsip/kelas/baru/", arsip.edit_kelas, name="create-kelas"),
    path("arsip/kelas/<int:kelas_id>/", arsip.edit_kelas, name="edit-kelas"),
    path(
        "laporan/<int:draf_id>/pernyataan-reviu/",
        reviu.print_pernyataan,
        name="print-pernyataan-reviu",
    ),
    path("bukti-lke/", lke.show_bukti, name="show-lke"),
    path("bukti-lke/paket/", lke.order_paket, name="order-paket-lke"),
    path("bukti-lke/paket/<int:paket_id>/", lke.download_paket, name="download-paket-lke"),
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
