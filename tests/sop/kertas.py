"""Sheets laid out like the paper forms of the five, made by hand from their data."""

from collections.abc import Callable, Sequence

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from sakip.common.lembar import Buku, read_buku
from sakip.common.lembar_tulis import to_bytes
from sop.rules.berkas import BerkasSOP
from sop.rules.matriks import build_matriks
from tests.factories.sop import baca_berkas

# Heading rows of each form as its source prints them; "@" stands for the actor columns.
KEPALA: dict[str, tuple[Sequence[str], Sequence[str]]] = {
    "dinkes-mojokerto": (
        ("No.", "Kegiatan", "@Pelaksana", "Mutu Baku", "", "", "KET"),
        ("", "", "@", "Kelengkapan", "Waktu", "Output", ""),
    ),
    "dinkes-banten": (
        ("No", "Kegiatan", "@Pelaksana", "Persayarakat / Kelengkapan", "Waktu", "Opuput", ""),
        ("", "", "@", "", "", "", ""),
    ),
    "dprkp2-mojokerto": (
        ("NO", "URAIAN PROSEDUR", "@PELAKSANA", "MUTU BUKU", "", "", "Keterangan"),
        ("", "", "@", "Kelengkapan dan Peralatan", "Waktu", "Output", ""),
    ),
    "kecamatan-dawarblandong": (
        ("NO", "Aktivitas", "@Pelaksana", "Mutu Baku", "", "", "Keterangan"),
        ("", "", "@", "Kelengkapan", "Waktu (menit)", "Output", ""),
    ),
    "kota-blitar": (
        ("No", "Aktivitas", "@Pelaksana", "Mutu Baku", "", "", "Keterangan"),
        ("", "", "@", "Persyaratan/Kelengkapan", "Waktu", "Output", ""),
    ),
}
Tanda = Callable[[str], str]
TANDA: dict[str, Tanda] = {
    "dinkes-mojokerto": lambda simbol: {"keputusan": "◇"}.get(simbol, "√"),
    "dinkes-banten": lambda simbol: {"mulai": "Mulai", "keputusan": "ya/tidak"}.get(simbol, "→"),
    "dprkp2-mojokerto": lambda simbol: {"mulai": "MULAI", "keputusan": "◇"}.get(simbol, "x"),
    "kecamatan-dawarblandong": lambda simbol: {"keputusan": "<>"}.get(simbol, "●"),
    "kota-blitar": lambda simbol: {"keputusan": "Keputusan", "akhir": "Selesai"}.get(simbol, "v"),
}


def tulis_kertas(nama: str) -> Workbook:
    """The paper form of one of the five as somebody would type it into Excel."""
    sop = baca_berkas(nama)
    buku = Workbook()
    _identitas(buku.worksheets[0], sop)
    s = buku.create_sheet("Bagan alir")
    s["A1"] = sop.identitas.judul_uraian
    s.merge_cells("A1:H1")
    _tabel(s, sop, nama)
    return buku


def _identitas(s: Worksheet, sop: BerkasSOP) -> None:
    i = sop.identitas
    for n, teks in enumerate(i.kop, start=1):
        s.cell(n, 1, teks)
    baris = max(len(i.kop), 1) + 1
    for label, teks in (
        ("Nomor SOP", i.nomor_sop),
        ("Tgl Pembuatan", i.tanggal_pembuatan_teks),
        ("Tanggal Revisi", i.tanggal_revisi_teks),
        ("Tgl Efektif", i.tanggal_efektif_teks),
        ("Nama SOP", i.nama_sop),
    ):
        s.cell(baris, 3, label)
        s.cell(baris, 4, f": {teks}" if teks else None)
        baris += 1
    for kiri, kanan, a, b in (
        ("DASAR HUKUM", "KUALIFIKASI PELAKSANA", i.dasar_hukum, i.kualifikasi),
        ("Keterkaitan :", "Peralatan / Perlengkapan :", i.keterkaitan, i.peralatan),
        ("PERINGATAN", "PENCATATAN DAN PENDATAAN", i.peringatan, i.pencatatan),
    ):
        s.cell(baris, 1, kiri)
        s.cell(baris, 3, kanan)
        s.cell(baris + 1, 1, "\n".join(f"{n}. {t}" for n, t in enumerate(a, start=1)))
        for n, t in enumerate(b, start=1):
            s.cell(baris + n, 3, f"{n}. {t}")
        baris += len(b) + 2


def _tabel(s: Worksheet, sop: BerkasSOP, nama: str) -> None:
    matriks = build_matriks(sop.graf, sop.identitas)
    lajur = [k.judul for k in matriks.kolom]
    for baris, kepala in enumerate(KEPALA[nama], start=3):
        kolom = 1
        for teks in kepala:
            isi = [teks[1:], *[""] * (len(lajur) - 1)] if teks[:1] == "@" else [teks]
            isi = lajur if teks == "@" else isi
            for judul in isi:
                s.cell(baris, kolom, judul or None)
                kolom += 1
    s.merge_cells(start_row=3, end_row=4, start_column=1, end_column=1)
    s.merge_cells(start_row=3, end_row=3, start_column=3, end_column=2 + len(lajur))
    kanan = 3 + len(lajur)
    for n, (langkah, tempat) in enumerate(zip(sop.graf.langkah, matriks.tempat, strict=True)):
        baris = 5 + n
        s.cell(baris, 1, f"{langkah.nomor}.")
        s.cell(baris, 2, langkah.kegiatan)
        for t in tempat:
            s.cell(baris, 3 + t.kolom, TANDA[nama](t.simbol))
        s.cell(baris, kanan, "\n".join(f"- {k}" for k in langkah.kelengkapan) or None)
        waktu = langkah.waktu_teks
        s.cell(baris, kanan + 1, int(waktu) if waktu.isdecimal() else waktu or None)
        s.cell(baris, kanan + 2, langkah.output or None)
        s.cell(baris, kanan + 3, langkah.keterangan or None)


def baca_kertas(nama: str) -> Buku:
    """The same, as read from its file."""
    return read_buku(to_bytes(tulis_kertas(nama)))
