"""A workbook as it was read: plain values, without Django, so that rules may look at it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import NamedTuple


class Jenis(StrEnum):
    """Kind of a value. PERSEN: a figure that Excel shows times 100 with a percent sign."""

    KOSONG = "kosong"
    TEKS = "teks"
    ANGKA = "angka"
    PERSEN = "persen"
    TANGGAL = "tanggal"
    WAKTU = "waktu"
    LOGIKA = "logika"
    RUMUS = "rumus"
    GALAT = "galat"


class Sel(NamedTuple):
    """One cell. teks: "" when empty; catatan: its comment; hasil: of a formula, as last calculated.

    A named tuple, because a large workbook has hundreds of thousands of them.
    """

    jenis: Jenis = Jenis.KOSONG
    teks: str = ""
    catatan: str = ""
    hasil: "Sel | None" = None

    @property
    def nilai(self) -> "Sel":
        """The cell itself, or what its formula came to when Excel last calculated it."""
        return self.hasil or self


_KOSONG = Sel()


@dataclass(frozen=True)
class Rentang:
    """A merged range, all four counted from 1 and included."""

    baris: int
    kolom: int
    baris_akhir: int
    kolom_akhir: int


@dataclass(frozen=True)
class Lembar:
    """One sheet. sel: what is not empty, by (row, column)."""

    nama: str
    sel: Mapping[tuple[int, int], Sel]
    gabung: tuple[Rentang, ...] = ()
    tersembunyi: bool = False
    baris_tersembunyi: frozenset[int] = field(default_factory=frozenset)

    @cached_property
    def pangkal(self) -> Mapping[tuple[int, int], tuple[int, int]]:
        """Every used cell of a merged range but its corner, to that corner."""
        return {
            (b, k): (r.baris, r.kolom)
            for r in self.gabung
            for b in range(r.baris, min(r.baris_akhir, self.baris_akhir) + 1)
            for k in range(r.kolom, min(r.kolom_akhir, self.kolom_akhir) + 1)
            if (b, k) != (r.baris, r.kolom)
        }

    @cached_property
    def baris_akhir(self) -> int:
        """Last row that holds anything, 0 in an empty sheet."""
        return max((b for b, _k in self.sel), default=0)

    @cached_property
    def kolom_akhir(self) -> int:
        """Last column that holds anything or that a merged range with a value reaches."""
        gabung = [r.kolom_akhir for r in self.gabung if (r.baris, r.kolom) in self.sel]
        return max([*(k for _b, k in self.sel), *gabung], default=0)

    def at(self, baris: int, kolom: int) -> Sel:
        """The cell, or the corner of the merged range over it."""
        tempat = baris, kolom
        return self.sel.get(self.pangkal.get(tempat, tempat), _KOSONG)

    def list_at(self, baris: int, kolom: Sequence[int]) -> list[Sel]:
        """Several cells of a row, each as `at` gives it."""
        if baris in self._baris_gabung:
            return [self.at(baris, k) for k in kolom]
        ambil = self.sel.get
        return [ambil((baris, k), _KOSONG) for k in kolom]

    @cached_property
    def _baris_gabung(self) -> frozenset[int]:
        return frozenset(b for b, _k in self.pangkal)

    def own(self, baris: int, kolom: int) -> Sel:
        """The cell itself; empty below and beside the corner of a merged range."""
        return self.sel.get((baris, kolom), _KOSONG)

    def alamat(self, baris: int, kolom: int) -> str:
        """Name of a cell for messages, such as Prosedur!F12."""
        return f"{self.nama}!{huruf_kolom(kolom)}{baris}"


@dataclass(frozen=True)
class Buku:
    """A workbook, sheets in order."""

    lembar: tuple[Lembar, ...]

    def get(self, nama: str) -> Lembar | None:
        """The sheet of that name, any case, outer spaces apart; None when there is none."""
        cari = nama.strip().casefold()
        return next((s for s in self.lembar if s.nama.strip().casefold() == cari), None)


@lru_cache(maxsize=256)
def huruf_kolom(kolom: int) -> str:
    """Letters of a column counted from 1: 1 is A, 27 is AA."""
    huruf = ""
    while kolom:
        kolom, sisa = divmod(kolom - 1, 26)
        huruf = chr(65 + sisa) + huruf
    return huruf


def list_teks(lembar: Lembar, baris: int) -> Iterator[tuple[int, str]]:
    """Column and text of each cell of a row that is not empty, merged ranges once."""
    for kolom in range(1, lembar.kolom_akhir + 1):
        if teks := lembar.own(baris, kolom).teks:
            yield kolom, teks
