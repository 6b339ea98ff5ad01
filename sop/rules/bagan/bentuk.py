"""Shapes of the drawing in whole units: boxes, symbols, arrows and lines.

Coordinates grow to the right and downwards. Nothing here is a figure of a report.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

Titik = tuple[int, int]

UTARA, SELATAN, TIMUR, BARAT = "utara", "selatan", "timur", "barat"
ARAH: Mapping[str, Titik] = MappingProxyType(
    {UTARA: (0, -1), SELATAN: (0, 1), TIMUR: (1, 0), BARAT: (-1, 0)}
)
LAWAN: Mapping[str, str] = MappingProxyType(
    {UTARA: SELATAN, SELATAN: UTARA, TIMUR: BARAT, BARAT: TIMUR}
)
KONEKTOR = "konektor"
UKURAN: Mapping[str, Titik] = MappingProxyType(
    {
        "mulai": (58, 24),
        "akhir": (58, 24),
        "proses": (46, 24),
        "keputusan": (52, 34),
        KONEKTOR: (22, 24),
    }
)


@dataclass(frozen=True)
class Kotak:
    """A rectangle by its left, top, right and bottom edge."""

    kiri: int
    atas: int
    kanan: int
    bawah: int

    def grow(self, tebal: int) -> "Kotak":
        """Wider by `tebal` on every side."""
        return Kotak(self.kiri - tebal, self.atas - tebal, self.kanan + tebal, self.bawah + tebal)

    def touches(self, lain: "Kotak") -> bool:
        """Whether the two share any area."""
        datar = self.kiri < lain.kanan and lain.kiri < self.kanan
        return datar and self.atas < lain.bawah and lain.atas < self.bawah

    def contains(self, titik: Titik) -> bool:
        """Whether a point lies inside or on an edge."""
        x, y = titik
        return self.kiri <= x <= self.kanan and self.atas <= y <= self.bawah

    def is_cut_by(self, p: Titik, q: Titik) -> bool:
        """Whether a level or upright line from `p` to `q` enters the inside."""
        x0, x1 = sorted((p[0], q[0]))
        y0, y1 = sorted((p[1], q[1]))
        return x0 < self.kanan and x1 > self.kiri and y0 < self.bawah and y1 > self.atas


@dataclass(frozen=True)
class Simbol:
    """One symbol around its centre. kunci: its name in the drawing; nomor: its step, 0 for none."""

    kunci: str
    x: int
    y: int
    jenis: str
    nomor: int = 0
    teks: str = ""

    @property
    def kotak(self) -> Kotak:
        """The box around it."""
        w, h = UKURAN[self.jenis]
        return Kotak(self.x - w // 2, self.y - h // 2, self.x + w // 2, self.y + h // 2)

    def port(self, arah: str) -> Titik:
        """Where a line leaves or enters on that side."""
        w, h = UKURAN[self.jenis]
        dx, dy = ARAH[arah]
        return self.x + dx * w // 2, self.y + dy * h // 2

    def overlaps(self, kotak: Kotak) -> bool:
        """Whether a box touches the shape itself, with a little air around it."""
        if self.jenis != "keputusan":
            return kotak.touches(self.kotak.grow(1))
        w, h = UKURAN[self.jenis]
        dx = max(kotak.kiri - self.x, self.x - kotak.kanan, 0)
        dy = max(kotak.atas - self.y, self.y - kotak.bawah, 0)
        return dx * (h // 2 + 2) + dy * (w // 2 + 2) < (w // 2 + 2) * (h // 2 + 2)


@dataclass(frozen=True)
class Panah:
    """An arrow to draw between two symbols. asal, tujuan: kunci; hasil: "", "ya" or "tidak"."""

    asal: str
    tujuan: str
    hasil: str = ""
    mundur: bool = False

    def __str__(self) -> str:
        return f"{self.asal} ke {self.tujuan}"


@dataclass(frozen=True)
class Garis:
    """An arrow as routed: its corners from symbol to symbol."""

    panah: Panah
    titik: tuple[Titik, ...]

    @property
    def ruas(self) -> list[tuple[Titik, Titik]]:
        """Its straight pieces in order."""
        return list(pairwise(self.titik))


@dataclass(frozen=True)
class Label:
    """A word beside a line. dasar: where the text begins, on its base line; garis: its line.

    berpelat: it lies on its own line and needs a white plate.
    """

    teks: str
    dasar: Titik
    kotak: Kotak
    garis: int
    berpelat: bool = False
    mundur: bool = False
