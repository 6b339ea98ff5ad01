"""An Evaluasi Renja (Form E.81) as an office hands it in: the layout of the form, invented figures.

Every title is merged, parents are formulas, and figures, words and blanks mix in one column. Run as
a module it writes `tests/data/e81/evaluasi-renja-2026.xlsx`, which the tests read.
"""

import io
import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

BERKAS = Path(__file__).parent.parent / "data" / "e81" / "evaluasi-renja-2026.xlsx"
LEMBAR = "EVALUASI RENJA TW III"
DEPAN = (
    "No", "Visi", "Misi", "Sasaran RPJMD", "Tujuan Perangkat Daerah", "Sasaran Perangkat Daerah",
    "Urusan/Bidang Urusan Pemerintahan Daerah dan Program/Kegiatan/Sub Kegiatan",
    "Indikator Kinerja Program (outcome)/Kegiatan (output)/Sub Kegiatan", "Satuan",
)  # fmt: skip
GOLONGAN = (
    ("Target Renstra Perangkat Daerah pada Tahun 2029 (akhir periode Renstra)", ("K", "Rp.")),
    ("Realisasi Capaian Kinerja Renstra Perangkat Daerah s.d. Renja Tahun Lalu", ("K", "Rp.")),
    ("Target Kinerja dan Anggaran Renja Perangkat Daerah Tahun 2026", ("K", "Rp.")),
    ("Realisasi Kinerja Pada Triwulan", ("K", "%", "Rp.") * 4),
    ("Realisasi Capaian Kinerja dan Anggaran Renja yang Dievaluasi Tahun 2026", ("K", "Rp.")),
    ("Realisasi Kinerja dan Anggaran Renstra s.d. Tahun 2026", ("K", "Rp.")),
    ("Tingkat Capaian Kinerja dan Realisasi Anggaran Renstra (%)", ("K", "Rp.")),
)  # fmt: skip
AWAL = 10  # row of the first programme, counted as Excel does
NAMA, IND, SAT, RENJA_K, RENJA, TW1 = 7, 8, 9, 14, 15, 18  # columns, counted from one
RUPIAH = '_-"Rp"* #,##0_-;_-* "-"_-;_-@_-'


@dataclass(frozen=True)
class Isi:
    """One row. tw: rupiah of the triwulan, None an empty cell; anak: rows that it sums."""

    nama: str
    indikator: str = ""
    satuan: str = ""
    k: str | float | None = None
    pagu: str | float | None = None
    tw: tuple[str | float | None, ...] = ()
    anak: tuple[int, ...] = field(default=())


