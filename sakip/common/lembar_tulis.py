"""Writing a workbook (.xlsx) in the style of the house, safely.

How to use it::

    buku = new_buku(judul="Capaian Triwulan III")
    lembar = add_lembar(buku, "Capaian", lebar=[6, 50, 14])
    tulis_judul(lembar, 1, [_("No."), _("Indikator"), _("Realisasi")])      # header row
    tulis(lembar, 2, 2, indikator.nama)                                    # text: never a formula
    tulis(lembar, 2, 3, Decimal("98.24"), gaya=Gaya.ISIAN)                 # figure, cell to fill in
    add_pilihan(lembar, "C2:C40", ["ya", "tidak"])                         # validation list
    atur_tinggi(lembar)                                                    # last: heights of rows
    isi = to_bytes(buku)                                                   # or xlsx_response(...)

Text that begins with = + - @ or a control character is stored as text and marked so (quotePrefix),
not altered: reading it back gives the same text, and no program calculates it. Characters that XML
cannot hold are escaped as Excel does; `sakip.common.lembar.read_buku` undoes it.
"""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from math import ceil
from typing import cast

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from sakip.common.errors import IsianTidakSah
from sakip.common.lembar_isi import huruf_kolom

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAKS_TEKS = 32_767
# Longer lists do not fit into the validation itself and stand in this hidden sheet.
LEMBAR_PILIHAN = "Pilihan"
_MAKS_PILIHAN = 250
# Points; the last is Excel's own limit. Letters are a little wider than the figures of a width.
_TINGGI_BARIS, _MAKS_TINGGI = 15, 405
_LONGGAR = 1.1
_RUMUS = ("=", "+", "-", "@", "\t", "\r", "\n")
# What XML cannot hold or would change, and what would read as such an escape.
_LUAR = re.compile(
    r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|[\ud800-\udfff]|_(?=x[0-9A-Fa-f]{4}_)", re.ASCII
)

Nilai = str | Promise | int | Decimal | date | None


@dataclass(frozen=True)
class _Rupa:
    font: Font
    isi: PatternFill | None
    tengah: bool = False


_GARIS = Side(style="thin", color="B8BFC9")
_TEPI = Border(left=_GARIS, right=_GARIS, top=_GARIS, bottom=_GARIS)


def _warna(hex6: str) -> PatternFill:
    return PatternFill("solid", start_color=hex6, end_color=hex6)


class Gaya(Enum):
    """How a cell looks. ISIAN waits to be filled in, RAGU is doubtful, MESIN is for us only."""

    POLOS = _Rupa(Font(), None)
    TENGAH = _Rupa(Font(), None, tengah=True)
    JUDUL = _Rupa(Font(bold=True, color="FFFFFF"), _warna("2F4B7C"), tengah=True)
    LABEL = _Rupa(Font(bold=True), _warna("E8ECF3"))
    ISIAN = _Rupa(Font(), _warna("FFF8E1"))
    RAGU = _Rupa(Font(), _warna("FCE8C3"))
    MESIN = _Rupa(Font(color="5B6472"), _warna("F3F4F6"))


def new_buku(*, judul: str) -> Workbook:
    """An empty workbook, without any sheet yet."""
    buku = Workbook()
    buku.remove(buku.worksheets[0])
    buku.properties.title = encode(judul)
    buku.properties.creator = "SAKIP"
    return buku


def add_lembar(
    buku: Workbook, nama: str, *, lebar: Sequence[float] = (), tersembunyi: bool = False
) -> Worksheet:
    """A sheet at the end, printed as wide as the page.

    lebar: width of the columns in characters, from A on.
    """
    lembar: Worksheet = buku.create_sheet(nama)
    lembar.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    lembar.page_setup.orientation = "landscape"
    lembar.page_setup.paperSize = lembar.PAPERSIZE_A4
    lembar.page_setup.fitToHeight = 0
    for nomor, n in enumerate(lebar, start=1):
        lembar.column_dimensions[huruf_kolom(nomor)].width = n
    if tersembunyi:
        lembar.sheet_state = "hidden"
    return lembar


def tulis(
    lembar: Worksheet, baris: int, kolom: int, nilai: Nilai, *, gaya: Gaya = Gaya.POLOS
) -> Cell:
    """Write one cell, counted from 1. Text stays text, whatever it begins with.

    Raises:
        IsianTidakSah: the text is longer than a cell of Excel can hold.
    """
    sel = cast(Cell, lembar.cell(row=baris, column=kolom))
    if isinstance(nilai, str | Promise):
        _tulis_teks(sel, str(nilai))
    elif nilai is not None:
        sel.value = nilai
    rupa = gaya.value
    sel.font, sel.border = rupa.font, _TEPI
    if rupa.isi:
        sel.fill = rupa.isi
    mendatar = "center" if rupa.tengah else None
    sel.alignment = Alignment(horizontal=mendatar, vertical="top", wrap_text=True)
    if sel.data_type == "s" and str(nilai).startswith(_RUMUS):
        sel.quotePrefix = True
    return sel


