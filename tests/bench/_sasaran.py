"""The goals, by their code, and which measurement belongs to which."""

SASARAN = {
    "P1": "halaman dibanding halaman yang sama yang ditulis tangan",
    "P2": "banyaknya kueri tiap halaman",
    "P3": "harga pemeriksaan izin",
    "P4": "impor 10.000 capaian dibanding calamine dan COPY",
    "P5": "unduhan 10.000 baris dibanding xlsxwriter polos",
    "P6": "pekerjaan PDF, dan halaman selagi 50 pekerjaan menunggu",
    "P7": "halaman selagi empat orang masuk tiap detik",
    "P8": "10.000 persetujuan oleh 32 orang serentak pada SQLite",
    "P9": "hari batas waktu: 2.400 orang dalam sepuluh menit",
}
# What script/bench runs when it is given no name: measurement and the database it is run on. A
# measurement that is not there is left out.
URUTAN = (
    ("halaman", "PostgreSQL"),
    ("izin", "PostgreSQL"),
    ("impor_capaian", "PostgreSQL"),
    ("ekspor", "SQLite"),
    ("tanda_tangan", "SQLite"),
    ("antre", "PostgreSQL"),
    ("masuk", "PostgreSQL"),
    ("serentak", "SQLite"),
)
