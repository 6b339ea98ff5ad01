"""URLs of kinerja."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from kinerja.views import (
    aksi,
    bagan,
    capaian,
    data,
    excel,
    impor,
    kamus,
    matriks,
    pembanding,
    pengaturan,
    rekap,
    rencana,
)


class BentukConverter(StringConverter):
    """Forms of a dataset."""

    regex = "csv|json|xlsx"


class BentukKamusConverter(StringConverter):
    """Forms of the kamus."""

    regex = "pdf|xlsx"


class SimpulConverter(StringConverter):
    """Kinds of rows of the plan."""

    regex = "renstra|tujuan|sasaran|indikator|program"


class BaganConverter(StringConverter):
    """Forms of the drawn tree."""

    regex = "svg|pdf"


register_converter(BaganConverter, "bentuk_bagan")
register_converter(BentukConverter, "bentuk_data")
register_converter(BentukKamusConverter, "bentuk_kamus")
register_converter(SimpulConverter, "simpul")

app_name = "kinerja"

urlpatterns = [
    path("", matriks.list_capaian, name="list-capaian"),
    path("data/", data.list_data, name="list-data"),
    path("data/<int:tahun>.<bentuk_data:bentuk>", data.download_data, name="download-data"),
    path("kategori/", pengaturan.edit_pengaturan, name="edit-pengaturan"),
    path("pembanding/", pembanding.edit_pembanding, name="edit-pembanding"),
    path("pembanding/lembar/", pembanding.download_pembanding, name="download-pembanding"),
    path("pembanding/<int:pembanding_id>/hapus/", pembanding.remove, name="remove-pembanding"),
    path("rencana-aksi/", aksi.list_aksi, name="list-aksi"),
    path("rencana-aksi/baru/", aksi.edit_aksi, name="add-aksi"),
    path("rencana-aksi/cetak/", aksi.print_aksi, name="print-aksi"),
    path("rencana-aksi/excel/", aksi.download_aksi, name="download-aksi"),
    path("rencana-aksi/<int:aksi_id>/", aksi.edit_aksi, name="edit-aksi"),
    path("rencana-aksi/<int:aksi_id>/hapus/", aksi.remove, name="remove-aksi"),
    path("rencana-aksi/<int:aksi_id>/pelaksanaan/", aksi.edit_pelaksanaan, name="edit-pelaksanaan"),
    path("pohon/", rencana.view_pohon, name="view-pohon"),
    path("pohon/bagan/", bagan.view_bagan, name="view-bagan"),
    path("pohon/bagan.<bentuk_bagan:bentuk>", bagan.download_bagan, name="download-bagan"),
    path("pohon/<simpul:jenis>/baru/", rencana.edit_simpul, name="add-simpul"),
    path("pohon/<simpul:jenis>/<int:simpul_id>/", rencana.edit_simpul, name="edit-simpul"),
    path("pohon/<simpul:jenis>/<int:simpul_id>/hapus/", rencana.remove, name="remove-simpul"),
    path("impor/", impor.impor_rencana, name="impor-rencana"),
    path("impor/format/<int:tahun>.xlsx", impor.download_rencana, name="download-rencana"),
    path("impor/<int:unggahan_id>/", impor.view_impor, name="view-impor"),
    path("impor/<int:unggahan_id>/berkas/", impor.download_impor, name="download-impor"),
    path("impor/<int:unggahan_id>/simpan/", impor.apply_impor, name="apply-impor"),
    path("indikator/<int:indikator_id>/target/", rencana.edit_target, name="edit-target"),
    path("program/<int:program_id>/anggaran/", rencana.edit_anggaran, name="edit-anggaran"),
    path("kamus/", kamus.view_kamus, name="view-kamus"),
    path("kamus.<bentuk_kamus:bentuk>", kamus.download_kamus, name="download-kamus"),
    path("daerah/", rekap.view_daerah, name="view-daerah"),
    path("rekap/", rekap.view_rekap, name="view-rekap"),
    path("indikator/<int:indikator_id>/", rekap.view_indikator, name="view-indikator"),
    path("<int:formulir_id>/", capaian.view_formulir, name="view-formulir"),
    path("<int:formulir_id>/excel/", excel.download_lembar, name="download-lembar"),
    path("<int:formulir_id>/csv/", excel.download_csv, name="download-csv"),
    path("<int:formulir_id>/unggah/", excel.upload_lembar, name="upload-lembar"),
    path("unggahan/<int:unggahan_id>/", excel.view_unggahan, name="view-unggahan"),
    path("unggahan/<int:unggahan_id>/galat.xlsx", excel.download_galat, name="download-galat"),
    path("unggahan/<int:unggahan_id>/simpan/", excel.apply_unggahan, name="apply-unggahan"),
    path("<int:formulir_id>/simpan/", capaian.save_formulir, name="save-formulir"),
    path("baris/<int:capaian_id>/", capaian.save_baris, name="save-baris"),
    path("baris/<int:capaian_id>/bukti/", capaian.attach_bukti, name="attach-bukti"),
    path("bukti/<int:bukti_id>/", capaian.download_bukti, name="download-bukti"),
    path("bukti/<int:bukti_id>/hapus/", capaian.remove_bukti, name="remove-bukti"),
]
