"""Tables as files: Excel and CSV of what a page shows, at the address of that page.

How to use it::

    tabel = Tabel("Rekap", [("Indikator", 48), ("Capaian (%)", 14)], baris)
    if bentuk := read_bentuk(request):                      # ?unduh=xlsx or csv
        return unduh([tabel], "rekap-2026-tw3", bentuk)

The template includes `partials/unduh.html`. Text that a spreadsheet would calculate is stored as
text and marked so (Excel), or gets an apostrophe in front (CSV); figures stay figures. Excel is
written row by row in constant memory: openpyxl's write-only mode, no further library.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from sakip.common.lembar_isi import huruf_kolom
from sakip.common.lembar_tulis import MAKS_TEKS, encode, to_bytes, xlsx_response

BENTUK = ("xlsx", "csv")
Nilai = str | Promise | int | Decimal | date | None
# What begins a formula for a spreadsheet, plain and of full width; "" begins nothing.
_AWAL_RUMUS = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66\ufe6b\u207a\u208a")
_JUDUL_LEMBAR = re.compile(r"[\[\]:*?/\\]")
_MAKS_JUDUL = 31
_TEBAL = Font(bold=True)
_BUNGKUS = Alignment(vertical="top", wrap_text=True)


@dataclass(frozen=True)
class Tabel:
    """One table. kolom: title and width in characters of each column."""

    nama: str
    kolom: Sequence[tuple[str | Promise, float]]
    baris: Iterable[Sequence[Nilai]]


def read_bentuk(request: HttpRequest) -> str:
    """The kind of file that was asked for; "" for the page itself."""
    bentuk = request.GET.get("unduh", "")
    return bentuk if bentuk in BENTUK else ""


def unduh(tabel: Sequence[Tabel], nama: str, bentuk: str) -> HttpResponse:
    """The tables as a download. Excel has a sheet for each, CSV the first one only."""
    if bentuk == "csv":
        return _csv_response(write_csv(tabel[0]), nama)
    return xlsx_response(write_xlsx(tabel), nama)


def write_csv(tabel: Tabel) -> bytes:
    """With a byte order mark, by which Excel knows the encoding.

    Figures have a decimal point, no thousands marks and no zeros behind the last digit that says
    something: one rule for the whole file, whatever the language of the reader's spreadsheet.
    """
    teks = io.StringIO()
    penulis = csv.writer(teks)
    penulis.writerow([str(judul) for judul, _lebar in tabel.kolom])
    penulis.writerows([_tulis(v) for v in baris] for baris in tabel.baris)
    return teks.getvalue().encode("utf-8-sig")


def _tulis(nilai: Nilai) -> object:
    if isinstance(nilai, Decimal):
        return f"{nilai.normalize() if nilai else Decimal(0):f}"
    return defuse(str(nilai)) if isinstance(nilai, str | Promise) else nilai


def defuse(teks: str) -> str:
    """Text that a spreadsheet would calculate gets an apostrophe; for CSV, also beside spaces."""
    return f"'{teks}" if _is_rumus(teks) or _is_rumus(teks.lstrip()) else teks


def _is_rumus(teks: str) -> bool:
    """Whether a spreadsheet takes the text for a formula; signs of full width count as plain."""
    return teks[:1] in _AWAL_RUMUS


def write_xlsx(tabel: Sequence[Tabel]) -> bytes:
    """A workbook, titles bold and frozen."""
    buku = Workbook(write_only=True)
    buku.properties.creator = "SAKIP"
    for t in tabel:
        lembar = buku.create_sheet(_JUDUL_LEMBAR.sub(" ", t.nama)[:_MAKS_JUDUL])
        for nomor, (_judul, lebar) in enumerate(t.kolom, 1):
            lembar.column_dimensions[huruf_kolom(nomor)].width = lebar
        lembar.freeze_panes = "A2"
        lembar.append(list(_list_judul(lembar, [str(judul) for judul, _lebar in t.kolom])))
        for baris in t.baris:
            lembar.append([_sel(lembar, v) for v in baris])
    return to_bytes(buku)


def _list_judul(lembar: WriteOnlyWorksheet, judul: Sequence[str]) -> Iterator[Cell]:
    for teks in judul:
        sel = WriteOnlyCell(lembar, value=teks)
        sel.font, sel.alignment = _TEBAL, _BUNGKUS
        yield sel


def _sel(lembar: WriteOnlyWorksheet, nilai: Nilai) -> object:
    """A plain value, or a cell where a plain text would be calculated."""
    if not isinstance(nilai, str | Promise):
        return nilai
    asal = str(nilai)
    teks = encode(asal)[:MAKS_TEKS]
    if not _is_rumus(asal):
        return teks or None
    sel = WriteOnlyCell(lembar, value=teks)
    sel.data_type = "s"  # after the value: openpyxl takes "=…" for a formula
    sel.quotePrefix = True
    return sel


def _csv_response(isi: bytes, nama: str) -> HttpResponse:
    kepala = {
        "Content-Disposition": content_disposition_header(True, f"{nama}.csv") or "",  # noqa: FBT003 - Django's own positional flag
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(isi, content_type="text/csv; charset=utf-8", headers=kepala)
