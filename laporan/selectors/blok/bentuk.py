"""The few forms a data block is made of, and their way through JSON into a frozen version.

A block says what it has to say in these forms and in nothing else, so a screen, a page and a Word
file need one rendering of each form, never one of each block. Templates:
templates/laporan/blok/<bentuk>.html and templates/pdf/blok/<bentuk>.html.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any, ClassVar

from sakip.common.grafik import Batang, Deret, Grafik, draw_batang, draw_dua, draw_garis


@dataclass(frozen=True)
class Judul:
    """A heading inside a block, below that of its part."""

    bentuk: ClassVar[str] = "judul"
    teks: str


@dataclass(frozen=True)
class Teks:
    """One paragraph. is_kosong: it says that data are missing."""

    bentuk: ClassVar[str] = "teks"
    teks: str
    is_kosong: bool = False


@dataclass(frozen=True)
class Daftar:
    """Short statements, one below the other."""

    bentuk: ClassVar[str] = "daftar"
    butir: tuple[str, ...]


@dataclass(frozen=True)
class Kolom:
    """A column. lebar: its share of the width in percent, 0 for what is left."""

    judul: str
    lebar: int = 0
    is_angka: bool = False


@dataclass(frozen=True)
class Tabel:
    """A table of words and figures as printed. tebal: numbers of rows that are sums or heads.

    kepala: the column whose cells name their rows. is_kecil: a heading right above it names it, so
    it bears neither caption nor number; the words of `judul` are for those who do not see it.
    """

    bentuk: ClassVar[str] = "tabel"
    judul: str
    kolom: tuple[Kolom, ...]
    baris: tuple[tuple[str, ...], ...]
    tebal: tuple[int, ...] = ()
    catatan: tuple[str, ...] = ()
    kepala: int = 1
    is_kecil: bool = False

    @property
    def isi(self) -> list[tuple[bool, list[tuple[str, Kolom, bool]]]]:
        """Rows for a template: whether it stands out, then (words, column, is head) by cell."""
        return [
            (n in self.tebal, [(s, k, m == self.kepala) for m, (s, k) in enumerate(pasang)])
            for n, pasang in enumerate([tuple(zip(b, self.kolom, strict=True)) for b in self.baris])
        ]


@dataclass(frozen=True)
class Garis:
    """A line chart: (name, values, colour, broken) for each line; a missing value breaks it."""

    bentuk: ClassVar[str] = "grafik"
    judul: str
    label: tuple[str, ...]
    deret: tuple[tuple[str, tuple[Decimal | None, ...], str, bool], ...]

    def draw(self) -> Grafik:
        """In both widths."""
        deret = [Deret(n, v, w, putus) for n, v, w, putus in self.deret]
        return draw_dua(lambda lebar: draw_garis(self.judul, self.label, deret, lebar=lebar))


@dataclass(frozen=True)
class Batangan:
    """Lying bars against a line: (label, value, words at its end, colour) for each bar."""

    bentuk: ClassVar[str] = "grafik"
    judul: str
    batang: tuple[tuple[str, Decimal | None, str, str], ...]
    acuan: Decimal | None = None

    def draw(self) -> Grafik:
        """In both widths."""
        batang = [Batang(*b) for b in self.batang]
        return draw_dua(
            lambda lebar: draw_batang(self.judul, batang, acuan=self.acuan, lebar=lebar)
        )


Bentuk = Judul | Teks | Daftar | Tabel | Garis | Batangan


@dataclass(frozen=True)
class BlokData:
    """One data block. acuan: the sasaran or indikator it is about, 0 for all."""

    kode: str
    isi: tuple[Bentuk, ...]
    acuan: int = 0

    def to_json(self) -> dict[str, Any]:
        """JSON values, in the shape of the other frozen tables."""
        return {
            "blok": self.kode,
            "acuan": self.acuan,
            "isi": [_write(type(b).__name__, asdict(b)) for b in self.isi],
        }


def _write(nama: str, isi: dict[str, Any]) -> dict[str, Any]:
    return {"bentuk": nama.lower(), **{n: _plain(v) for n, v in isi.items()}}


def _plain(nilai: Any) -> Any:  # noqa: ANN401 - whatever a form holds
    if isinstance(nilai, Decimal):
        return str(nilai)
    if isinstance(nilai, list | tuple):
        return [_plain(n) for n in nilai]
    return nilai


def read_isi(blok: Mapping[str, Any]) -> list[Bentuk]:
    """The forms that `to_json` wrote; none of a table that has its own template."""
    return [_BACA[b["bentuk"]](b) for b in blok.get("isi", ())]


def _angka(teks: str | None) -> Decimal | None:
    return None if teks is None else Decimal(teks)


def _read_tabel(b: Mapping[str, Any]) -> Tabel:
    return Tabel(
        b["judul"],
        tuple(Kolom(**k) for k in b["kolom"]),
        tuple(tuple(s) for s in b["baris"]),
        tuple(b["tebal"]),
        tuple(b["catatan"]),
        b["kepala"],
        b["is_kecil"],
    )


def _read_garis(b: Mapping[str, Any]) -> Garis:
    deret = tuple((n, tuple(_angka(x) for x in v), w, p) for n, v, w, p in b["deret"])
    return Garis(b["judul"], tuple(b["label"]), deret)


def _read_batangan(b: Mapping[str, Any]) -> Batangan:
    batang = tuple((label, _angka(n), teks, warna) for label, n, teks, warna in b["batang"])
    return Batangan(b["judul"], batang, _angka(b["acuan"]))


_BACA: Mapping[str, Callable[[Mapping[str, Any]], Bentuk]] = {
    "judul": lambda b: Judul(b["teks"]),
    "teks": lambda b: Teks(b["teks"], b["is_kosong"]),
    "daftar": lambda b: Daftar(tuple(b["butir"])),
    "tabel": _read_tabel,
    "garis": _read_garis,
    "batangan": _read_batangan,
}
