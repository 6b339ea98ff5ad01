"""The plan as a tree on paper: boxes from left to right, measured with the font they are set in.

Each level has a column of its own and lines run between columns only, so nothing can cross a box.
A tree that is too high is cut between branches; what stands above a cut is repeated on the next
page and says so. Units are quarters of a millimetre.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Protocol

from sakip.common.huruf import BIASA, TEBAL, Huruf

HURUF, KECIL = 13, 12
BARIS, PADAT = 17, 8
SELA, GANG = 10, 36
# Looks of lines: a gap carries its mark on its first line only.
CELAH, CELAH_LANJUT = "celah", "celah-lanjut"
_LANJUTAN = "(lanjutan)"


@dataclass(frozen=True)
class Kertas:
    """Paper, lying, in millimetres."""

    kode: str
    nama: str
    lebar: int
    tinggi: int
    sisi: int = 12
    atas: int = 24

    @property
    def isi(self) -> tuple[int, int]:
        """Width and height between the margins, in units of the drawing."""
        return 4 * (self.lebar - 2 * self.sisi), 4 * (self.tinggi - self.atas - self.sisi)

    @property
    def gaya(self) -> str:
        """CSS of the page."""
        ukuran = f"{self.lebar}mm {self.tinggi}mm"
        return f"@page {{ size: {ukuran}; margin: {self.atas}mm {self.sisi}mm {self.sisi}mm }}"


KERTAS = {
    k.kode: k
    for k in (
        Kertas("f4", "F4", 330, 215),
        Kertas("a3", "A3", 420, 297),
        Kertas("a4", "A4", 297, 210),
    )
}


@dataclass(frozen=True)
class Simpul:
    """One box as it is asked for. jenis: its look; celah: what it lacks, in words."""

    kunci: str
    jenis: str
    judul: str
    teks: str
    catatan: str = ""
    celah: tuple[str, ...] = ()
    anak: tuple["Simpul", ...] = ()


_Jalan = tuple[Simpul, ...]


class _Muat(Protocol):
    """Whether a page, or that fraction of one, holds a tree."""

    def __call__(self, pohon: Sequence[Simpul], bagian: int = 1, /) -> bool: ...


@dataclass(frozen=True)
class Baris:
    """One line of text in a box, its base line at `y` from the top of the page."""

    teks: str
    y: int
    gaya: str


@dataclass(frozen=True)
class Kotak:
    """One box as it lies. induk: key of the box it hangs from, "" for a root."""

    simpul: Simpul
    x: int
    y: int
    lebar: int
    tinggi: int
    baris: tuple[Baris, ...]
    induk: str

    @property
    def tengah(self) -> int:
        """Height of its middle."""
        return self.y + self.tinggi // 2


@dataclass(frozen=True)
class Lembar:
    """One page: boxes, and how large the drawing is."""

    lebar: int
    tinggi: int
    kotak: tuple[Kotak, ...]

    def list_garis(self) -> Iterator[tuple[Kotak, Kotak, int]]:
        """Parent, child, and where between their columns the line turns."""
        ada = {k.simpul.kunci: k for k in self.kotak}
        for k in self.kotak:
            if k.induk:
                induk = ada[k.induk]
                yield induk, k, induk.x + induk.lebar + GANG // 2


@dataclass
class _Tata:
    """Carries the measures of one page through the layout."""

    kolom: int
    kotak: list[Kotak] = field(default_factory=list)

    def letak(self, tingkat: int) -> int:
        return tingkat * (self.kolom + GANG)


def arrange(akar: Sequence[Simpul], kertas: Kertas) -> list[Lembar]:
    """Pages of that tree, none where it is empty."""
    lebar, tinggi = kertas.isi
    dalam = max((_depth(a) for a in akar), default=0)
    if not dalam:
        return []
    kolom = (lebar - GANG * (dalam - 1)) // dalam

    def muat(pohon: Sequence[Simpul], bagian: int = 1) -> bool:
        return _place(pohon, kolom, lebar).tinggi * bagian <= tinggi

    return [_place(potong, kolom, lebar) for potong in _split(akar, muat)]


def check_lembar(lembar: Lembar, tinggi: int) -> list[str]:
    """Faults of one page: overlaps, text wider than its box, lines through boxes. None is right."""
    masalah = [f"{k.simpul.kunci}: teks keluar dari kotak" for k in lembar.kotak if _is_sesak(k)]
    if lembar.tinggi > tinggi:
        masalah.append("lembar lebih tinggi daripada kertas")
    for n, a in enumerate(lembar.kotak):
        if a.x < 0 or a.x + a.lebar > lembar.lebar or a.y < 0 or a.y + a.tinggi > lembar.tinggi:
            masalah.append(f"{a.simpul.kunci}: keluar dari lembar")
        for b in lembar.kotak[n + 1 :]:
            if _is_bertumpuk(a, b):
                masalah.append(f"{a.simpul.kunci} menimpa {b.simpul.kunci}")
    for induk, anak, belok in lembar.list_garis():
        if not induk.x + induk.lebar < belok < anak.x:
            masalah.append(f"{anak.simpul.kunci}: garis tidak lewat gang")
    return masalah


def wrap_kotak(simpul: Simpul, lebar: int) -> list[tuple[str, str]]:
    """Lines of one box as pairs of text and look, for a box that wide."""
    isi = [("judul", simpul.judul), ("teks", simpul.teks), ("catatan", simpul.catatan)]
    hasil = [(baris, gaya) for gaya, teks in isi for baris in _wrap(teks, gaya, lebar)]
    for celah in simpul.celah:
        satu, *lanjut = _wrap(celah, CELAH, lebar)
        hasil += [(satu, CELAH), *((baris, CELAH_LANJUT) for baris in lanjut)]
    return hasil


def huruf_dari(gaya: str) -> Huruf:
    """The weight a line is set in."""
    return BIASA if gaya in ("teks", "catatan") else TEBAL


def ukuran_dari(gaya: str) -> int:
    """The size a line is set in."""
    return HURUF if gaya in ("judul", "teks") else KECIL


def inden_dari(gaya: str) -> int:
    """Room for the mark before a gap."""
    return BARIS if gaya in (CELAH, CELAH_LANJUT) else 0


def _wrap(teks: str, gaya: str, lebar: int) -> list[str]:
    ruang = lebar - 2 * PADAT - inden_dari(gaya)
    return huruf_dari(gaya).wrap(teks, ruang, ukuran_dari(gaya))


def _depth(s: Simpul) -> int:
    return 1 + max((_depth(a) for a in s.anak), default=0)


def _place(akar: Iterable[Simpul], kolom: int, lebar: int) -> Lembar:
    tata, y = _Tata(kolom), 0
    for a in akar:
        y += _place_cabang(tata, a, 0, y, "") + SELA
    return Lembar(lebar, max(y - SELA, 0), tuple(tata.kotak))


def _place_cabang(tata: _Tata, s: Simpul, tingkat: int, y: int, induk: str) -> int:
    """Lay a branch from `y` down; its height. A parent stands in the middle of its children."""
    baris = wrap_kotak(s, tata.kolom)
    sendiri = len(baris) * BARIS + 2 * PADAT
    anak = 0
    mulai = len(tata.kotak)
    for a in s.anak:
        anak += _place_cabang(tata, a, tingkat + 1, y + anak, s.kunci) + SELA
    anak = max(anak - SELA, 0)
    tinggi = max(anak, sendiri)
    if sendiri > anak:
        turun = (sendiri - anak) // 2
        tata.kotak[mulai:] = [_geser(k, turun) for k in tata.kotak[mulai:]]
    # In the middle of its children, so that the line to an only child is straight.
    dekat = [k.tengah for k in tata.kotak[mulai:] if k.induk == s.kunci]
    tengah = (dekat[0] + dekat[-1]) // 2 if dekat else y + tinggi // 2
    atas = min(max(tengah - sendiri // 2, y), y + tinggi - sendiri)
    tata.kotak.append(
        Kotak(
            simpul=s,
            x=tata.letak(tingkat),
            y=atas,
            lebar=tata.kolom,
            tinggi=sendiri,
            baris=tuple(
                Baris(teks, atas + PADAT + n * BARIS + HURUF, gaya)
                for n, (teks, gaya) in enumerate(baris)
            ),
            induk=induk,
        )
    )
    return tinggi


def _geser(k: Kotak, turun: int) -> Kotak:
    return replace(k, y=k.y + turun, baris=tuple(replace(b, y=b.y + turun) for b in k.baris))


def _split(akar: Sequence[Simpul], muat: _Muat) -> Iterator[list[Simpul]]:
    """Trees for each page, one at least. A branch stays whole where a page holds it, unless it
    would leave more than half of the page before it empty.
    """
    lewat: set[str] = set()
    kini: list[_Jalan] = []
    for _cabang, isi in groupby(_list_jalan(akar), key=lambda j: [s.kunci for s in j[:2]]):
        cabang = list(isi)
        utuh = muat(_prune(cabang, lewat))
        for n, jalan in enumerate(cabang):
            bersama = utuh and n == 0 and not muat(_prune(kini, lewat), 2)
            perlu = cabang if bersama else [jalan]
            if kini and not muat(_prune([*kini, *perlu], lewat)):
                yield _prune(kini, lewat)
                lewat |= {s.kunci for j in kini for s in j}
                kini = []
            kini.append(jalan)
    yield _prune(kini, lewat)


def _list_jalan(akar: Iterable[Simpul]) -> Iterator[_Jalan]:
    """The way from a root to every leaf, in order."""
    for s in akar:
        if not s.anak:
            yield (s,)
        for jalan in _list_jalan(s.anak):
            yield (s, *jalan)


def _prune(jalan: Sequence[_Jalan], lewat: Collection[str]) -> list[Simpul]:
    """Trees with those leaves only. What a page before has shown already says so, and no more."""
    hasil = []
    for s, isi in groupby(jalan, key=lambda j: j[0]):
        bawah = [j[1:] for j in isi if len(j) > 1]
        anak = tuple(_prune(bawah, lewat))
        if s.kunci in lewat:
            s = replace(s, judul=f"{s.judul} {_LANJUTAN}", catatan="", celah=())
        hasil.append(replace(s, anak=anak))
    return hasil


def _is_sesak(k: Kotak) -> bool:
    ruang = k.lebar - 2 * PADAT
    return any(
        huruf_dari(b.gaya).measure(b.teks, ukuran_dari(b.gaya)) + inden_dari(b.gaya) > ruang
        or not k.y < b.y < k.y + k.tinggi
        for b in k.baris
    )


def _is_bertumpuk(a: Kotak, b: Kotak) -> bool:
    return (
        a.x < b.x + b.lebar
        and b.x < a.x + a.lebar
        and a.y < b.y + b.tinggi
        and b.y < a.y + a.tinggi
    )
