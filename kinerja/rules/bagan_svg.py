"""The tree as SVG: attributes only, so that it stands in a page, in a PDF and as a file alike."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from kinerja.rules.bagan_pohon import (
    CELAH,
    PADAT,
    Kotak,
    Lembar,
    huruf_dari,
    inden_dari,
    ukuran_dari,
)
from sakip.common.huruf import TEBAL

_FON = "'Meja Sans', 'Source Sans 3', Arial, sans-serif"
_TINTA, _REDUP, _GARIS, _CELAH = "#17212e", "#465160", "#7b8694", "#7d4e00"
# Fill and left edge. Kinds differ in words too: the first line of each box names its kind.
_RUPA: Mapping[str, tuple[str, str]] = {
    "tujuan": ("#e7eefa", "#163a72"),
    "sasaran": ("#eef3fb", "#1f4b8f"),
    "indikator": ("#ffffff", "#1d6b45"),
    "program": ("#f8f9fb", "#653a80"),
}
_TEPI = 30


def write_lembar(lembar: Lembar, judul: str) -> str:
    """One page as a drawing of its own."""
    isi = "".join(_write_isi(lembar))
    return _bungkus(judul, (lembar.lebar, lembar.tinggi), isi)


def write_berkas(lembar: Sequence[Lembar], judul: str) -> str:
    """Every page below the other, as one file."""
    potongan, y = [], 0
    for satu in lembar:
        potongan.append(f'<g transform="translate(0 {y})">{"".join(_write_isi(satu))}</g>')
        y += satu.tinggi + _TEPI
    lebar = max((satu.lebar for satu in lembar), default=1)
    return _bungkus(judul, (lebar, max(y - _TEPI, 1)), "".join(potongan))


def _write_isi(lembar: Lembar) -> Iterator[str]:
    for induk, anak, belok in lembar.list_garis():
        yield (
            f'<path d="M{induk.x + induk.lebar} {induk.tengah}H{belok}V{anak.tengah}H{anak.x}" '
            f'stroke="{_GARIS}" stroke-width="1.5" fill="none"/>'
        )
    for kotak in lembar.kotak:
        yield from _write_kotak(kotak)


def _write_kotak(k: Kotak) -> Iterator[str]:
    isi, tepi = _RUPA[k.simpul.jenis]
    garis = _CELAH if k.simpul.celah else _GARIS
    putus = ' stroke-dasharray="6 4"' if k.simpul.celah else ""
    yield (
        f'<rect x="{k.x}" y="{k.y}" width="{k.lebar}" height="{k.tinggi}" rx="4" fill="{isi}" '
        f'stroke="{garis}"{putus}/>'
    )
    yield f'<rect x="{k.x}" y="{k.y}" width="4" height="{k.tinggi}" rx="2" fill="{tepi}"/>'
    for b in k.baris:
        if b.gaya == CELAH:
            yield _segitiga(k.x + PADAT + 2, b.y)
        yield _teks(k.x + PADAT + 2 + inden_dari(b.gaya), b.y, b.teks, b.gaya)


def _segitiga(x: int, y: int) -> str:
    return (
        f'<path d="M{x + 5} {y - 10}L{x + 11} {y}H{x - 1}Z" fill="none" stroke="{_CELAH}" '
        f'stroke-width="1.5"/>'
    )


def _teks(x: int, y: int, isi: str, gaya: str) -> str:
    warna = _CELAH if inden_dari(gaya) else _REDUP if gaya == "catatan" else _TINTA
    tebal = ' font-weight="600"' if huruf_dari(gaya) is TEBAL else ""
    return (
        f'<text x="{x}" y="{y}" font-size="{ukuran_dari(gaya)}" fill="{warna}"{tebal}>'
        f"{escape(isi)}</text>"
    )


def _bungkus(judul: str, ukuran: tuple[int, int], isi: str) -> str:
    lebar, tinggi = ukuran
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -1 {lebar + 2} {tinggi + 2}" '
        f'width="{lebar + 2}" height="{tinggi + 2}" role="img" aria-label="{escape(judul)}" '
        f'font-family="{_FON}">{isi}</svg>'
    )