BARIS = (
    Isi("1 URUSAN PEMERINTAHAN WAJIB PELAYANAN DASAR"),
    Isi("1.02 URUSAN PEMERINTAHAN BIDANG KESEHATAN"),
    Isi("1.02.02 PROGRAM PEMENUHAN UPAYA KESEHATAN PERORANGAN DAN MASYARAKAT",
        "1. Cakupan imunisasi dasar lengkap\n2. Angka kesakitan DBD", "%\nper 100.000",
        "1. 95\n2. 12,5", anak=(13, 16)),
    Isi("1.02.02.2.01 Penyediaan Fasilitas Pelayanan Kesehatan",
        "Puskesmas dengan sarana sesuai standar", "unit", 27, anak=(14, 15)),
    Isi("1.02.02.2.01.0006 Pengembangan Puskesmas", "Puskesmas yang dikembangkan", "unit",
        "3 unit", "Rp 1.250.000.000", (0, 312500000, 420000000.5, None)),
    Isi("1.02.02.2.01.0020 Pemeliharaan Alat Kesehatan", "Alat yang dipelihara", "unit",
        "100 dari 110", 480000000, (120000000, 96500000, "118.250.000", None)),
    Isi("1.02.02.2.02 Penyediaan Layanan Kesehatan UKM dan UKP Rujukan", "Layanan terlaksana",
        "layanan", 12, anak=(17, 18, 19)),
    Isi("1.02.02.2.02.0001 Pengelolaan Pelayanan Kesehatan Ibu Hamil", "Ibu hamil dilayani",
        "orang", "1.091", 365000000, (91250000, "-", 84000000, None)),
    Isi("1.02.02.2.02.0011 Pengelolaan Pelayanan Orang Terduga Tuberkulosis", "Terduga dilayani",
        "orang", 4079, 212000000, (53000000, "lima puluh juta", 49000000, None)),
    Isi("1.02.02.2.02.0025 Pelayanan Kesehatan Penyakit Menular", "Kasus ditangani", "kasus",
        "N/A", 98000000, (24500000, 24500000, None, None)),
    Isi("1.02.01 PROGRAM PENUNJANG URUSAN PEMERINTAHAN DAERAH", "Nilai SAKIP", "predikat", "BB",
        anak=(21,)),
    Isi("1.02.01.2.01 Perencanaan, Penganggaran, dan Evaluasi Kinerja", "Dokumen selesai",
        "dokumen", 6, anak=(22,)),
    Isi("1.02.01.2.01.0001 Penyusunan Dokumen Perencanaan", "Dokumen disusun", "dokumen", "7 – 8",
        45000000, (11000000, 12000000, 9000000, None)),
    Isi("1.02.01.2.01.0001 Penyusunan Dokumen Perencanaan (lanjutan)", "", "", None, 5000000,
        (1000000, None, None, None)),
)  # fmt: skip
# Merged down over the rows of their programme, as such tables are.
TURUN = (
    "Terwujudnya daerah yang sehat dan sejahtera", "Meningkatkan kualitas sumber daya manusia",
    "Meningkatnya derajat kesehatan masyarakat", "Meningkatkan derajat kesehatan",
    "Menurunnya angka kesakitan",
)  # fmt: skip


def build(berkas: Path = BERKAS) -> Path:
    """Write the workbook."""
    buku = Workbook()
    sampul = buku.worksheets[0]
    sampul.title = "SAMPUL"
    sampul["B2"] = "EVALUASI HASIL RENCANA KERJA"
    lembar = buku.create_sheet(LEMBAR)
    _write_kepala(lembar)
    hasil: dict[str, str | float] = {}
    for n, isi in enumerate(BARIS, AWAL):
        _write_baris(lembar, n, isi, hasil)
    _write_samping(lembar, hasil)
    _write_kaki(lembar, AWAL + len(BARIS), hasil)
    keluar = io.BytesIO()
    buku.save(keluar)
    berkas.write_bytes(_calculate(keluar.getvalue(), hasil))
    return berkas


def _calculate(isi: bytes, hasil: dict[str, str | float]) -> bytes:
    """Put beside each formula what Excel would have stored for it."""
    lama, baru = zipfile.ZipFile(io.BytesIO(isi)), io.BytesIO()
    with zipfile.ZipFile(baru, "w", zipfile.ZIP_DEFLATED) as keluar:
        for nama in lama.namelist():
            bagian = lama.read(nama)
            if nama == "xl/worksheets/sheet2.xml":
                bagian = _put_hasil(bagian.decode(), hasil).encode()
            keluar.writestr(nama, bagian)
    return baru.getvalue()


def _put_hasil(xml: str, hasil: dict[str, str | float]) -> str:
    for alamat, nilai in hasil.items():
        jenis = ' t="e"' if isinstance(nilai, str) else ""
        pola = rf'<c r="{alamat}"([^>]*?)><f>(.*?)</f><v ?/?>(?:</v>)?</c>'
        xml, banyak = re.subn(pola, rf'<c r="{alamat}"\1{jenis}><f>\2</f><v>{nilai}</v></c>', xml)
        assert banyak == 1, alamat
    return xml


def _merge(
    s: Worksheet, tempat: tuple[int, int], teks: str, *, tinggi: int = 1, lebar: int = 1
) -> None:
    baris, kolom = tempat
    sel = s.cell(baris, kolom, teks)
    sel.font, sel.alignment = Font(bold=True), Alignment(wrap_text=True, horizontal="center")
    s.merge_cells(
        start_row=baris,
        start_column=kolom,
        end_row=baris + tinggi - 1,
        end_column=kolom + lebar - 1,
    )


