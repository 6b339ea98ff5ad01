"""Downloads of many rows through the product, beside xlsxwriter writing the same cells bare.

Run: script/bench ekspor, or .venv/bin/python -m tests.bench.ekspor [ROWS]
The floor is xlsxwriter in constant memory: same cells, bold titles, widths, nothing asked of them.
The product's own download writes the same rows, defuses what a spreadsheet would calculate and
escapes what XML cannot hold. Rounds alternate; figures are medians of the processor's seconds.
Target: at most 1.3 times, and memory that does not grow with the rows.
"""

import io
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sakip.settings.test")

from tests.bench._basis import cetak, note_hasil, siapkan

siapkan()

from xlsxwriter import Workbook

from sakip.common.unduhan import Nilai, Tabel, write_csv, write_xlsx

BARIS = 10_000
PUTARAN = 5
KOLOM = (
    ("Sasaran", 40), ("Kode", 10), ("Indikator", 48), ("Satuan", 12), ("Unit", 28), ("Target", 14),
    ("Batas atas", 14), ("Realisasi", 14), ("Capaian (%)", 12), ("Kategori", 18), ("Keadaan", 24),
    ("Tanggal", 14), ("Cara hitung", 40),
)  # fmt: skip


def list_baris(banyak: int) -> Iterator[Sequence[Nilai]]:
    """Rows as a rekap has them."""
    for n in range(banyak):
        persen = Decimal(n % 12_000) / 100
        yield (
            f"Sasaran {n % 40}: meningkatnya mutu layanan", f"IKU-{n}", f"Indikator kinerja {n}",
            "persen", f"Bidang {n % 7}", Decimal(90), None, Decimal(n % 100), persen, "Tinggi",
            "Diverifikasi", date(2026, 10, n % 28 + 1), f"{n % 100} ÷ 90 × 100 = {persen}%.",
        )  # fmt: skip


def write_bare(banyak: int) -> bytes:
    """The floor."""
    keluar = io.BytesIO()
    with Workbook(keluar, {"constant_memory": True}) as buku:
        lembar = buku.add_worksheet("Indikator")
        tebal, hari = buku.add_format({"bold": True}), buku.add_format({"num_format": "yyyy-mm-dd"})
        for k, (judul, lebar) in enumerate(KOLOM):
            lembar.set_column(k, k, lebar)
            lembar.write_string(0, k, judul, tebal)
        lembar.freeze_panes(1, 0)
        for b, baris in enumerate(list_baris(banyak), 1):
            for k, v in enumerate(baris):
                if isinstance(v, str):
                    lembar.write_string(b, k, v)
                elif isinstance(v, Decimal):
                    lembar.write_number(b, k, v)
                elif isinstance(v, date):
                    lembar.write_datetime(b, k, v, hari)
    return keluar.getvalue()


def write_produk(banyak: int) -> bytes:
    """The product's own download."""
    return write_xlsx([Tabel("Indikator", KOLOM, list_baris(banyak))])


def clock(kerja: Callable[[], object]) -> float:
    """Seconds of the processor."""
    mulai = time.process_time()
    kerja()
    return time.process_time() - mulai


def main() -> None:
    """Print the ratio, and what ten times the rows take of memory."""
    banyak = int(sys.argv[1]) if len(sys.argv) > 1 else BARIS
    dasar, produk, csv = [], [], []
    for _ in range(PUTARAN):
        dasar.append(clock(lambda: write_bare(banyak)))
        produk.append(clock(lambda: write_produk(banyak)))
        csv.append(clock(lambda: write_csv(Tabel("I", KOLOM, list_baris(banyak)))))
    lantai, lama, teks = (statistics.median(x) for x in (dasar, produk, csv))
    cetak(
        f"{banyak} baris, {len(KOLOM)} kolom, detik prosesor",
        f"xlsxwriter constant_memory  {lantai:6.2f} s",
        f"unduhan Excel               {lama:6.2f} s  {lama / lantai:5.2f}x",
        f"unduhan CSV                 {teks:6.2f} s  {teks / lantai:5.2f}x",
    )
    note_hasil("P5", "unduhan Excel dibanding xlsxwriter polos", nilai=lama / lantai, batas=1.3)
    sebelum = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    besar = len(write_produk(banyak * 5))
    tambahan = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - sebelum) / 1024
    cetak(f"lima kali barisnya: berkas {besar / 1e6:.1f} MB, tambahan memori {tambahan:.0f} MB")


if __name__ == "__main__":
    main()
