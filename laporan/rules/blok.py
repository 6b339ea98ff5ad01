"""Codes of the data blocks that a part of a document may carry. Sumber: KERANGKA-LKJ"""

from collections.abc import Mapping

CAPAIAN, PERJANJIAN, RENCANA_AKSI = "capaian", "perjanjian", "rencana_aksi"
STRUKTUR, RENSTRA, IKU = "struktur", "renstra", "iku"
RINGKASAN, SASARAN, PENGUKURAN = "ringkasan", "sasaran", "pengukuran"
TAHUN = "tahun"
BANDING, SUMBER_DAYA = "banding", "sumber_daya"
ANGGARAN, BUKTI = "anggaran", "bukti"

# Code to what the template page calls it.
BLOK: Mapping[str, str] = {
    STRUKTUR: "Susunan unit kerja",
    RENSTRA: "Visi, misi, tujuan, sasaran, dan target Renstra",
    IKU: "Daftar indikator kinerja utama",
    PERJANJIAN: "Tabel perjanjian kinerja",
    RINGKASAN: "Ringkasan capaian semua sasaran",
    CAPAIAN: "Tabel capaian kinerja per sasaran, dengan perbandingan dan anggaran",
    SASARAN: "Capaian satu sasaran",
    TAHUN: "Capaian satu sasaran menurut tahun, dengan grafik",
    BANDING: "Analisis indikator: target, tahun lalu, Renstra, dan pembanding",
    SUMBER_DAYA: "Analisis indikator: efisiensi dan program pendukung",
    ANGGARAN: "Realisasi anggaran dan efisiensi",
    PENGUKURAN: "Tabel pengukuran kinerja menurut triwulan",
    RENCANA_AKSI: "Tabel rencana aksi",
    BUKTI: "Daftar bukti dukung",
}
# Blocks that are about one sasaran or one indikator: only a part repeated for it can carry them.
BERACUAN: Mapping[str, str] = {
    SASARAN: "sasaran",
    TAHUN: "sasaran",
    BANDING: "indikator",
    SUMBER_DAYA: "indikator",
}
