"""The kamus as a workbook: a row for each indikator, a column for each thing said about it."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from kinerja.selectors.kamus import Kamus
from organisasi.models import Instansi
from sakip.common.lembar_tulis import (
    Gaya,
    add_lembar,
    atur_tinggi,
    new_buku,
    to_bytes,
    tulis,
    tulis_judul,
)

_LEBAR = (5, 14, 40, 12, 34, 34, 12, 34, 46, 46, 12, 14, 20, 34, 20, 30, 24, 14)
_BARIS_JUDUL = 3


def write_kamus(instansi: Instansi, kamus: Sequence[Kamus]) -> bytes:
    """The workbook; text that looks like a formula stays text."""
    buku = new_buku(judul=f"Kamus Indikator {instansi.nama}")
    lembar = add_lembar(buku, "Kamus Indikator", lebar=_LEBAR)
    tulis(lembar, 1, 1, f"Kamus Indikator {instansi.nama}", gaya=Gaya.LABEL)
    judul = [_("No."), _("Kode"), _("Indikator")]
    tulis_judul(lembar, _BARIS_JUDUL, judul + [j for j, _isi in kamus[0].butir] if kamus else judul)
    for n, k in enumerate(kamus, 1):
        tulis(lembar, _BARIS_JUDUL + n, 1, n)
        for kolom, isi in enumerate((k.kode, k.nama, *(isi for _j, isi in k.butir)), 2):
            tulis(lembar, _BARIS_JUDUL + n, kolom, isi)
    lembar.freeze_panes = f"D{_BARIS_JUDUL + 1}"
    lembar.print_title_rows = f"{_BARIS_JUDUL}:{_BARIS_JUDUL}"
    lembar.merge_cells(start_row=1, start_column=1, end_row=1, end_column=8)
    atur_tinggi(lembar)
    return to_bytes(buku)