def _tulis_teks(sel: Cell, teks: str) -> None:
    teks = encode(teks)
    if len(teks) > MAKS_TEKS:
        pesan = _(
            "%(lembar)s!%(alamat)s: teks lebih dari %(n)d huruf tidak muat dalam satu sel Excel."
        )
        isi = {"lembar": sel.parent.title, "alamat": sel.coordinate, "n": MAKS_TEKS}
        raise IsianTidakSah(pesan % isi)
    sel.value = teks or None
    if teks:
        sel.data_type = "s"  # after the value: openpyxl takes "=…" for a formula


def encode(teks: str) -> str:
    """Text as a workbook can hold it."""
    return _LUAR.sub(lambda c: f"_x{ord(c[0]):04X}_", teks)


def tulis_judul(lembar: Worksheet, baris: int, judul: Sequence[str | Promise]) -> None:
    """A header row, from column A."""
    for kolom, teks in enumerate(judul, start=1):
        tulis(lembar, baris, kolom, teks, gaya=Gaya.JUDUL)


def beri_catatan(sel: Cell, teks: str) -> None:
    """A comment on a cell."""
    sel.comment = Comment(encode(teks), "SAKIP", height=120, width=320)


def add_pilihan(
    lembar: Worksheet, rentang: str, pilihan: Sequence[str], *, ketat: bool = True
) -> None:
    """A list to choose from in `rentang`. ketat: other values are refused by Excel."""
    jajar = ",".join(pilihan)
    if len(jajar) > _MAKS_PILIHAN or any("," in p or '"' in p for p in pilihan):
        rumus = _daftar_pilihan(cast(Workbook, lembar.parent), pilihan)
    else:
        rumus = f'"{jajar}"'
    aturan = DataValidation(type="list", formula1=rumus, allow_blank=True)
    aturan.showErrorMessage = ketat
    aturan.errorTitle = _("Tidak ada dalam daftar")
    aturan.error = _("Pilih salah satu dari daftar.")
    aturan.add(rentang)
    lembar.add_data_validation(aturan)


def _daftar_pilihan(buku: Workbook, pilihan: Sequence[str]) -> str:
    ada = LEMBAR_PILIHAN in buku.sheetnames
    daftar = buku[LEMBAR_PILIHAN] if ada else add_lembar(buku, LEMBAR_PILIHAN, tersembunyi=True)
    kolom = daftar.max_column + 1 if ada else 1
    for baris, teks in enumerate(pilihan, start=1):
        tulis(daftar, baris, kolom, teks)
    huruf = huruf_kolom(kolom)
    return f"{LEMBAR_PILIHAN}!${huruf}$1:${huruf}${len(pilihan)}"


def atur_tinggi(lembar: Worksheet) -> None:
    """Make every row as high as its longest text needs; not every program does so by itself."""
    gabung = {(r.min_row, r.min_col) for r in lembar.merged_cells.ranges}
    for baris in lembar.iter_rows():
        jumlah = [
            _banyak_baris(str(sel.value), lembar.column_dimensions[sel.column_letter].width)
            for sel in baris
            if isinstance(sel, Cell) and sel.value and (sel.row, sel.column) not in gabung
        ]
        if max(jumlah, default=1) > 1:
            tinggi = min(max(jumlah) * _TINGGI_BARIS, _MAKS_TINGGI)
            lembar.row_dimensions[baris[0].row or 1].height = tinggi


def _banyak_baris(teks: str, lebar: float) -> int:
    return sum(max(1, ceil(len(b) * _LONGGAR / lebar)) for b in teks.split("\n"))


def to_bytes(buku: Workbook) -> bytes:
    """The file."""
    keluaran = io.BytesIO()
    buku.save(keluaran)
    return keluaran.getvalue()


def xlsx_response(isi: bytes, nama: str) -> HttpResponse:
    """A download that no browser opens in place. nama: without ".xlsx"."""
    kepala: Mapping[str, str] = {
        "Content-Disposition": content_disposition_header(True, f"{nama}.xlsx") or "",  # noqa: FBT003 - Django's own positional flag
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(isi, content_type=XLSX, headers=dict(kepala))
