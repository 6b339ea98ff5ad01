"""CSS that gives a table of words the measures of a drawing, so that the two lie exact."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from itertools import pairwise

from sop.rules.bagan.denah import SISI, TEKS, TINGGI_BARIS, UKURAN_ISI, UKURAN_KEPALA
from sop.rules.bagan.tata import Tata

_RIBUAN = Decimal("0.001")
# From the upper edge of a row to its first line of text.
_DALAM = SISI + 1


def scale_mm(satuan: int, *, lebar_mm: int, lebar: int) -> str:
    """A length of the drawing in CSS, where `lebar` units are to be `lebar_mm` wide."""
    mm = Decimal(satuan) * lebar_mm / lebar
    return f"{mm.quantize(_RIBUAN, ROUND_HALF_UP)}mm"


def measure_css(tata: Tata, kunci: str, *, lebar_mm: int) -> str:
    """Rules for the element with the id `kunci`: table, columns, rows and the drawing over it."""
    return "\n".join(f"#{kunci}{aturan}" for aturan in _aturan(tata, lebar_mm))


def _aturan(tata: Tata, lebar_mm: int) -> Iterator[str]:
    mm = partial(scale_mm, lebar_mm=lebar_mm, lebar=tata.x["kanan"])
    lebar = mm(tata.x["kanan"])
    huruf = f"font-size: {mm(UKURAN_ISI)}; line-height: {mm(TINGGI_BARIS)}"
    atas, bawah = tata.tinggi_kepala
    yield f" {{ width: {lebar}; height: {mm(tata.tinggi)} }}"
    yield f" table {{ width: {lebar}; {huruf} }}"
    yield f" thead {{ font-size: {mm(UKURAN_KEPALA)} }}"
    yield f" tr:first-child th[colspan] {{ height: {mm(atas)} }}"
    yield f" tr:last-child th {{ height: {mm(bawah)} }}"
    yield f" td {{ padding: {mm(_DALAM)} 0 0 {mm(SISI)} }}"
    tepi = (0, tata.x["kegiatan"], *(x for x, _ in tata.kolom), *(tata.x[k] for k in TEKS[1:]))
    for n, (kiri, kanan) in enumerate(pairwise((*tepi, tata.x["kanan"])), start=1):
        yield f" col:nth-child({n}) {{ width: {mm(kanan - kiri)} }}"
    for n, (_, tinggi) in enumerate(tata.baris, start=1):
        yield f" tbody tr:nth-child({n}) td {{ height: {mm(tinggi)} }}"
    a = tata.area
    letak = f"left: {mm(a.kiri)}; top: {mm(a.atas)}"
    ukuran = f"width: {mm(a.kanan - a.kiri)}; height: {mm(a.bawah - a.atas)}"
    yield f" .gambar {{ {letak}; {ukuran} }}"
