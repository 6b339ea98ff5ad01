"""Charts as SVG: the same drawing on a screen and in a PDF, attributes only, fit for a strict CSP.

A chart never stands alone: its title states the finding, colours repeat what a word says, and the
page puts the figures in a table beside it. A missing value draws nothing; it is never a zero.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from itertools import pairwise
from textwrap import wrap

from sakip.common.angka import format_angka

# Two widths: scaling one drawing would make its letters too small on a phone or too large on paper.
SEMPIT, LEBAR = 360, 640
_FON = "'Meja Sans', 'Source Sans 3', Arial, sans-serif"
_UKURAN = 13
# Width of a character at that size, on average and at most in figures.
_HURUF = Decimal("6.9")
_JARAK_LABEL = 16
_BARIS_LABEL = 2
_TINTA, _REDUP, _RANGKA, _LATAR = "#17212e", "#465160", "#c9d1db", "#e9edf2"
_KERTAS = "#ffffff"
_WARNA: Mapping[str, str] = {
    "": "#5b6675",
    "nila": "#1f4b8f",
    "daun": "#1d6b45",
    "kunyit": "#a86b00",
    "bata": "#a3341b",
}
# Juta, miliar, triliun as Indonesian tables shorten them.
_RINGKAS: Mapping[Decimal, str] = {
    Decimal(10) ** 12: "T",
    Decimal(10) ** 9: "M",
    Decimal(10) ** 6: "jt",
}
_TITIK_DESIMAL = Decimal("0.1")
# Of the largest value, what an axis spans at least: on less room a ripple looks like a storm.
_RENTANG_TERKECIL = Decimal("0.2")
_NOL = Decimal(0)


@dataclass(frozen=True)
class Batang:
    """One bar. nilai None: no bar, and `teks` says why. teks: what stands at its end."""

    label: str
    nilai: Decimal | None
    teks: str
    warna: str = ""


@dataclass(frozen=True)
class Deret:
    """One line: a value for each label of the axis, None where there is none (the line breaks).

    berongga: numbers of the values that are not final; their dots are hollow. dari_nol: its
    distance from zero is what is read, so the axis begins there.
    """

    nama: str
    nilai: tuple[Decimal | None, ...]
    warna: str = "nila"
    putus: bool = False
    berongga: frozenset[int] = frozenset()
    dari_nol: bool = False


@dataclass(frozen=True)
class Grafik:
    """One chart in both widths; the page shows the one that fits, paper the wide one."""

    sempit: str
    lebar: str

    def __bool__(self) -> bool:
        """Whether there is anything drawn."""
        return bool(self.lebar)


def draw_dua(gambar: Callable[[int], str]) -> Grafik:
    """Both widths of what `gambar` draws at a width."""
    return Grafik(gambar(SEMPIT), gambar(LEBAR))


def draw_batang(
    judul: str,
    batang: Sequence[Batang],
    *,
    acuan: Decimal | None = None,
    catatan: str = "",
    lebar: int = SEMPIT,
) -> str:
    """Lying bars from zero, each under its label, or beside it where there is room.

    acuan: value of an upright line across all. catatan: a legend, drawn where a bar is grey.
    """
    nilai = [b.nilai for b in batang if b.nilai is not None]
    letak = _Letak(lebar, max([*nilai, acuan or _NOL, _NOL]))
    potongan: list[str] = []
    y = 0
    for b in batang:
        isi, y = _draw_baris(b, letak, y, acuan)
        potongan += isi
    if acuan is not None and batang:
        x = letak.kiri + _skala(acuan, letak.maks, letak.ruang)
        y += 10
        potongan.append(_teks(x, y, f"acuan {format_angka(acuan)}", jangkar="middle"))
    if any(b.nilai is not None and not b.warna for b in batang):
        isi, y = _draw_catatan(catatan, lebar, y)
        potongan += isi
    return _bungkus(judul, (lebar, y + 6), potongan)


def draw_garis(
    judul: str,
    label: Sequence[str],
    deret: Sequence[Deret],
    *,
    catatan: str = "",
    lebar: int = SEMPIT,
) -> str:
    """Lines over one axis, the name of each at its end; "" without values.

    catatan: a legend, drawn where a dot is hollow. An axis without zero is drawn broken at its
    foot and says where it begins.
    """
    nilai = [v for d in deret for v in d.nilai if v is not None]
    if not nilai:
        return ""
    nilai += [_NOL for d in deret if d.dari_nol]
    bidang = _Bidang(make_sumbu(min(nilai), max(nilai)), len(label), lebar)
    potongan = [*_draw_sumbu(bidang, label)]
    for d in deret:
        potongan += _draw_deret(bidang, d)
    potongan += _draw_nama(bidang, deret)
    kata = [_say_awal(bidang.sumbu[0])] if bidang.is_terputus else []
    if any(d.nilai[n] is not None for d in deret for n in d.berongga):
        kata.append(catatan)
    isi, tinggi = _draw_catatan(" ".join(kata), lebar, _Bidang.bawah + 28)
    return _bungkus(judul, (lebar, tinggi + 6 if isi else tinggi), potongan + isi)


def make_sumbu(rendah: Decimal, tinggi: Decimal) -> list[Decimal]:
    """Two to eight round values that hold both.

    The axis starts at zero where zero is near; where it does not, it spans a fifth of its largest
    value at least, with the values in its middle, so that small changes look small.
    """
    if rendah >= 0 and rendah <= (tinggi - rendah) * 2:
        rendah = _NOL
    kurang = max(abs(rendah), abs(tinggi)) * _RENTANG_TERKECIL - (tinggi - rendah)
    if kurang > 0:
        rendah, tinggi = rendah - kurang / 2, tinggi + kurang / 2
    rentang = tinggi - rendah or Decimal(1)
    besar = Decimal(1).scaleb((rentang / 4).adjusted())
    langkah = next(besar * k for k in (1, 2, 5, 10) if besar * k * 4 >= rentang)
    nilai = [rendah // langkah * langkah - (langkah if rendah % langkah < 0 else 0)]
    while nilai[-1] < tinggi or len(nilai) < 2:
        nilai.append(nilai[-1] + langkah)
    return nilai


def shorten(nilai: Decimal) -> str:
    """A value of an axis in few characters: "1.500", "2,5 jt", "99,5 M", "1 T"."""
    for batas, kata in _RINGKAS.items():
        if abs(nilai) >= batas:
            return f"{format_angka((nilai / batas).normalize())} {kata}"
    return format_angka(nilai)


@dataclass(frozen=True)
class _Letak:
    """Where labels and bars lie: labels take two fifths of a wide drawing, none of a narrow one."""

    lebar: int
    maks: Decimal

    @property
    def kiri(self) -> int:
        """Where bars begin."""
        return self.lebar * 2 // 5 if self.lebar >= LEBAR else 0

    @property
    def ruang(self) -> Decimal:
        """Length of the longest bar."""
        return Decimal(self.lebar - self.kiri - 80)

    @property
    def huruf(self) -> int:
        """Characters of a label in one line."""
        return int(Decimal(self.kiri - 16 if self.kiri else self.lebar) / _HURUF)


@dataclass(frozen=True)
class _Bidang:
    """Area of a line chart, from values to places on it."""

    sumbu: Sequence[Decimal]
    banyak: int
    lebar: int
    kiri = 48
    atas = 10
    bawah = 160

    @property
    def kanan(self) -> int:
        """Where the axis ends and names begin."""
        return self.lebar - 70

    @property
    def is_terputus(self) -> bool:
        """Whether zero lies outside of the axis."""
        return not self.sumbu[0] <= 0 <= self.sumbu[-1]

    def selang(self, label: Sequence[str]) -> int:
        """Every which label can be written without touching the next."""
        perlu = max(map(len, label)) * _HURUF + _JARAK_LABEL
        jarak = Decimal(self.kanan - self.kiri) / max(self.banyak - 1, 1)
        return int(perlu / jarak) + 1 if perlu > jarak else 1

    def titik(self, n: int, nilai: Decimal) -> tuple[Decimal, Decimal]:
        """Where the value of the label numbered `n` lies."""
        x = self.kiri + Decimal(self.kanan - self.kiri) * n / max(self.banyak - 1, 1)
        rentang = self.sumbu[-1] - self.sumbu[0]
        y = self.bawah - (nilai - self.sumbu[0]) * (self.bawah - self.atas) / rentang
        return _bulat(x), _bulat(y)


def _draw_sumbu(bidang: _Bidang, label: Sequence[str]) -> Iterator[str]:
    for v in bidang.sumbu:
        y = bidang.titik(0, v)[1]
        yield f'<path d="M{bidang.kiri} {y}H{bidang.kanan}" stroke="{_RANGKA}" fill="none"/>'
        yield _teks(bidang.kiri - 8, y + 4, shorten(v), jangkar="end")
    if bidang.is_terputus:
        yield _draw_putus(bidang)
    for n in range(len(label) - 1, -1, -bidang.selang(label)):
        teks, x = label[n], bidang.titik(n, bidang.sumbu[0])[0]
        yield _teks(x, bidang.bawah + 20, teks, jangkar="middle")


def _draw_putus(bidang: _Bidang) -> str:
    """The foot of a broken axis: a short zigzag, as on paper."""
    langkah = "l-5 3l10 4l-10 4l5 3"
    return (
        f'<path d="M{bidang.kiri} {bidang.bawah - 16}{langkah}" stroke="{_REDUP}" '
        'stroke-width="1.5" fill="none"/>'
    )


def _say_awal(nilai: Decimal) -> str:
    return f"Sumbu tegak tidak mulai dari nol, tetapi dari {shorten(nilai)}."


def _draw_deret(bidang: _Bidang, deret: Deret) -> Iterator[str]:
    """Joined where both neighbours are known; every known value is a dot."""
    warna = _WARNA[deret.warna]
    gaya = ' stroke-dasharray="5 4"' if deret.putus else ""
    for n, (a, b) in enumerate(pairwise(deret.nilai)):
        if a is None or b is None:
            continue
        (x1, y1), (x2, y2) = bidang.titik(n, a), bidang.titik(n + 1, b)
        yield (
            f'<path d="M{x1} {y1}L{x2} {y2}" stroke="{warna}" stroke-width="2" fill="none"{gaya}/>'
        )
    for n, v in enumerate(deret.nilai):
        if v is not None and not deret.putus:
            x, y = bidang.titik(n, v)
            if n in deret.berongga:
                rongga = f'fill="{_KERTAS}" stroke="{warna}" stroke-width="2"'
                yield f'<circle cx="{x}" cy="{y}" r="3.5" {rongga}/>'
            else:
                yield f'<circle cx="{x}" cy="{y}" r="3.5" fill="{warna}"/>'


def _draw_catatan(catatan: str, lebar: int, y: int) -> tuple[list[str], int]:
    """The legend below a drawing, wrapped; and where it ends."""
    potongan = []
    for teks in wrap(catatan, int(Decimal(lebar) / _HURUF)):
        y += 18
        potongan.append(_teks(0, y, teks))
    return potongan, y


def _draw_nama(bidang: _Bidang, deret: Sequence[Deret]) -> list[str]:
    """Names beside the last values, pushed apart where they would touch."""
    akhir = []
    for d in deret:
        ada = [(n, v) for n, v in enumerate(d.nilai) if v is not None]
        if ada:
            akhir.append((bidang.titik(*ada[-1])[1] + 4, d))
    potongan, batas = [], Decimal(-100)
    for tinggi, d in sorted(akhir, key=lambda a: a[0]):
        batas = max(tinggi, batas + 15)
        potongan.append(_teks(bidang.kanan + 8, batas, d.nama, warna=_WARNA[d.warna], tebal=True))
    return potongan


def _draw_baris(b: Batang, letak: _Letak, y: int, acuan: Decimal | None) -> tuple[list[str], int]:
    """One bar with its label, from `y` down; and where the next begins."""
    label = wrap(b.label, letak.huruf, max_lines=_BARIS_LABEL, placeholder=" …") or [""]
    awal = y
    potongan = []
    for teks in label:
        y += 17
        x, jangkar = (letak.kiri - 12, "end") if letak.kiri else (0, "start")
        potongan.append(_teks(x, y, teks, warna=_TINTA, jangkar=jangkar))
    atas = (awal + y) // 2 - 5 if letak.kiri else y + 5
    potongan += _draw_satu(b, letak, atas)
    if acuan is not None:
        x = letak.kiri + int(_skala(acuan, letak.maks, letak.ruang))
        potongan.append(f'<path d="M{x} {atas - 3}v22" stroke="{_TINTA}" stroke-width="1.5"/>')
    return potongan, y + 12 if letak.kiri else y + 30


def _draw_satu(b: Batang, letak: _Letak, y: int) -> Iterator[str]:
    x, ruang = letak.kiri, letak.ruang
    yield f'<rect x="{x}" y="{y}" width="{ruang}" height="16" rx="2" fill="{_LATAR}"/>'
    if b.nilai is not None:
        panjang, warna = _skala(b.nilai, letak.maks, ruang), _WARNA[b.warna]
        yield f'<rect x="{x}" y="{y}" width="{panjang}" height="16" rx="2" fill="{warna}"/>'
    yield _teks(x + ruang + 8, y + 13, b.teks, warna=_TINTA, tebal=True)


def _skala(nilai: Decimal | None, maks: Decimal, ruang: Decimal) -> Decimal:
    """Length of a value on that room; nothing below zero, nothing where all is zero."""
    if nilai is None or nilai <= 0 or not maks:
        return _NOL
    return _bulat(nilai * ruang / maks)


def _bulat(nilai: Decimal) -> Decimal:
    return nilai.quantize(_TITIK_DESIMAL)


def _teks(
    x: Decimal | int, y: Decimal | int, isi: str, *, jangkar: str = "start", **gaya: object
) -> str:
    warna = gaya.get("warna", _REDUP)
    tebal = ' font-weight="600"' if gaya.get("tebal") else ""
    return (
        f'<text x="{x}" y="{y}" font-size="{_UKURAN}" fill="{warna}" '
        f'text-anchor="{jangkar}"{tebal}>{escape(isi)}</text>'
    )


def _bungkus(judul: str, ukuran: tuple[int, int], potongan: Sequence[str]) -> str:
    lebar, tinggi = ukuran
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {lebar} {tinggi}" '
        f'width="{lebar}" height="{tinggi}" role="img" aria-label="{escape(judul)}" '
        f'font-family="{_FON}">{"".join(potongan)}</svg>'
    )
