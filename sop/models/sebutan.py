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
    (Tindakan.PARAF.value, _("Paraf")),
    (Tindakan.REVIU.value, _("Reviu APIP")),
    (Tindakan.TANDA_TANGAN.value, _("Tanda tangan")),
    (Tindakan.SURAT.value, _("Surat pengantar dan nomor")),
    (Tindakan.PENGGANDAAN.value, _("Penggandaan")),
    (Tindakan.ARSIP.value, _("Pengarsipan")),
]
# What the actor of such a step finds on his screen, in one line.
ARTI_TINDAKAN: dict[str, str | Promise] = {
    Tindakan.DISPOSISI.value: _("meneruskan perintah dengan catatan"),
    Tindakan.RAPAT.value: _("mencatat rapat: undangan, peserta, hasil"),
    Tindakan.KUMPUL.value: _("tiap unit mengisi formulir capaian"),
    Tindakan.VERIFIKASI.value: _("memeriksa data yang dikumpulkan"),
    Tindakan.SUSUN.value: _("menyusun naskah laporan"),
    Tindakan.KETIK.value: _("mengetik naskah laporan"),
    Tindakan.REVIU.value: _("mencatat hasil reviu Inspektorat: daftar periksa, catatan, tanggapan"),
    Tindakan.KOREKSI.value: _("membaca dan memperbaiki, atau memutuskan Ya/Tidak"),
    Tindakan.SOSIALISASI.value: _("menyampaikan hasil dalam pertemuan"),
    Tindakan.PARAF.value: _("memaraf dokumen yang dibekukan, sebelum ditandatangani pimpinan"),
    Tindakan.TANDA_TANGAN.value: _("menandatangani dokumen yang dibekukan"),
    Tindakan.SURAT.value: _("membuat surat pengantar dan nomornya"),
    Tindakan.PENGGANDAAN.value: _("menggandakan dan membagikan"),
    Tindakan.ARSIP.value: _("menyimpan dokumen jadi"),
}
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


# Columns of a step as findings, doubts and comparisons name them.
KOLOM: dict[str, str | Promise] = {
    "nomor": _("nomor"),
    "kegiatan": _("kegiatan"),
    "simbol": _("simbol"),
    "tindakan": _("kerja di layar"),
    "pelaksana": _("pelaksana"),
    "kelengkapan": _("kelengkapan"),
    "kelengkapan_ulang": _("kelengkapan saat perbaikan"),
    "waktu": _("waktu"),
    "output": _("output"),
    "keterangan": _("keterangan"),
    "periode": _("periode"),
    "efek": _("efek tambahan"),
    "beda_orang_dari": _("orang yang berbeda"),
    "lanjut": _("jalur lanjut"),
    "ya": _("jalur Ya"),
    "tidak": _("jalur Tidak"),
    "kop": _("kop"),
    "nama_sop": _("nama SOP"),
    "nomor_sop": _("nomor SOP"),
    "tanggal_pembuatan": _("tanggal pembuatan"),
    "tanggal_revisi": _("tanggal revisi"),
    "tanggal_efektif": _("tanggal efektif"),
    "tanggal_pengesahan": _("tanggal pengesahan"),
    "disahkan": _("pejabat yang mengesahkan"),
    "dasar_hukum": _("dasar hukum"),
    "kualifikasi": _("kualifikasi pelaksana"),
    "keterkaitan": _("keterkaitan"),
    "peralatan": _("peralatan/perlengkapan"),
    "peringatan": _("peringatan"),
    "pencatatan": _("pencatatan dan pendataan"),
    "judul_uraian": _("judul tabel uraian"),
    "judul_kolom": _("judul kolom"),
    "judul_pelaksana": _("kolom pelaksana"),
    "catatan_sumber": _("catatan sumber"),
    "unit_pemilik": _("unit pemilik"),
}


def name_kolom(kolom: str) -> str:
    """A column for people; its own name where it has none."""
    return str(KOLOM.get(kolom, kolom))


def nilai(pilihan: Pilihan) -> list[str]:
    """The stored values, in order."""
    return [n for n, _sebutan in pilihan]
