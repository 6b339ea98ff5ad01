"""An uploaded workbook given back with its faults: cells coloured and commented, and listed.

It is opened here only after `read_buku` has read it in its limited child, so it is known to be an
.xlsx of bounded size, without macros. Links to other files are dropped.
"""

import io
from collections.abc import Mapping, Sequence
from typing import Any, cast

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import PatternFill

from kinerja.models import UnggahanCapaian
from sakip.common.errors import IsianTidakSah, TransisiDitolak
from sakip.common.lembar_tulis import add_lembar, beri_catatan, to_bytes, tulis, tulis_judul

LEMBAR_GALAT = "Galat"
_MERAH = PatternFill("solid", start_color="F8C9BF", end_color="F8C9BF")


def mark_galat(unggahan: UnggahanCapaian) -> bytes:
    """The person's own workbook, its faulty cells marked; the stored file is left as it is.

    Raises:
        TransisiDitolak: it was not checked, or has no faults (409).
        IsianTidakSah: its file is no longer there (422).
    """
    galat = list_sel(unggahan.baris)
    if not galat:
        raise TransisiDitolak(_("Berkas ini tidak mempunyai galat untuk ditandai."))
    try:
        with unggahan.berkas.open("rb") as berkas:
            buku = load_workbook(io.BytesIO(berkas.read()), keep_links=False)
    except FileNotFoundError as hilang:
        raise IsianTidakSah(_("Berkasnya tidak ada lagi. Unggah kembali.")) from hilang
    for alamat, pesan in galat.items():
        _mark(buku, alamat, pesan)
    _write_daftar(buku, galat)
    return to_bytes(buku)


def list_sel(baris: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Sentences by address, row by row. Uploads of an earlier version name one cell a row."""
    hasil: dict[str, str] = {}
    for b in baris:
        if b["hasil"] == "galat":
            hasil |= b.get("sel") or {b["alamat"]: b["pesan"]}
    return hasil


def _mark(buku: Workbook, alamat: str, pesan: str) -> None:
    lembar, _tanda, tempat = alamat.rpartition("!")
    sel = buku[lembar][tempat]
    if isinstance(sel, MergedCell):
        return
    sel = cast(Cell, sel)
    sel.fill = _MERAH
    lama = f"{sel.comment.text}\n\n" if sel.comment else ""
    beri_catatan(sel, f"{lama}{pesan}")


def _write_daftar(buku: Workbook, galat: Mapping[str, str]) -> None:
    """A sheet of the faults in front of the others; that of an earlier copy is replaced."""
    if LEMBAR_GALAT in buku.sheetnames:
        buku.remove(buku[LEMBAR_GALAT])
    daftar = add_lembar(buku, LEMBAR_GALAT, lebar=(6, 22, 90))
    tulis_judul(daftar, 1, (_("No."), _("Sel"), _("Yang harus diperbaiki")))
    for n, (alamat, pesan) in enumerate(galat.items(), 1):
        tulis(daftar, n + 1, 1, n)
        sel = tulis(daftar, n + 1, 2, alamat)
        lembar, _tanda, tempat = alamat.rpartition("!")
        sel.hyperlink = f"#'{lembar}'!{tempat}"
        tulis(daftar, n + 1, 3, pesan)
    buku.move_sheet(daftar, -(len(buku.sheetnames) - 1))
    buku.active = 0
