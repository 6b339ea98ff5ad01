"""Drawings as PNG, for files that cannot hold an SVG: laid out by WeasyPrint, painted by PDFium."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sakip.common.pdf import render_pdf

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

# Dots per CSS pixel: 240 on an inch, sharp on paper and small in a file.
SKALA = 2.5
# WeasyPrint and PDFium count 96 and 72 dots to an inch.
_TITIK_PER_PX = 0.75
_POLOS = "pdf/a-3b"


def draw_png(lukisan: Sequence[tuple[str, int, int]]) -> list[bytes]:
    """Each drawing (SVG or <img> markup, width and height in CSS pixels) as the bytes of a PNG.

    Raises:
        PdfGagal: a drawing asks for something outside of itself.
    """
    if not lukisan:
        return []
    import pypdfium2

    hasil = render_pdf(_make_html(lukisan), gaya=_make_gaya(lukisan), varian=_POLOS)
    dokumen = pypdfium2.PdfDocument(hasil.isi)
    try:
        return [_paint(halaman) for halaman in dokumen]
    finally:
        dokumen.close()


def _make_html(lukisan: Sequence[tuple[str, int, int]]) -> str:
    isi = "".join(f'<div class="l{n}">{teks}</div>' for n, (teks, _l, _t) in enumerate(lukisan))
    return (
        '<!DOCTYPE html><html lang="id"><head><title>Gambar</title>'
        f'<link rel="stylesheet" href="aset:laporan.css"></head><body>{isi}</body></html>'
    )


def _make_gaya(lukisan: Sequence[tuple[str, int, int]]) -> str:
    """A page of its own for each, of its size."""
    aturan = [
        f"@page l{n} {{ size: {lebar}px {tinggi}px !important; margin: 0 !important }}"
        f" .l{n} {{ page: l{n} }}"
        for n, (_teks, lebar, tinggi) in enumerate(lukisan)
    ]
    kosong = ("top-left", "top-right", "bottom-center")
    tanpa = " ".join(f"@{sudut} {{ content: none !important }}" for sudut in kosong)
    return "".join([*aturan, f"@page {{ {tanpa} }}", "svg, img { display: block }"])


def _paint(halaman: "PdfPage") -> bytes:
    keluaran = io.BytesIO()
    halaman.render(scale=SKALA / _TITIK_PER_PX).to_pil().save(keluaran, "PNG", optimize=True)
    return keluaran.getvalue()
