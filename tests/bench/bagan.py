"""The drawing checks itself at scale: the five SOPs and 1,000 random routes, on screen and paged.

Faults must be 0. Run by script/bench; an argument gives another number of random routes.
"""

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.bench._basis import cetak, siapkan

siapkan()

from sop.rules.bagan.denah import Ruang
from sop.rules.bagan.susun import arrange, arrange_pages
from sop.rules.bagan.uji import Susunan, check_susunan, count_silang
from sop.rules.graf import Graf
from sop.rules.identitas import Identitas
from sop.rules.kertas import KERTAS
from sop.rules.matriks import Matriks, build_matriks
from tests.factories.rute_acak import rute_acak
from tests.factories.sop import JABATAN, baca_berkas

BANYAK = 1000
Gambar = tuple[list[Susunan], int]


@dataclass
class Hitungan:
    """What came of drawing many routes."""

    nama: str
    detik: list[float] = field(default_factory=list)
    cacat: int = 0
    berhuruf: int = 0
    halaman: int = 0
    silang: int = 0

    def draw(self, gambar: Callable[[Graf, Matriks], Gambar], graf: Graf, matriks: Matriks) -> None:
        """Draw one and count."""
        mulai = time.process_time()
        lembar, cacat = gambar(graf, matriks)
        self.detik.append(time.process_time() - mulai)
        self.cacat += cacat
        self.halaman += len(lembar)
        self.silang += sum(count_silang(s) for s in lembar)
        self.berhuruf += any(s.jenis == "konektor" and s.nomor for b in lembar for s in b.simbol)

    def __str__(self) -> str:
        urut = sorted(self.detik)
        return (
            f"{self.nama:<18} {len(urut):5} gambar  {self.halaman:5} halaman  "
            f"{self.cacat} cacat  {self.berhuruf} berhuruf  {self.silang} silang  "
            f"{sum(urut):6.1f} s CPU (median {statistics.median(urut) * 1000:.0f} ms, "
            f"terlama {urut[-1] * 1000:.0f} ms)"
        )


def draw_layar(graf: Graf, matriks: Matriks) -> Gambar:
    """For the screen, in one piece."""
    susunan = arrange(graf, matriks)
    return [susunan], len(check_susunan(susunan))


def draw_lembar(graf: Graf, matriks: Matriks) -> Gambar:
    """For A4, in pages."""
    berlembar = arrange_pages(graf, matriks, KERTAS["a4"].ruang, Ruang())
    return list(berlembar.susunan), len(berlembar.cacat)


def run(banyak: int) -> list[Hitungan]:
    """All of it."""
    berkas = [baca_berkas(nama) for nama in JABATAN]
    lima = [(b.graf, build_matriks(b.graf, b.identitas)) for b in berkas]
    graf = [rute_acak(benih) for benih in range(banyak)]
    acak = [(g, build_matriks(g, Identitas())) for g in graf]
    hasil = []
    for nama, bahan in (("lima SOP", lima), (f"{banyak} acak", acak)):
        for cara, gambar in (("layar", draw_layar), ("lembar", draw_lembar)):
            hitungan = Hitungan(f"{nama}, {cara}")
            for graf_satu, matriks in bahan:
                hitungan.draw(gambar, graf_satu, matriks)
            hasil.append(hitungan)
    return hasil


def main() -> int:
    """Print the figures; fail on any fault."""
    hasil = run(int(sys.argv[1]) if len(sys.argv) > 1 else BANYAK)
    cetak(*(str(h) for h in hasil))
    return 1 if any(h.cacat for h in hasil) else 0


if __name__ == "__main__":
    sys.exit(main())
