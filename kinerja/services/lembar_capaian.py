"""The workbook of one form: written for a unit to fill in, and read back cell by cell."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from openpyxl.styles import Protection
from openpyxl.worksheet.worksheet import Worksheet

from kinerja.models import Capaian, FormulirCapaian, Indikator
from kinerja.rules.isian import IsianBaris, IsianTidakTerbaca, NilaiBaris, read_isian
from kinerja.rules.nilai import ANGKA, JenisNilai, read_tingkat
from kinerja.selectors.teks import format_isian, format_target, list_pilihan
from sakip.common.angka import format_angka
from sakip.common.errors import IsianTidakSah
from sakip.common.lembar import PESAN_RUMUS, Buku, Jenis, Lembar, Sel
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
BENTUK = "SAKIP capaian 1"
_BARIS_JUDUL = 4
_LEBAR = (5, 12, 46, 16, 14, 16, 46, 46, 8)
KODE, REALISASI, PENJELASAN, RTL, VERSI = 2, 6, 7, 8, 9
_MAKS_TAMPIL = 60


@dataclass(frozen=True)
class BarisUnggah:
    """What one row of a workbook would do. hasil: tetap, ubah or galat; baris: its row in Excel."""

    baris: int
    kode: str
    indikator: str
    lama: str
    baru: str
    hasil: str
    pesan: str
    alamat: str
    capaian_id: int = 0
    realisasi: str = ""
    penjelasan: str = ""
    rtl: str = ""
    versi: int = -1

    def to_json(self) -> dict[str, Any]:
        """JSON values."""
        return asdict(self)


def list_baris(formulir: FormulirCapaian) -> list[Capaian]:
    """Rows of a form in the order of the grid. One query."""
    urut = (
        "indikator__sasaran__tujuan__kode",
        "indikator__sasaran__urutan",
        "indikator__sasaran__pk",
        "indikator__urutan",
        "indikator__pk",
    )
    daftar = Capaian.objects.filter(formulir=formulir).select_related("indikator")
    return list(daftar.order_by(*urut))


def write_lembar(formulir: FormulirCapaian) -> bytes:
    """The workbook of a form: locked but for the cells to fill in, its identity hidden in it."""
    buku = new_buku(judul=str(formulir))
    lembar = add_lembar(buku, LEMBAR, lebar=_LEBAR)
    tulis(lembar, 1, 1, f"Capaian Kinerja {formulir.periode.nama}", gaya=Gaya.LABEL)
    tulis(lembar, 2, 1, f"{formulir.unit}, {formulir.periode.bulan}", gaya=Gaya.LABEL)
    for baris in (1, 2):
        lembar.merge_cells(start_row=baris, start_column=1, end_row=baris, end_column=RTL)
    judul = (
        _("No"),
        _("Kode"),
        _("Indikator kinerja"),
        _("Satuan"),
        _("Target"),
        _("Realisasi"),
        _("Penjelasan"),
        _("RTL atas catatan pemeriksa"),
        _("Versi"),
    )
    tulis_judul(lembar, _BARIS_JUDUL, judul)
    for n, c in enumerate(list_baris(formulir), 1):
        _write_baris(lembar, _BARIS_JUDUL + n, n, c, terbuka=formulir.is_draf)
    lembar.column_dimensions["I"].hidden = True
    lembar.freeze_panes = f"D{_BARIS_JUDUL + 1}"
    lembar.protection.sheet = True
    lembar.protection.formatColumns = False
    isi = add_lembar(buku, IDENTITAS, tersembunyi=True)
    for baris, nilai in enumerate(_identitas(formulir).items(), 1):
        tulis(isi, baris, 1, nilai[0], gaya=Gaya.MESIN)
        tulis(isi, baris, 2, nilai[1], gaya=Gaya.MESIN)
    isi.protection.sheet = True
    return to_bytes(buku)


def _write_baris(lembar: Worksheet, baris: int, nomor: int, c: Capaian, *, terbuka: bool) -> None:
    i, buka = c.indikator, terbuka and not c.is_terkunci
    tulis(lembar, baris, 1, nomor)
    tulis(lembar, baris, KODE, i.kode)
    tulis(lembar, baris, 3, i.nama)
    tulis(lembar, baris, 4, i.satuan)
    tulis(lembar, baris, 5, format_target(c.target_nilai, i, c.target_atas))
    angka = JenisNilai(i.jenis_nilai) in ANGKA
    isian: dict[int, str | Decimal | None] = {
        REALISASI: c.realisasi if angka else format_isian(c.realisasi, i),
        PENJELASAN: c.penjelasan,
        RTL: c.rtl,
    }
    for kolom, nilai in isian.items():
        dapat = buka and (kolom != RTL or bool(c.catatan_pemeriksa))
        sel = tulis(lembar, baris, kolom, nilai, gaya=Gaya.ISIAN if dapat else Gaya.POLOS)
        sel.protection = Protection(locked=not dapat)
        if kolom == REALISASI and angka:
            sel.number_format = "#,##0.######"
    if buka and (pilihan := list_pilihan(i)):
        add_pilihan(lembar, f"F{baris}", pilihan)
    tulis(lembar, baris, VERSI, c.versi, gaya=Gaya.MESIN)


def _identitas(formulir: FormulirCapaian) -> dict[str, str]:
    return {
        "bentuk": BENTUK,
        "unit": f"{formulir.unit.instansi.kode}/{formulir.unit.kode}",
        "periode": f"{formulir.tahun}-{formulir.triwulan}",
        "putaran": str(formulir.putaran),
    }


def read_lembar(buku: Buku, formulir: FormulirCapaian) -> list[BarisUnggah]:
    """What each row of an uploaded workbook would do to the form; nothing is changed.

    Raises:
        IsianTidakSah: it is not a workbook of this form, and why (422).
    """
    lembar, identitas = buku.get(LEMBAR), buku.get(IDENTITAS)
    if lembar is None or identitas is None:
        raise IsianTidakSah(
            _(
                "Berkas ini bukan format capaian: lembar “%(satu)s” atau “%(dua)s” tidak ada. "
                "Unduh format Excel dari halaman ini, isi, lalu unggah."
            )
            % {"satu": LEMBAR, "dua": IDENTITAS}
        )
    _require_identitas(identitas, formulir)
    capaian = {c.indikator.kode: c for c in list_baris(formulir)}
    asing = dict(
        Indikator.objects.filter(sasaran__tujuan__instansi=formulir.unit.instansi_id)
        .exclude(kode__in=capaian)
        .values_list("kode", "unit__nama")
    )
    terlihat: dict[str, int] = {}
    hasil = []
    for baris in range(_BARIS_JUDUL + 1, lembar.baris_akhir + 1):
        if not any(lembar.own(baris, k).teks.strip() for k in (KODE, REALISASI, PENJELASAN, RTL)):
            continue
        kode = " ".join(lembar.at(baris, KODE).teks.split())
        hasil.append(
            _read_baris(lembar, baris, kode, capaian, _explain_kode(kode, asing, terlihat))
        )
        terlihat.setdefault(kode, baris)
    return hasil


def _require_identitas(identitas: Lembar, formulir: FormulirCapaian) -> None:
    isi = {
        identitas.at(b, 1).teks: identitas.at(b, 2).teks
        for b in range(1, identitas.baris_akhir + 1)
    }
    benar = _identitas(formulir)
    pesan = {
        "bentuk": _("Berkas ini dari bentuk lain. Unduh format Excel dari halaman ini."),
        "unit": _("Berkas ini milik unit lain (%(isi)s). Unggah berkas milik %(unit)s."),
        "periode": _("Berkas ini untuk periode lain (%(isi)s). Unduh format periode ini."),
        "putaran": _(
            "Berkas ini basi: dibuat pada putaran ke-%(isi)s, sekarang putaran ke-%(kini)s. "
            "Unduh format yang baru."
        ),
    }
    for kunci, nilai in benar.items():
        if isi.get(kunci, "") != nilai:
            rincian = {
                "isi": isi.get(kunci, "")[:_MAKS_TAMPIL] or _("kosong"),
                "unit": formulir.unit,
                "kini": formulir.putaran,
            }
            raise IsianTidakSah(pesan[kunci] % rincian)


def _explain_kode(kode: str, asing: Mapping[str, str], terlihat: Mapping[str, int]) -> str:
    if kode in terlihat:
        return _("Kode %(kode)s ada dua kali, juga pada baris %(baris)d.") % {
            "kode": kode,
            "baris": terlihat[kode],
        }
    if kode in asing:
        return _("Kode %(kode)s milik %(unit)s, bukan unit ini.") % {
            "kode": kode,
            "unit": asing[kode],
        }
    return ""


def _read_baris(
    lembar: Lembar, baris: int, kode: str, capaian: Mapping[str, Capaian], salah: str
) -> BarisUnggah:
    c = capaian.get(kode)
    alamat = lembar.alamat(baris, KODE)
    sel = lembar.at(baris, REALISASI)
    if c is None or salah:
        pesan = salah or _("Kode “%(kode)s” tidak ada pada formulir ini.") % {
            "kode": kode[:_MAKS_TAMPIL]
        }
        nama = c.indikator.nama if c else lembar.at(baris, 3).teks[:200]
        return BarisUnggah(baris, kode, nama, "–", _potong(sel.teks), "galat", pesan, alamat)
    dasar = BarisUnggah(
        baris=baris,
        kode=kode,
        indikator=c.indikator.nama,
        lama=format_isian(c.realisasi, c.indikator) or "–",
        baru=_potong(sel.teks) or "–",
        hasil="galat",
        pesan="",
        alamat=lembar.alamat(baris, REALISASI),
        capaian_id=c.pk,
    )
    return _judge_baris(lembar, dasar, c)


def _judge_baris(lembar: Lembar, dasar: BarisUnggah, c: Capaian) -> BarisUnggah:
    isi = asdict(dasar)
    kolom = {"realisasi": REALISASI, "penjelasan": PENJELASAN, "rtl": RTL}
    try:
        teks = {n: _read_sel(lembar.at(dasar.baris, k)) for n, k in kolom.items()}
        versi = lembar.at(dasar.baris, VERSI).teks
        isian = IsianBaris(
            realisasi_teks=teks["realisasi"],
            penjelasan=teks["penjelasan"],
            versi=int(versi) if re.fullmatch("[0-9]{1,9}", versi) else -1,
            rtl=teks["rtl"],
        )
        nilai = read_isian(
            isian,
            dapat_negatif=c.indikator.is_dapat_negatif,
            jenis=JenisNilai(c.jenis_nilai),
            tingkat=read_tingkat(c.tingkatan),
        )
    except _SelTidakTerbaca as galat:
        return BarisUnggah(**isi | {"pesan": str(galat)})
    except IsianTidakTerbaca as galat:
        ruas = next(iter(galat.galat))
        alamat = lembar.alamat(dasar.baris, kolom[ruas])
        return BarisUnggah(**isi | {"pesan": str(galat), "alamat": alamat})
    baru = format_isian(nilai.realisasi, c.indikator) or "–"
    isi |= {"baru": baru, "realisasi": isian.realisasi_teks, "penjelasan": isian.penjelasan}
    isi |= {"rtl": isian.rtl or "", "versi": isian.versi}
    if nilai == NilaiBaris(c.realisasi, c.penjelasan, c.rtl):
        return BarisUnggah(**isi | {"hasil": "tetap"})
    if c.is_terkunci:
        return BarisUnggah(**isi | {"pesan": _("Sudah diverifikasi, tidak dapat diubah.")})
    if isian.versi != c.versi:
        return BarisUnggah(**isi | {"pesan": _("Sudah diubah orang lain sejak format diunduh.")})
    return BarisUnggah(**isi | {"hasil": "ubah"})


class _SelTidakTerbaca(ValueError):
    """The cell holds no value of its own."""


def _read_sel(sel: Sel) -> str:
    """A cell as it would have been typed.

    Raises:
        _SelTidakTerbaca: a formula, an Excel error, or a figure beyond every bound.
    """
    if sel.jenis is Jenis.RUMUS:
        raise _SelTidakTerbaca(f"Sel {PESAN_RUMUS}")
    if sel.jenis is Jenis.GALAT:
        raise _SelTidakTerbaca(_("Sel berisi galat Excel %(isi)s.") % {"isi": _potong(sel.teks)})
    if sel.jenis not in (Jenis.ANGKA, Jenis.PERSEN):
        return sel.teks
    try:
        angka = Decimal(sel.teks)
    except InvalidOperation as galat:
        raise _SelTidakTerbaca(_("Isi dengan angka, contoh 91,4.")) from galat
    if not angka.is_finite() or angka.adjusted() > 20:
        raise _SelTidakTerbaca(_("Angkanya terlalu besar."))
    return format_angka(angka * 100 if sel.jenis is Jenis.PERSEN else angka)


def _potong(teks: str) -> str:
    rapi = " ".join(teks.split())
    return rapi if len(rapi) <= _MAKS_TAMPIL else f"{rapi[: _MAKS_TAMPIL - 1]}…"
