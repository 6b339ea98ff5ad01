"""The review of a report by the internal auditor (APIP): its checklist, and what it still lacks.

The statements are our own words for the themes of the annex; an office answers each of them from
the paper the reviewer handed over.
Sumber: REVIU-LKJ in docs/regulasi.md
"""

from collections.abc import Sequence
from dataclasses import dataclass

SESUAI, TIDAK, TAK_BERLAKU = "sesuai", "tidak", "tak_berlaku"

# Code, group, statement. Codes stay as they are: answers of past reviews are kept by them.
BUTIR: tuple[tuple[str, str, str], ...] = (
    ("format-1", "Format", "Laporan memuat data penting instansi"),
    ("format-2", "Format", "Laporan menyajikan informasi target kinerja"),
    ("format-3", "Format", "Laporan menyajikan capaian kinerja yang memadai"),
    ("format-4", "Format", "Lampiran mendukung informasi pada badan laporan"),
    ("format-5", "Format", "Laporan menyajikan upaya perbaikan ke depan"),
    ("format-6", "Format", "Laporan menyajikan akuntabilitas keuangan"),
    (
        "mekanisme-1",
        "Mekanisme penyusunan",
        "Laporan disusun oleh unit yang bertugas menyusunnya",
    ),
    ("mekanisme-2", "Mekanisme penyusunan", "Informasi didukung data yang memadai"),
    (
        "mekanisme-3",
        "Mekanisme penyusunan",
        "Ada mekanisme penyampaian data dan informasi dari unit kerja ke penyusun laporan",
    ),
    ("mekanisme-4", "Mekanisme penyusunan", "Penanggung jawab data ditetapkan di tiap unit kerja"),
    ("mekanisme-5", "Mekanisme penyusunan", "Data dan informasi diyakini keandalannya"),
    (
        "mekanisme-6",
        "Mekanisme penyusunan",
        "Analisis dalam laporan diketahui oleh unit kerja yang bersangkutan",
    ),
    ("substansi-1", "Substansi", "Tujuan dan sasaran sesuai dengan perjanjian kinerja"),
    ("substansi-2", "Substansi", "Tujuan dan sasaran selaras dengan rencana strategis"),
    ("substansi-3", "Substansi", "Perbedaan dengan dokumen perencanaan dijelaskan dengan memadai"),
    ("substansi-4", "Substansi", "Tujuan dan sasaran sesuai dengan indikator kinerja"),
    ("substansi-5", "Substansi", "Tujuan dan sasaran sesuai dengan indikator kinerja utama"),
    ("substansi-6", "Substansi", "Ketidaksesuaian indikator dijelaskan dengan memadai"),
    (
        "substansi-7",
        "Substansi",
        "Ada perbandingan dengan tahun lalu, standar, dan rencana jangka menengah, yang bermanfaat",
    ),
    ("substansi-8", "Substansi", "Indikator cukup mengukur tujuan dan sasaran"),
    ("substansi-9", "Substansi", "Indikator memenuhi kriteria SMART"),
)


@dataclass(frozen=True)
class Jawaban:
    """What the reviewer found on one statement, and what the office answers to it."""

    kode: str
    jawaban: str = ""
    catatan: str = ""
    tanggapan: str = ""


def list_kurang(jawaban: Sequence[Jawaban], *, berkas: bool) -> list[str]:
    """What a review lacks before its step can be finished; empty when nothing."""
    menurut = {j.kode: j for j in jawaban}
    kosong = [
        n
        for n, (kode, _g, _t) in enumerate(BUTIR, 1)
        if not menurut.get(kode, Jawaban(kode)).jawaban
    ]
    tanpa = [
        n
        for n, (kode, _g, _t) in enumerate(BUTIR, 1)
        if (j := menurut.get(kode)) and j.jawaban == TIDAK and not j.tanggapan.strip()
    ]
    masalah = []
    if kosong:
        masalah.append(f"Daftar periksa: jawab butir {_sebut(kosong)}.")
    if tanpa:
        masalah.append(f"Daftar periksa: isi tanggapan kantor pada butir {_sebut(tanpa)}.")
    if not berkas:
        masalah.append("Unggah pindaian Catatan Hasil Reviu yang ditandatangani pereviu.")
    return masalah


def _sebut(nomor: Sequence[int]) -> str:
    return ", ".join(str(n) for n in nomor)