def _write_kepala(s: Worksheet) -> None:
    akhir = len(DEPAN) + sum(len(satuan) for _judul, satuan in GOLONGAN) + 1
    _merge(s, (1, 1), "Formulir E.81", lebar=akhir)
    _merge(s, (2, 1), "Evaluasi terhadap Hasil Renja Perangkat Daerah", lebar=akhir)
    _merge(s, (3, 1), "Dinas Kesehatan, Periode Pelaksanaan Tahun 2026", lebar=akhir)
    for k, judul in enumerate(DEPAN, 1):
        _merge(s, (6, k), judul, tinggi=2)
    k = len(DEPAN) + 1
    for judul, satuan in GOLONGAN:
        panjang = len(satuan)
        _merge(s, (6, k), judul, tinggi=1 if panjang > 2 else 2, lebar=panjang)
        for n in range(0, panjang if panjang > 2 else 0, 3):
            _merge(s, (7, k + n), ("I", "II", "III", "IV")[n // 3], lebar=3)
        for n, satu in enumerate(satuan):
            s.cell(8, k + n, k + n)
            s.cell(9, k + n, satu)
        k += panjang
    _merge(s, (6, k), "Perangkat Daerah Penanggung Jawab", tinggi=2)


def _write_baris(s: Worksheet, n: int, isi: Isi, hasil: dict[str, str | float]) -> None:
    kata = {NAMA: isi.nama, IND: isi.indikator, SAT: isi.satuan, RENJA_K: isi.k}
    uang = {RENJA: isi.pagu} | {TW1 + 3 * tw: nilai for tw, nilai in enumerate(isi.tw)}
    for kolom, nilai in (kata | uang).items():
        if nilai not in ("", None):
            s.cell(n, kolom, nilai).number_format = RUPIAH if kolom in uang else "General"
    for kolom in (RENJA, *(TW1 + 3 * tw for tw in range(3))) if isi.anak else ():
        huruf = get_column_letter(kolom)
        s.cell(n, kolom, "=" + "+".join(f"{huruf}{a}" for a in isi.anak))
        hasil[f"{huruf}{n}"] = _sum(isi, kolom)


def _sum(isi: Isi, kolom: int) -> str | float:
    """What Excel stores for the formula: a sum, or the error of a word in it."""
    jumlah: float = 0
    for nomor in isi.anak:
        anak = BARIS[nomor - AWAL]
        nilai = anak.pagu if kolom == RENJA else (*anak.tw, *(None,) * 4)[(kolom - TW1) // 3]
        if anak.anak:
            nilai = _sum(anak, kolom)
        if isinstance(nilai, str):
            return "#VALUE!"
        jumlah += nilai or 0
    return jumlah


def _write_samping(s: Worksheet, hasil: dict[str, str | float]) -> None:
    """Visi to sasaran, merged over all the rows; a percentage of nothing with its error."""
    for k, teks in enumerate(TURUN, 2):
        _merge(s, (AWAL, k), teks, tinggi=len(BARIS))
    alamat = f"{get_column_letter(TW1 - 1)}{AWAL + 2}"
    s[alamat] = "=P13/N13*100"
    hasil[alamat] = "#DIV/0!"


def _write_kaki(s: Worksheet, n: int, hasil: dict[str, str | float]) -> None:
    _merge(s, (n, 1), "Rata-rata capaian kinerja (%)", lebar=SAT)
    _merge(s, (n + 1, 1), "Predikat kinerja", lebar=SAT)
    s.cell(n + 1, RENJA_K, "Tinggi")
    s.cell(n + 2, NAMA, "JUMLAH ANGGARAN")
    alamat = f"{get_column_letter(RENJA)}{n + 2}"
    s[alamat] = "=SUM(O12,O20)"
    hasil[alamat] = 2_455_000_000
    s.cell(n + 5, NAMA, "Faktor pendorong keberhasilan kinerja:")
    s.cell(n + 9, TW1 + 6, "Mojosari, 5 Oktober 2026")
    s.cell(n + 10, TW1 + 6, "KEPALA DINAS KESEHATAN")
    s.cell(n + 14, TW1 + 6, "NIP 19720315 199803 2 001")


if __name__ == "__main__":
    build()
