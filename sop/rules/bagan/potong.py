"""Cutting a route into pages: between which rows, and which letter stands where."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from string import ascii_uppercase

from sop.rules.bagan.bentuk import Panah
from sop.rules.bagan.denah import SELESAI, Denah
from sop.rules.bagan.lembar import Lembar, Sambungan

# Cost of a page, and of a connector on it: no page more than needed, then few cut lines and
# pages that are equally full.
_HALAMAN, _POTONG = 10_000, 15


def split_lembar(denah: Denah, tinggi: int) -> tuple[Lembar, ...]:
    """Pages no higher than `tinggi` in units of the drawing, the head of the table included.

    A row that is higher by itself gets a page of its own, which is then shrunk to fit.
    """
    batas = _Pembagi(denah, tinggi).run()
    lembar = [_Blok(a, b) for a, b in pairwise(batas)]
    _connect(denah, lembar)
    return tuple(blok.freeze() for blok in lembar)


def letter_of(nomor: int) -> str:
    """A, B … Z, AA, AB …"""
    depan, sisa = divmod(nomor, len(ascii_uppercase))
    return (ascii_uppercase[depan - 1] if depan else "") + ascii_uppercase[sisa]


class _Pembagi:
    """Best places to cut, by the cost of every page that could end at a row."""

    def __init__(self, denah: Denah, tinggi: int) -> None:
        self.denah, self.tinggi = denah, tinggi
        self.rentang = [_rentang(denah, p) for p in denah.panah]
        self.baris = len(denah.tinggi)
        # The closing symbol stays with the decision before it.
        self.terlarang = {self.baris - 1} if SELESAI in denah.letak else set()

    def run(self) -> list[int]:
        """Rows at which pages begin, and the end."""
        terbaik: list[tuple[int, int]] = [(0, 0)]
        for akhir in range(1, self.baris + 1):
            calon = [(10**9, 0)]
            if akhir not in self.terlarang:
                for mulai in range(akhir - 1, -1, -1):
                    biaya = self._biaya(mulai, akhir)
                    if biaya is None:
                        break
                    calon.append((terbaik[mulai][0] + biaya, mulai))
            terbaik.append(min(calon))
        batas = [self.baris]
        while batas[-1]:
            batas.append(terbaik[batas[-1]][1])
        return batas[::-1]

    def _biaya(self, mulai: int, akhir: int) -> int | None:
        """Cost of that page; None when it is too high, and so would be a longer one."""
        lewat = [r for r in self.rentang if (mulai <= r[0] < akhir) != (mulai <= r[1] < akhir)]
        atas = sum(r[0] < mulai for r in lewat)
        kolom, satu = len(self.denah.kolom), self.denah.tinggi_sambungan
        sambungan = -(-atas // kolom) - (-(len(lewat) - atas) // kolom)
        isi = sum(self.denah.tinggi[mulai:akhir])
        sisa = self.tinggi - sum(self.denah.tinggi_kepala) - isi - sambungan * satu
        if sum(self.denah.tinggi_kepala) + isi > self.tinggi and akhir - mulai > 1:
            return None
        penuh = sisa * sisa // self.tinggi
        # Too high because of its connectors only: a longer page may need fewer.
        terlalu = 5 * _HALAMAN if sisa < 0 else 0
        return _HALAMAN + terlalu + _POTONG * len(lewat) + penuh


def _rentang(denah: Denah, panah: Panah) -> tuple[int, int]:
    """First and last row an arrow touches."""
    baris = sorted(denah.letak[k].baris for k in (panah.asal, panah.tujuan))
    return baris[0], baris[1]


@dataclass
class _Blok:
    """A page while letters are given out."""

    mulai: int
    akhir: int
    atas: list[dict[int, Sambungan]] = field(default_factory=list)
    bawah: list[dict[int, Sambungan]] = field(default_factory=list)

    def freeze(self) -> Lembar:
        """The page; rows of connectors nearest to the steps were filled first."""
        atas, bawah = (
            tuple(tuple(baris[k] for k in sorted(baris)) for baris in blok)
            for blok in (reversed(self.atas), self.bawah)
        )
        return Lembar(self.mulai, self.akhir, atas, bawah)


def _connect(denah: Denah, lembar: Sequence[_Blok]) -> None:
    """A letter for every line that is cut, in one and the same column on both its pages."""
    terpotong = []
    for panah in denah.panah:
        awal, akhir = _rentang(denah, panah)
        depan, belakang = _halaman(lembar, awal), _halaman(lembar, akhir)
        if depan != belakang:
            terpotong.append((depan, belakang, denah.letak[panah.asal].baris, panah))
    terpotong.sort(key=lambda t: (t[0], t[1], t[2], t[3].hasil))
    for n, (depan, belakang, _baris, panah) in enumerate(terpotong):
        sisi = (lembar[depan].bawah, lembar[belakang].atas)
        kolom, tempat = _pick(denah, panah, sisi)
        maju = denah.letak[panah.asal].baris < denah.letak[panah.tujuan].baris
        for blok, baris, masuk in zip(sisi, tempat, (not maju, maju), strict=True):
            jauh = panah.asal if masuk else panah.tujuan
            nomor = denah.letak[jauh].nomor
            while len(blok) <= baris:
                blok.append({})
            blok[baris][kolom] = Sambungan(letter_of(n), kolom, panah, masuk, nomor)


def _halaman(lembar: Sequence[_Blok], baris: int) -> int:
    return next(n for n, b in enumerate(lembar) if b.mulai <= baris < b.akhir)


def _pick(
    denah: Denah, panah: Panah, sisi: Sequence[list[dict[int, Sambungan]]]
) -> tuple[int, list[int]]:
    """Column and the row on either page: in the first rows if possible, near the target."""
    asal, tujuan = (denah.letak[k].kolom for k in (panah.asal, panah.tujuan))

    def nilai(kolom: int) -> tuple[int, bool, int, int]:
        baris = [_row(blok, kolom) for blok in sisi]
        jauh = min(abs(kolom - tujuan), abs(kolom - asal))
        return max(baris), jauh > 0, abs(kolom - tujuan), kolom

    kolom = min(range(len(denah.kolom)), key=nilai)
    return kolom, [_row(blok, kolom) for blok in sisi]


def _row(blok: Sequence[dict[int, Sambungan]], kolom: int) -> int:
    """First row of connectors with that column free."""
    return next((n for n, baris in enumerate(blok) if kolom not in baris), len(blok))
