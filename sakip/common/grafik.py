"""Charts as SVG: the same drawing on a screen and in a PDF, attributes only, fit for a strict CSP.

A chart never stands alone: its title states the finding, colours repeat what a word says, and the
page puts the figures in a table beside it. A missing value draws nothing; it is never a zero.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from itertools import pairwise
from textwrap import wrap

from sakip.common.angka import format_angka

LEBAR = 360
_FON = "'Meja Sans', 'Source Sans 3', Arial, sans-serif"
_UKURAN = 13
# Characters of a label that fit the width at that size.
_HURUF_SEBARIS = 52
_BARIS_LABEL = 2
_TINTA, _REDUP, _RANGKA, _LATAR = "#17212e", "#465160", "#c9d1db", "#e9edf2"
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
    """One line: a value for each label of the axis, None where there is none (the line breaks)."""

    nama: str
    nilai: tuple[Decimal | None, ...]
    warna: str = "nila"
    putus: bool = False


def draw_batang(judul: str, batang: Sequence[Batang], *, acuan: Decimal | None = None) -> str:
    """Lying bars from zero, each under its label. acuan: value of an upright line across all."""
    nilai = [b.nilai for b in batang if b.nilai is not None]
    maks = max([*nilai, acuan or _NOL, _NOL])
    ruang = Decimal(LEBAR - 80)
    potongan: list[str] = []
    y = 0
    for b in batang:
        for teks in _wrap(b.label):
            y += 17
            potongan.append(_teks(0, y, teks, warna=_TINTA))
        potongan += _draw_satu(b, y + 5, _skala(b.nilai, maks, ruang), ruang)
        if acuan is not None:
            x = _skala(acuan, maks, ruang)
            potongan.append(f'<path d="M{x} {y + 2}v22" stroke="{_TINTA}" stroke-width="1.5"/>')
        y += 30
    if acuan is not None and batang:
        x = _skala(acuan, maks, ruang)
        y += 10
        potongan.append(_teks(x, y, f"acuan {format_angka(acuan)}", jangkar="middle"))
    return _bungkus(judul, y + 6, potongan)


def draw_garis(judul: str, label: Sequence[str], deret: Sequence[Deret]) -> str:
    """Lines over one axis, the name and last known value of each at its end; "" without values."""
    nilai = [v for d in deret for v in d.nilai if v is not None]
    if not nilai:
        return ""
    bidang = _Bidang(make_sumbu(min(nilai), max(nilai)), len(label))
    potongan = [*_draw_sumbu(bidang, label)]
    for d in deret:
        potongan += _draw_deret(bidang, d)
    return _bungkus(judul, _Bidang.bawah + 28, potongan + _draw_nama(bidang, deret))


def make_sumbu(rendah: Decimal, tinggi: Decimal) -> list[Decimal]:
    """Four to eight round values that hold both; the axis starts at zero where zero is near."""
    if rendah >= 0 and rendah <= (tinggi - rendah) * 2:
        rendah = _NOL
    rentang = max(tinggi - rendah, abs(tinggi) / 100) or Decimal(1)
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
class _Bidang:
    """Area of a line chart, from values to places on it."""

    sumbu: Sequence[Decimal]
    banyak: int
    kiri = 48
    kanan = LEBAR - 70
    atas = 10
    bawah = 160

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
    for n, teks in enumerate(label):
        x = bidang.titik(n, bidang.sumbu[0])[0]
        yield _teks(x, bidang.bawah + 20, teks, jangkar="middle")


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
            yield f'<circle cx="{x}" cy="{y}" r="3.5" fill="{warna}"/>'


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


def _draw_satu(b: Batang, y: int, panjang: Decimal, ruang: Decimal) -> Iterator[str]:
    yield f'<rect x="0" y="{y}" width="{ruang}" height="16" rx="2" fill="{_LATAR}"/>'
    if b.nilai is not None:
        yield f'<rect x="0" y="{y}" width="{panjang}" height="16" rx="2" fill="{_WARNA[b.warna]}"/>'
    yield _teks(ruang + 8, y + 13, b.teks, warna=_TINTA, tebal=True)


def _skala(nilai: Decimal | None, maks: Decimal, ruang: Decimal) -> Decimal:
    """Length of a value on that room; nothing below zero, nothing where all is zero."""
    if nilai is None or nilai <= 0 or not maks:
        return _NOL
    return _bulat(nilai * ruang / maks)


def _bulat(nilai: Decimal) -> Decimal:
    return nilai.quantize(_TITIK_DESIMAL)


def _wrap(label: str) -> list[str]:
    """At most two lines; what does not fit ends in an ellipsis, the table has it whole."""
    return wrap(label, _HURUF_SEBARIS, max_lines=_BARIS_LABEL, placeholder=" …") or [""]


def _teks(
    x: Decimal | int, y: Decimal | int, isi: str, *, jangkar: str = "start", **gaya: object
) -> str:
    warna = gaya.get("warna", _REDUP)
    tebal = ' font-weight="600"' if gaya.get("tebal") else ""
    return (
        f'<text x="{x}" y="{y}" font-size="{_UKURAN}" fill="{warna}" '
        f'text-anchor="{jangkar}"{tebal}>{escape(isi)}</text>'
    )


def _bungkus(judul: str, tinggi: int, potongan: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEBAR} {tinggi}" '
        f'width="{LEBAR}" height="{tinggi}" role="img" aria-label="{escape(judul)}" '
        f'font-family="{_FON}">{"".join(potongan)}</svg>'
    )
