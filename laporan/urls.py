"""URLs of the report."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from laporan.urls_arsip import pola_arsip
from laporan.urls_dokumen import pola_dokumen
from laporan.urls_izin import pola_izin
from laporan.urls_koreksi import pola_koreksi
from laporan.urls_orang import pola_orang
from laporan.urls_pantau import pola_pantau
from laporan.urls_perjanjian import pola_perjanjian
from laporan.views import (
    catatan,
    draf,
    kerangka,
    meja,
    menulis,
    pembukaan,
    tagih,
    tenggat,
    tugas,
    verifikasi,
)


class PerubahanConverter(StringConverter):
    """Acts on a whole draft."""

    regex = "tangguhkan|lanjutkan|batalkan"


class TabConverter(StringConverter):
    """Tabs of Meja Kerja besides the inbox."""

    regex = "diteruskan|dikembalikan"


class CetakanConverter(StringConverter):
    """Papers of single steps."""

    regex = "undangan|notulen|daftar-hadir|surat-pengantar|daftar-penyampaian"


register_converter(CetakanConverter, "cetakan")
register_converter(PerubahanConverter, "perubahan")
register_converter(TabConverter, "tab_meja")

app_name = "laporan"

urlpatterns = [
    path("", meja.meja_kerja, name="meja-kerja"),
    path("meja/<tab_meja:tab>/", meja.riwayat_kerja, name="list-riwayat-kerja"),
    path("laporan/", meja.list_draf, name="list-draf"),
    path("laporan/ingatkan/", tagih.remind_capaian, name="remind-capaian"),
    path("laporan/hitung-ulang/", tenggat.recompute, name="recompute-tenggat"),
    path("laporan/baru/<int:versi_id>/", draf.create_draf, name="create-draf"),
    path("laporan/<int:draf_id>/", draf.view_draf, name="view-draf"),
    path("laporan/<int:draf_id>/riwayat/", draf.view_riwayat, name="view-riwayat"),
    path("laporan/<int:draf_id>/jejak/", draf.view_jejak, name="view-jejak"),
    path("laporan/<int:draf_id>/buka-capaian/", pembukaan.reopen, name="reopen-capaian"),
    path("laporan/<int:draf_id>/perpanjang/", tenggat.extend_draf, name="extend-draf"),
    path(
        "laporan/<int:draf_id>/cetak/<cetakan:jenis>/<int:pk>/",
        catatan.print_catatan,
        name="print-catatan",
    ),
    path(
        "laporan/<int:draf_id>/bukti/<int:bukti_id>/", catatan.download_bukti, name="download-bukti"
    ),
    path("laporan/<int:draf_id>/gambar/", menulis.add_gambar, name="add-gambar"),
    path("laporan/gambar/<uuid:uuid>/", menulis.view_gambar, name="view-gambar"),
    path("lampiran/<int:lampiran_id>/", catatan.download_lampiran, name="download-lampiran"),
    path("lampiran/<int:lampiran_id>/hapus/", catatan.delete_lampiran, name="remove-lampiran"),
    path("laporan/<int:draf_id>/<perubahan:aksi>/", draf.change_draf, name="change-draf"),
    path("tugas/<int:tugas_id>/", tugas.work_tugas, name="work-tugas"),
    path(
        "tugas/<int:tugas_id>/periksa/<int:capaian_id>/",
        verifikasi.examine_baris,
        name="examine-baris",
    ),
    path("bab/<int:bab_id>/", menulis.autosave_bab, name="save-bab"),
    path("kerangka/", kerangka.list_kerangka, name="list-kerangka"),
    path("kerangka/<slug:dokumen>/", kerangka.list_kerangka, name="list-kerangka"),
    path("kerangka/<slug:dokumen>/tambah/", kerangka.add_bagian, name="add-bagian"),
    path("kerangka/<slug:dokumen>/ubah/", kerangka.change_kerangka, name="change-kerangka"),
    path("kerangka/<slug:dokumen>/<slug:kode>/", kerangka.edit_bagian, name="edit-bagian"),
    path("bab/<int:bab_id>/perbarui/", kerangka.renew_bab, name="renew-bab"),
    path("bab/<int:bab_id>/banding/", menulis.compare_bab, name="compare-bab"),
    path("tugas/<int:tugas_id>/pegang/", menulis.hold, name="hold-naskah"),
    path("tugas/<int:tugas_id>/ambil-alih/", menulis.take_over, name="take-naskah"),
    *pola_arsip,
    *pola_dokumen,
    *pola_izin,
    *pola_koreksi,
    *pola_orang,
    *pola_pantau,
    *pola_perjanjian,
]
