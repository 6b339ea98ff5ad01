"""The workbook of one form, written for a unit to fill in; `lembar_baca` reads it back."""

from decimal import Decimal

from django.utils.translation import gettext as _
from openpyxl.cell import Cell
from openpyxl.styles import Protection
from openpyxl.worksheet.worksheet import Worksheet

from kinerja.models import Capaian, FormulirCapaian, KomponenCapaian
from kinerja.rules.isian import URAIAN
from kinerja.rules.nilai import ANGKA, JenisNilai
from kinerja.selectors.baris import is_tersusun, kode_komponen, list_baris
from kinerja.selectors.teks import format_isian, format_target, list_pilihan
from sakip.common.lembar_tulis import (
    Gaya,
    add_lembar,
    add_pilihan,
    new_buku,
    to_bytes,
    tulis,
    tulis_judul,
)

LEMBAR = "Capaian"
IDENTITAS = "Identitas"
BENTUK = "SAKIP capaian 2"
BARIS_JUDUL = 4
_LEBAR = (5, 14, 46, 16, 14, 16, 46, 46, 8, 40, 40, 40, 40, 14, 40)
KODE, REALISASI, PENJELASAN, RTL, VERSI = 2, 6, 7, 8, 9
_RTL_LALU = 13
# Columns of the other texts of a row, by field name.
KOLOM_URAIAN = dict(zip(URAIAN, (10, 11, 12, 14, 15), strict=True))
_AKHIR = 15


def write_lembar(formulir: FormulirCapaian) -> bytes:
    """The workbook of a form: locked but for the cells to fill in, its identity hidden in it."""
    buku = new_buku(judul=str(formulir))
    lembar = add_lembar(buku, LEMBAR, lebar=_LEBAR)
    tulis(lembar, 1, 1, f"Capaian Kinerja {formulir.periode.nama}", gaya=Gaya.LABEL)
    tulis(lembar, 2, 1, f"{formulir.unit}, {formulir.periode.bulan}", gaya=Gaya.LABEL)
    for baris in (1, 2):
        lembar.merge_cells(start_row=baris, start_column=1, end_row=baris, end_column=RTL)
    judul = (
        _("No."),
        _("Kode"),
        _("Indikator kinerja"),
        _("Satuan"),
        _("Target"),
        _("Realisasi"),
        _("Penjelasan"),
        _("RTL atas catatan pemeriksa"),
        _("Versi"),
        _("Kendala"),
        _("Solusi"),
        _("RTL periode berikutnya"),
        _("RTL periode lalu"),
        _("Status RTL periode lalu"),
        _("Keterangan RTL periode lalu"),
    )
    tulis_judul(lembar, BARIS_JUDUL, judul)
    baris = BARIS_JUDUL
    for n, c in enumerate(list_baris(formulir), 1):
        baris += 1
        _write_baris(lembar, baris, n, c, terbuka=formulir.is_draf)
        for k in c.komponen.all() if is_tersusun(c) else ():
            baris += 1
            _write_komponen(lembar, baris, k, buka=formulir.is_draf and not c.is_terkunci)
    lembar.column_dimensions["I"].hidden = True
    lembar.freeze_panes = f"D{BARIS_JUDUL + 1}"
    lembar.protection.sheet = True
    lembar.protection.formatColumns = False
    isi = add_lembar(buku, IDENTITAS, tersembunyi=True)
    for baris, nilai in enumerate(list_identitas(formulir).items(), 1):
        tulis(isi, baris, 1, nilai[0], gaya=Gaya.MESIN)
        tulis(isi, baris, 2, nilai[1], gaya=Gaya.MESIN)
    isi.protection.sheet = True
    return to_bytes(buku)


def _write_baris(lembar: Worksheet, baris: int, nomor: int, c: Capaian, *, terbuka: bool) -> None:
    buka, tersusun = terbuka and not c.is_terkunci, is_tersusun(c)
    tulis(lembar, baris, 1, nomor)
    tulis(lembar, baris, KODE, c.indikator.kode)
    tulis(lembar, baris, 3, c.nama)
    tulis(lembar, baris, 4, c.satuan)
    tulis(lembar, baris, 5, format_target(c.target, c))
    tulis(lembar, baris, _RTL_LALU, c.rtl_lalu)
    angka = JenisNilai(c.jenis_nilai) in ANGKA
    isian: dict[int, str | Decimal | None] = {
        REALISASI: c.realisasi if angka else format_isian(c.realisasi, c),
        PENJELASAN: c.penjelasan,
        RTL: c.rtl,
    }
    isian |= {kolom: getattr(c, nama) for nama, kolom in KOLOM_URAIAN.items()}
    tutup = {REALISASI} if tersusun else set()
    tutup |= set() if c.catatan_pemeriksa else {RTL}
    tutup |= set() if c.rtl_lalu else {KOLOM_URAIAN[n] for n in _LALU}
    for kolom, nilai in isian.items():
        sel = _write_isian(lembar, baris, kolom, nilai, buka=buka and kolom not in tutup)
        if kolom == REALISASI and angka:
            sel.number_format = "#,##0.######"
    if buka and not tersusun and (pilihan := list_pilihan(c)):
        add_pilihan(lembar, f"F{baris}", [p.teks for p in pilihan])
    if buka and c.rtl_lalu:
        add_pilihan(lembar, f"N{baris}", [s for s in Capaian.StatusRtl.values if s])
    tulis(lembar, baris, VERSI, c.versi, gaya=Gaya.MESIN)


_LALU = ("rtl_lalu_status", "rtl_lalu_keterangan")


def _write_komponen(lembar: Worksheet, baris: int, k: KomponenCapaian, *, buka: bool) -> None:
    """A part has a row of its own under its indikator, of which only the figure is filled in."""
    for kolom in range(1, _AKHIR + 1):
        tulis(lembar, baris, kolom, None)
    tulis(lembar, baris, KODE, kode_komponen(k.capaian.indikator.kode, k.urutan))
    tulis(lembar, baris, 3, f"{k.get_peran_display()}: {k.nama}")
    _write_isian(lembar, baris, REALISASI, k.nilai, buka=buka).number_format = "#,##0.######"


def _write_isian(
    lembar: Worksheet, baris: int, kolom: int, nilai: str | Decimal | None, *, buka: bool
) -> Cell:
    sel = tulis(lembar, baris, kolom, nilai, gaya=Gaya.ISIAN if buka else Gaya.POLOS)
    sel.protection = Protection(locked=not buka)
    return sel


def list_identitas(formulir: FormulirCapaian) -> dict[str, str]:
    return {
        "bentuk": BENTUK,
        "unit": f"{formulir.unit.instansi.kode}/{formulir.unit.kode}",
        "periode": f"{formulir.tahun}-{formulir.triwulan}",
        "putaran": str(formulir.putaran),
    }
