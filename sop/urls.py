"""URLs of the SOP."""

from django.urls import path

from sop.views import (
    cetak,
    identitas,
    katalog,
    langkah,
    lembar,
    pejabat,
    pengesahan,
    peran,
    riwayat,
)

app_name = "sop"

urlpatterns = [
    path("", katalog.list_sop, name="list-sop"),
    path("set/", cetak.choose_set, name="pilih-set"),
    path("set/sop.pdf", cetak.print_set, name="cetak-set"),
    path("baru/", katalog.create_sop, name="create-sop"),
    path("versi/<int:versi_id>/", katalog.view_versi, name="view-versi"),
    path("versi/<int:versi_id>/salin/", katalog.copy_versi, name="copy-versi"),
    path("versi/<int:versi_id>/identitas/", identitas.edit_identitas, name="edit-identitas"),
    path(
        "versi/<int:versi_id>/identitas/konfirmasi/",
        identitas.confirm_sel,
        name="confirm-identitas",
    ),
    path("versi/<int:versi_id>/langkah/", langkah.edit_rute, name="edit-rute"),
    path("versi/<int:versi_id>/langkah/tambah/", langkah.create_langkah, name="add-langkah"),
    path("versi/<int:versi_id>/langkah/pindah/", langkah.reorder_langkah, name="move-langkah"),
    path(
        "versi/<int:versi_id>/langkah/<int:langkah_id>/", langkah.edit_langkah, name="edit-langkah"
    ),
    path(
        "versi/<int:versi_id>/langkah/<int:langkah_id>/pratinjau/",
        langkah.preview_langkah,
        name="preview-langkah",
    ),
    path(
        "versi/<int:versi_id>/langkah/<int:langkah_id>/hapus/",
        langkah.delete_langkah,
        name="remove-langkah",
    ),
    path(
        "versi/<int:versi_id>/langkah/<int:langkah_id>/konfirmasi/",
        langkah.confirm_sel,
        name="confirm-langkah",
    ),
    path("versi/<int:versi_id>/cetak/", cetak.view_cetak, name="cetak"),
    path("versi/<int:versi_id>/cetak/sop.pdf", cetak.print_sop, name="cetak-sop"),
    path("versi/<int:versi_id>/pejabat/", pejabat.try_tanggal, name="uji-tanggal"),
    path("versi/<int:versi_id>/lembar.xlsx", lembar.ekspor_lembar, name="ekspor-lembar"),
    path("versi/<int:versi_id>/berkas.yaml", lembar.ekspor_berkas, name="ekspor-berkas"),
    path("impor/", lembar.impor_lembar, name="impor-lembar"),
    path("impor/contoh.xlsx", lembar.unduh_contoh_lembar, name="unduh-contoh-lembar"),
    path("impor/<int:unggahan_id>/", lembar.pratinjau_impor, name="pratinjau-impor"),
    path("impor/<int:unggahan_id>/buang/", lembar.buang_impor, name="buang-impor"),
    path("versi/<int:versi_id>/peran/", peran.edit_peran, name="edit-peran"),
    path("versi/<int:versi_id>/riwayat/", riwayat.list_versi, name="list-versi"),
    path("versi/<int:versi_id>/banding/", riwayat.compare_versi, name="compare-versi"),
    path("versi/<int:versi_id>/terbit/", pengesahan.publish_versi, name="publish-versi"),
    path("versi/<int:versi_id>/buang/", pengesahan.discard_versi, name="discard-versi"),
    path("versi/<int:versi_id>/cabut/", pengesahan.withdraw_versi, name="withdraw-versi"),
]
