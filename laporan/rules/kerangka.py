"""The chapters of each kind of document.

Sumber: KERANGKA-LKJ and PERJANJIAN-KINERJA in docs/regulasi.md
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Bagian:
    """One chapter: `petunjuk` tells the writer what belongs in it, `isi` is what it begins with."""

    kode: str
    judul: str
    petunjuk: str
    blok_data: str = ""
    isi: str = ""


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
        "Ringkasan rencana strategis dan perjanjian kinerja tahun berjalan. "
        "Tabel perjanjian yang berlaku disisipkan bila sudah ditetapkan.",
        blok_data="perjanjian",
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

# The wording that offices use; each may change it, so it is text of the draft and not of the page.
PERJANJIAN: tuple[Bagian, ...] = (
    Bagian(
        "pembuka",
        "Pembuka",
        "Kalimat sebelum nama kedua pihak.",
        isi="<p>Dalam rangka mewujudkan manajemen pemerintahan yang efektif, transparan, dan "
        "akuntabel serta berorientasi pada hasil, kami yang bertanda tangan di bawah ini:</p>",
    ),
    Bagian(
        "pernyataan",
        "Pernyataan",
        "Janji pihak pertama dan kesanggupan pihak kedua. Nama dan jabatan dicetak dari data.",
        isi="<p>Pihak pertama berjanji akan mewujudkan target kinerja yang seharusnya sesuai "
        "lampiran perjanjian ini, dalam rangka mencapai target kinerja jangka menengah seperti "
        "yang telah ditetapkan dalam dokumen perencanaan. Keberhasilan dan kegagalan pencapaian "
        "target kinerja tersebut menjadi tanggung jawab kami.</p>"
        "<p>Pihak kedua akan melakukan supervisi yang diperlukan serta akan melakukan evaluasi "
        "terhadap capaian kinerja dari perjanjian ini dan mengambil tindakan yang diperlukan "
        "dalam rangka pemberian penghargaan dan sanksi.</p>",
    ),
    Bagian(
        "lampiran",
        "Lampiran",
        "Boleh dikosongkan. Sasaran, indikator, target, dan anggaran disisipkan dari rencana "
        "kinerja, tidak diketik.",
        blok_data="perjanjian",
    ),
)

RENCANA_AKSI: tuple[Bagian, ...] = (
    Bagian(
        "pengantar",
        "Pengantar",
        "Dasar penyusunan dan cara membaca tabelnya. Boleh singkat.",
    ),
    Bagian(
        "rencana-aksi",
        "Rencana Aksi",
        "Boleh dikosongkan. Aksi, target triwulan, penanggung jawab, dan anggaran disisipkan dari "
        "halaman Rencana Aksi, tidak diketik.",
        blok_data="rencana_aksi",
    ),
)

KERANGKA_MENURUT: Mapping[str, tuple[Bagian, ...]] = {
    "laporan_kinerja": KERANGKA,
    "perjanjian_kinerja": PERJANJIAN,
    "rencana_aksi": RENCANA_AKSI,
}
