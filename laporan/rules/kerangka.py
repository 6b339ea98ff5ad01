"""The chapters of a Laporan Kinerja. Sumber: KERANGKA-LKJ in docs/regulasi.md"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bagian:
    """One chapter: `petunjuk` tells the writer what belongs in it."""

    kode: str
    judul: str
    petunjuk: str
    blok_data: str = ""


KERANGKA: tuple[Bagian, ...] = (
    Bagian(
        "kata-pengantar", "Kata Pengantar", "Maksud laporan dan ucapan kepada pihak yang membantu."
    ),
    Bagian(
        "ikhtisar-eksekutif",
        "Ikhtisar Eksekutif",
        "Tujuan dan sasaran, hasil yang dicapai, kendala, dan langkah yang diambil.",
    ),
    Bagian(
        "pendahuluan",
        "Bab I Pendahuluan",
        "Latar belakang, dasar hukum, tugas dan fungsi, struktur organisasi, dan isu strategis.",
    ),
    Bagian(
        "perencanaan-kinerja",
        "Bab II Perencanaan Kinerja",
        "Ringkasan rencana strategis dan perjanjian kinerja tahun berjalan.",
    ),
    Bagian(
        "akuntabilitas-kinerja",
        "Bab III Akuntabilitas Kinerja",
        "Analisis capaian: perbandingan, penyebab berhasil atau gagal, efisiensi, dan rencana "
        "perbaikan. "
        "Tabel capaian disisipkan dari data, tidak diketik.",
        blok_data="capaian",
    ),
    Bagian("penutup", "Bab IV Penutup", "Simpulan dan langkah perbaikan pada periode berikutnya."),
)
