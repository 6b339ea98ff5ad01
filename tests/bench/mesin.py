"""The engine beside bare Decimal arithmetic, and reading a long file of printed figures.

Run: .venv/bin/python -m tests.bench.mesin [ROWS]
The floor is the quotient alone; the ratio is what bounds, floor, cap and the sentence that explains
each figure cost on top. The file is the 685 printed rows over and over: its rows per second, and
how much more memory ten times the rows take.
"""

import io
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from decimal import Context, Decimal
from itertools import cycle, islice
from pathlib import Path

from django.core.management import call_command

from kinerja.rules.capaian import Rumus, Setelan, mean_capaian, reckon_capaian
from tests.bench._basis import cetak, siapkan

siapkan()

CSV = Path(__file__).parent.parent / "data" / "lkjip" / "baris-tercetak.csv"
KONTEKS = Context(prec=34)
MAKS_BARIS = 100_000


def clock(kerja: Callable[[], object], putaran: int = 3) -> float:
    """Seconds of the processor it takes at best, whatever else the machine does."""
    lama = []
    for _ in range(putaran):
        mulai = time.process_time()
        kerja()
        lama.append(time.process_time() - mulai)
    return min(lama)


def bench_mesin(banyak: int) -> None:
    """Percentages per second, bare and explained, and their mean."""
    pasangan = [(Decimal(n % 97 + 1), Decimal(n % 101).scaleb(-1)) for n in range(banyak)]
    setelan = Setelan(Rumus.PER_TARGET, batas=Decimal(120))
    dasar = clock(lambda: [KONTEKS.divide(r * 100, t) for t, r in pasangan])
    lama = clock(lambda: mean_capaian([reckon_capaian(t, r, setelan) for t, r in pasangan]))
    cetak(
        f"{'Decimal saja':<34} {banyak / dasar:>12,.0f} baris/detik",
        f"{'mesin dan rata-rata':<34} {banyak / lama:>12,.0f} baris/detik  {lama / dasar:5.1f}x",
    )


def bench_berkas(banyak: int) -> None:
    """Rows per second of uji_capaian, and the peak of memory."""
    judul, *baris = CSV.read_text(encoding="utf-8").splitlines(keepends=True)
    with tempfile.TemporaryDirectory() as folder:
        masuk, keluar = Path(folder) / "masuk.csv", Path(folder) / "hasil.csv"
        for n in (banyak // 10, banyak):
            masuk.write_text(judul + "".join(islice(cycle(baris), n)), encoding="utf-8")
            lama = clock(
                lambda: call_command("uji_capaian", masuk, keluaran=keluar, stdout=io.StringIO())
            )
            puncak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            cetak(
                f"uji_capaian, {n:>7,} baris {n / lama:>20,.0f} baris/detik  puncak {puncak:.0f} MB"
            )


def main() -> None:
    """Print both."""
    banyak = int(sys.argv[1]) if len(sys.argv) > 1 else MAKS_BARIS
    bench_mesin(banyak)
    bench_berkas(banyak)


if __name__ == "__main__":
    main()
