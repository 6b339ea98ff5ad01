"""Tables as files: Excel and CSV of what a page shows, at the address of that page.

How to use it::

    tabel = Tabel("Rekap", [("Indikator", 48), ("Capaian (%)", 14)], baris)
    if bentuk := read_bentuk(request):                      # ?unduh=xlsx or csv
        return unduh([tabel], "rekap-2026-tw3", bentuk)

The template includes `partials/unduh.html`. Text that a spreadsheet would calculate is stored as
text and marked so (Excel), or gets an apostrophe in front (CSV); figures stay figures. Excel is
written row by row in constant memory (docs/adr/0016).
"""

import csv
import io
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from sakip.common.lembar_tulis import xlsx_response

BENTUK = ("xlsx", "csv")
Nilai = str | Promise | int | Decimal | date | None
# What begins a formula for a spreadsheet, plain and of full width; "" begins nothing.
_AWAL_RUMUS = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66\ufe6b\u207a\u208a")
_BUKAN_JUDUL = re.compile(r"[\[\]:*?/\\]")
_MAKS_JUDUL = 31
_TEKS = (str, Promise)
# Neither do they belong into XML: Excel calls a workbook with one of them damaged.
_BUKAN_TEKS = re.compile("[\ud800-\udfff\ufffe\uffff]")


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
    keluaran = io.BytesIO()
    with Workbook(keluaran, {"constant_memory": True}) as buku:
        buku.set_properties({"author": "SAKIP"})
        gaya = _Gaya(
            judul=buku.add_format({"bold": True, "valign": "top", "text_wrap": True}),
            tanggal=buku.add_format({"num_format": "yyyy-mm-dd"}),
            tanda=buku.add_format({"quote_prefix": True}),
        )
        for t in tabel:
            nama = _name_lembar(t.nama, {s.name.lower() for s in buku.worksheets()})
            _write_lembar(buku.add_worksheet(nama), t, gaya)
    return keluaran.getvalue()


@dataclass(frozen=True)
class _Gaya:
    """How cells look. tanda: of a text that would be calculated."""

    judul: Format
    tanggal: Format
    tanda: Format


def _name_lembar(nama: str, ada: Collection[str]) -> str:
    """A name that Excel takes: short, not quoted, each only once whatever its case."""
    polos = _cut(_clean(_BUKAN_JUDUL.sub(" ", nama)).strip("'"), _MAKS_JUDUL).rstrip("'")
    polos = polos or "Lembar"
    hasil, n = polos, 1
    while hasil.lower() in ada:
        n += 1
        hasil = f"{_cut(polos, _MAKS_JUDUL - len(str(n)) - 1)} {n}"
    return hasil


def _cut(teks: str, banyak: int) -> str:
    """So many characters as Excel counts them: a rare one is two."""
    return teks.encode("utf-16-le")[: banyak * 2].decode("utf-16-le", "ignore")


def _write_lembar(lembar: Worksheet, tabel: Tabel, gaya: _Gaya) -> None:
    for kolom, (judul, lebar) in enumerate(tabel.kolom):
        lembar.set_column(kolom, kolom, lebar)
        lembar.write_string(0, kolom, _clean(str(judul)), gaya.judul)
    lembar.freeze_panes(1, 0)
    for baris, isi in enumerate(tabel.baris, 1):
        for kolom, nilai in enumerate(isi):
            _write_sel(lembar, baris, kolom, nilai, gaya)


def _write_sel(lembar: Worksheet, baris: int, kolom: int, nilai: Nilai, gaya: _Gaya) -> None:
    """Each kind by its own method: nothing is guessed from how a text looks."""
    if isinstance(nilai, _TEKS):
        if teks := _clean(str(nilai)):
            awal = gaya.tanda if teks[0] in _AWAL_RUMUS else None
            lembar.write_string(baris, kolom, teks, awal)
    elif isinstance(nilai, date):
        lembar.write_datetime(baris, kolom, nilai, gaya.tanggal)
    elif nilai is not None:
        lembar.write_number(baris, kolom, nilai)


def _clean(teks: str) -> str:
    """Text as a file can hold it; a space behind what xlsxwriter would take for its own markup."""
    if not teks.isascii():
        teks = _BUKAN_TEKS.sub("", teks)
    return f"{teks} " if teks.startswith("<r>") and teks.endswith("</r>") else teks


def _csv_response(isi: bytes, nama: str) -> HttpResponse:
    kepala = {
        "Content-Disposition": content_disposition_header(True, f"{nama}.csv") or "",  # noqa: FBT003 - Django's own positional flag
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(isi, content_type="text/csv; charset=utf-8", headers=kepala)
