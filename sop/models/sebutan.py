"""What people read for the stored values of the vocabularies in `sop.rules.istilah`."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sakip.common.waktu import SatuanWaktu
from sop.rules.istilah import Hasil, JenisUnit, Periode, Simbol, Tindakan

Pilihan = list[tuple[str, str | Promise]]

SIMBOL: Pilihan = [
    (Simbol.MULAI.value, _("Mulai")),
    (Simbol.PROSES.value, _("Proses")),
    (Simbol.KEPUTUSAN.value, _("Keputusan")),
    (Simbol.AKHIR.value, _("Selesai")),
]
TINDAKAN: Pilihan = [
    (Tindakan.DISPOSISI.value, _("Disposisi")),
    (Tindakan.RAPAT.value, _("Rapat")),
    (Tindakan.KUMPUL.value, _("Mengumpulkan data")),
    (Tindakan.VERIFIKASI.value, _("Verifikasi")),
    (Tindakan.SUSUN.value, _("Menyusun")),
    (Tindakan.KETIK.value, _("Mengetik")),
    (Tindakan.KOREKSI.value, _("Koreksi")),
    (Tindakan.SOSIALISASI.value, _("Sosialisasi")),
    (Tindakan.TANDA_TANGAN.value, _("Tanda tangan")),
    (Tindakan.SURAT.value, _("Surat pengantar dan nomor")),
    (Tindakan.PENGGANDAAN.value, _("Penggandaan")),
    (Tindakan.ARSIP.value, _("Pengarsipan")),
]
PERIODE: Pilihan = [
    (Periode.BULANAN.value, _("Bulanan")),
    (Periode.TRIWULAN.value, _("Triwulan")),
    (Periode.SEMESTER.value, _("Semester")),
    (Periode.TAHUNAN.value, _("Tahunan")),
]
SATUAN: Pilihan = [
    (SatuanWaktu.MENIT.value, _("menit")),
    (SatuanWaktu.JAM.value, _("jam")),
    (SatuanWaktu.HARI_KERJA.value, _("hari kerja")),
    (SatuanWaktu.HARI_KALENDER.value, _("hari kalender")),
]
HASIL: Pilihan = [
    (Hasil.LANJUT.value, _("Lanjut")),
    (Hasil.YA.value, _("Ya")),
    (Hasil.TIDAK.value, _("Tidak")),
]
JENIS_UNIT: Pilihan = [
    (JenisUnit.BIDANG.value, _("bidang")),
    (JenisUnit.SEKRETARIAT.value, _("sekretariat")),
    (JenisUnit.SEKSI.value, _("seksi")),
    (JenisUnit.SUBBAGIAN.value, _("subbagian")),
]


def nilai(pilihan: Pilihan) -> list[str]:
    """The stored values, in order."""
    return [n for n, _sebutan in pilihan]
