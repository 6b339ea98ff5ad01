"""Reading back the workbook of a form, cell by cell; nothing is changed here."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from kinerja.models import FormulirCapaian, Indikator
from kinerja.rules.isian import IsianBaris, IsianTidakTerbaca, NilaiBaris
from kinerja.selectors.baris import (
    BarisRingan,
    build_nilai,
    is_tersusun,
    kode_komponen,
    list_ringan,
)
from kinerja.selectors.teks import format_isian
from kinerja.services.isian import understand
from kinerja.services.lembar_capaian import (
    BARIS_JUDUL,
    IDENTITAS,
    KODE,
    KOLOM_URAIAN,
    LEMBAR,
    PENJELASAN,
    REALISASI,
    RTL,
    VERSI,
    list_identitas,
)
from sakip.common.angka import format_angka
from sakip.common.errors import IsianTidakSah
from sakip.common.lembar import PESAN_RUMUS, Buku, Jenis, Lembar, Sel

_MAKS_TAMPIL = 60
# So many digits are written without dots.
_MAKS_POLOS = 3
_APA_ADANYA = (Jenis.KOSONG, Jenis.TEKS)
_VERSI = re.compile("[0-9]{1,9}")
# Where the texts of a row stand.
_TEMPAT: Mapping[str, int] = {"penjelasan": PENJELASAN, "rtl": RTL, **KOLOM_URAIAN}
_KOLOM_ISI = (KODE, REALISASI, *_TEMPAT.values())
_KOLOM_ISIAN = (REALISASI, VERSI, *_TEMPAT.values())


class Isi(NamedTuple):
    """What a row that may be written holds: as typed, and as understood."""

    capaian_id: int
    isian: IsianBaris
    nilai: NilaiBaris

    def to_json(self) -> dict[str, Any]:
        """JSON values; empty texts and parts are left out.

        "nilai": the realisasi as understood, so that the row can be written as it stands here; not
        there where a row is made of parts, which is judged again. Its texts are the understood
        ones, which are understood as themselves.
        """
        isian, nilai = self.isian, self.nilai
        hasil = {
            "capaian_id": self.capaian_id,
            "versi": isian.versi,
            "realisasi": isian.realisasi_teks,
            "penjelasan": nilai.penjelasan,
            "uraian": {n: teks for n, teks in nilai.uraian.items() if teks},
        }
        if nilai.rtl:
            hasil["rtl"] = nilai.rtl
        if isian.komponen:
            hasil["komponen"] = dict(isian.komponen)
        if not nilai.komponen:
            hasil["nilai"] = None if nilai.realisasi is None else str(nilai.realisasi)
        return hasil


class BarisUnggah(NamedTuple):
    """What one row of a workbook would do. hasil: tetap, ubah or galat; baris: its row in Excel.

    sel: sentences by address of the cell at fault, the first of them also in pesan and alamat;
    isi: of a row that would change. A named tuple, because there are thousands.
    """

    baris: int
    kode: str
    indikator: str
    lama: str
    baru: str
    hasil: str
    pesan: str = ""
    sel: Mapping[str, str] | None = None
    isi: Isi | None = None

    def to_json(self) -> dict[str, Any]:
        """JSON values: what the page shows of every row, and more only where there is more."""
        hasil: dict[str, Any] = {
            "baris": self.baris,
            "kode": self.kode,
            "indikator": self.indikator,
            "lama": self.lama,
            "baru": self.baru,
            "hasil": self.hasil,
        }
        if self.sel:
            hasil |= {"pesan": self.pesan, "alamat": next(iter(self.sel)), "sel": dict(self.sel)}
        return hasil | self.isi.to_json() if self.isi else hasil


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
    capaian = {c.kode: c for c in list_ringan(formulir)}
    komponen = _find_komponen(lembar, capaian)
    berisi = [
        (baris, kode)
        for baris in range(BARIS_JUDUL + 1, lembar.baris_akhir + 1)
        if (kode := _read_kode(lembar, baris)) not in komponen.kode and _is_berisi(lembar, baris)
    ]
    asing = _find_asing(formulir, {kode for _baris, kode in berisi} - capaian.keys())
    terlihat: dict[str, int] = {}
    hasil = []
    for baris, kode in berisi:
        c, salah = capaian.get(kode), _explain_kode(kode, asing, terlihat)
        if c is None or salah:
            hasil.append(_refuse_baris(lembar, (baris, kode), c, salah))
        else:
            hasil.append(_judge_baris(lembar, baris, c, komponen.baris.get(c.pk, {})))
        terlihat.setdefault(kode, baris)
    return hasil


def _find_asing(formulir: FormulirCapaian, kode: set[str]) -> dict[str, str]:
    """Of codes that are not of this form those of the same office, and their units."""
    milik = Indikator.objects.filter(sasaran__tujuan__instansi=formulir.unit.instansi_id)
    return dict(milik.filter(kode__in=kode).values_list("kode", "unit__nama")) if kode else {}


@dataclass(frozen=True)
class _Komponen:
    """Rows of the workbook that hold parts: codes of all parts, and rows by capaian and number."""

    kode: frozenset[str]
    baris: Mapping[int, Mapping[int, int]]


def _find_komponen(lembar: Lembar, capaian: Mapping[str, BarisRingan]) -> _Komponen:
    milik = {
        kode_komponen(kode, k.urutan): (c.pk, k.urutan)
        for kode, c in capaian.items()
        for k in c.bagian
    }
    if not milik:
        return _Komponen(frozenset(), {})
    baris: dict[int, dict[int, int]] = {}
    for n in range(BARIS_JUDUL + 1, lembar.baris_akhir + 1):
        if (kunci := milik.get(_read_kode(lembar, n))) is not None:
            baris.setdefault(kunci[0], {})[kunci[1]] = n
    return _Komponen(frozenset(milik), baris)


def _read_kode(lembar: Lembar, baris: int) -> str:
    return " ".join(lembar.at(baris, KODE).teks.split())


def _is_berisi(lembar: Lembar, baris: int) -> bool:
    return any(lembar.own(baris, k).teks.strip() for k in _KOLOM_ISI)


def _require_identitas(identitas: Lembar, formulir: FormulirCapaian) -> None:
    isi = {
        identitas.at(b, 1).teks: identitas.at(b, 2).teks
        for b in range(1, identitas.baris_akhir + 1)
    }
    benar = list_identitas(formulir)
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


def _refuse_baris(
    lembar: Lembar, tempat: tuple[int, str], c: BarisRingan | None, salah: str
) -> BarisUnggah:
    """A row whose code stands for nothing here."""
    baris, kode = tempat
    isi = _potong(lembar.at(baris, REALISASI).teks)
    pesan = salah or _("Kode “%(kode)s” tidak ada pada formulir ini.") % {
        "kode": kode[:_MAKS_TAMPIL]
    }
    nama = c.nama if c else lembar.at(baris, 3).teks[:200]
    sel = {lembar.alamat(baris, KODE): pesan}
    return BarisUnggah(baris, kode, nama, "–", isi, "galat", pesan, sel)


def _judge_baris(
    lembar: Lembar, baris: int, c: BarisRingan, komponen: Mapping[int, int]
) -> BarisUnggah:
    galat: dict[str, str] = {}
    lama = build_nilai(c)
    isian = _read_isian(lembar, baris, c, komponen, galat)
    try:
        if galat:
            raise IsianTidakTerbaca(galat)
        nilai = understand(c, isian, lama)
    except IsianTidakTerbaca as sebab:
        alamat = _list_alamat(lembar, baris, komponen)
        sel = {alamat[ruas]: kalimat for ruas, kalimat in sebab.galat.items()}
        tampil = format_isian(c.realisasi, c) or "–"
        baru = _potong(lembar.at(baris, REALISASI).teks) or "–"
        return BarisUnggah(baris, c.kode, c.nama, tampil, baru, "galat", str(sebab), sel)
    return _settle_baris(lembar, baris, c, lama, Isi(c.pk, isian, nilai))


def _read_isian(
    lembar: Lembar,
    baris: int,
    c: BarisRingan,
    komponen: Mapping[int, int],
    galat: dict[str, str],
) -> IsianBaris:
    """What was typed into the cells of a row; sentences about those that hold no value."""
    realisasi, versi, *lain = lembar.list_at(baris, _KOLOM_ISIAN)
    teks = {
        nama: sel.teks if sel.jenis in _APA_ADANYA else _read_teks(sel, nama, galat)
        for nama, sel in zip(_TEMPAT, lain, strict=True)
    }
    penjelasan, rtl = teks.pop("penjelasan"), teks.pop("rtl")
    bagian = {
        n: _read_teks(lembar.at(b, REALISASI), f"komponen{n}", galat) for n, b in komponen.items()
    }
    terisi = "" if is_tersusun(c) else _read_teks(realisasi, "realisasi", galat)
    urut = int(versi.teks) if _VERSI.fullmatch(versi.teks) else -1
    return IsianBaris(terisi, penjelasan, urut, rtl, teks, bagian)


def _list_alamat(lembar: Lembar, baris: int, komponen: Mapping[int, int]) -> dict[str, str]:
    """Where each field of a row stands in the workbook, for messages."""
    alamat = {n: lembar.alamat(baris, k) for n, k in (*_TEMPAT.items(), ("realisasi", REALISASI))}
    return alamat | {f"komponen{n}": lembar.alamat(b, REALISASI) for n, b in komponen.items()}


def _settle_baris(
    lembar: Lembar, baris: int, c: BarisRingan, lama: NilaiBaris, isi: Isi
) -> BarisUnggah:
    """What the row does, from what was typed and understood."""
    nilai, tampil = isi.nilai, format_isian(c.realisasi, c) or "–"
    baru = tampil
    if nilai.realisasi != c.realisasi:
        baru = format_isian(nilai.realisasi, c) or "–"
    if nilai == lama:
        return BarisUnggah(baris, c.kode, c.nama, tampil, baru, "tetap")
    if c.is_terkunci:
        pesan = _("Sudah diverifikasi, tidak dapat diubah.")
    elif isi.isian.versi != c.versi:
        pesan = _("Sudah diubah orang lain sejak format diunduh.")
    else:
        return BarisUnggah(baris, c.kode, c.nama, tampil, baru, "ubah", isi=isi)
    sel = {lembar.alamat(baris, REALISASI): pesan}
    return BarisUnggah(baris, c.kode, c.nama, tampil, baru, "galat", pesan, sel)


def _read_teks(sel: Sel, ruas: str, galat: dict[str, str]) -> str:
    try:
        return _read_sel(sel)
    except _SelTidakTerbaca as sebab:
        galat[ruas] = str(sebab)
        return ""


class _SelTidakTerbaca(ValueError):
    """The cell holds no value of its own."""


def _read_sel(sel: Sel) -> str:
    """A cell as it would have been typed.

    Raises:
        _SelTidakTerbaca: a formula, an Excel error, or a figure beyond every bound.
    """
    if sel.jenis in _APA_ADANYA:
        return sel.teks
    if sel.jenis is Jenis.RUMUS:
        raise _SelTidakTerbaca(f"Sel {PESAN_RUMUS}")
    if sel.jenis is Jenis.GALAT:
        raise _SelTidakTerbaca(_("Sel berisi galat Excel %(isi)s.") % {"isi": _potong(sel.teks)})
    if sel.jenis not in (Jenis.ANGKA, Jenis.PERSEN):
        return sel.teks
    if sel.jenis is Jenis.ANGKA and len(sel.teks) <= _MAKS_POLOS and sel.teks.isdecimal():
        return sel.teks  # a few digits say the same with and without dots between
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
