"""Reading back the workbook of a form, cell by cell; nothing is changed here."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from kinerja.models import Capaian, FormulirCapaian, Indikator
from kinerja.rules.isian import IsianBaris, IsianTidakTerbaca, NilaiBaris
from kinerja.selectors.baris import build_nilai, is_tersusun, kode_komponen, list_baris
from kinerja.selectors.teks import format_isian
from kinerja.services.isian import DIBACA, understand
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
# What is read of a row; its code comes apart, so that no indikator is built for it.
_DIBACA = (*(k for k in DIBACA if not k.startswith("indikator__")), "indikator_id", "nama")
_VERSI = re.compile("[0-9]{1,9}")
# Where the texts of a row stand.
_TEMPAT: Mapping[str, int] = {"penjelasan": PENJELASAN, "rtl": RTL, **KOLOM_URAIAN}


class BarisUnggah(NamedTuple):
    """What one row of a workbook would do. hasil: tetap, ubah or galat; baris: its row in Excel.

    sel: sentences by address of the cell at fault. A named tuple, because there are thousands.
    """

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
    uraian: Mapping[str, str] = MappingProxyType({})
    komponen: Mapping[int, str] = MappingProxyType({})
    sel: Mapping[str, str] = MappingProxyType({})

    def to_json(self) -> dict[str, Any]:
        """JSON values."""
        petak = {"uraian": dict(self.uraian), "komponen": dict(self.komponen)}
        return self._asdict() | petak | {"sel": dict(self.sel)}


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
    daftar = list_baris(formulir, _DIBACA)
    milik = Indikator.objects.filter(capaian__formulir=formulir)
    kode_indikator = dict(milik.values_list("pk", "kode"))
    capaian = {kode_indikator[c.indikator_id]: c for c in daftar}
    komponen = _find_komponen(lembar, capaian)
    asing = dict(
        Indikator.objects.filter(sasaran__tujuan__instansi=formulir.unit.instansi_id)
        .exclude(kode__in=capaian)
        .values_list("kode", "unit__nama")
    )
    terlihat: dict[str, int] = {}
    hasil = []
    for baris in range(BARIS_JUDUL + 1, lembar.baris_akhir + 1):
        kode = _read_kode(lembar, baris)
        if kode in komponen.kode or not _is_berisi(lembar, baris):
            continue
        salah = _explain_kode(kode, asing, terlihat)
        hasil.append(_read_baris(lembar, (baris, kode), capaian.get(kode), salah, komponen))
        terlihat.setdefault(kode, baris)
    return hasil


@dataclass(frozen=True)
class _Komponen:
    """Rows of the workbook that hold parts: codes of all parts, and rows by capaian and number."""

    kode: frozenset[str]
    baris: Mapping[int, Mapping[int, int]]


def _find_komponen(lembar: Lembar, capaian: Mapping[str, Capaian]) -> _Komponen:
    milik = {
        kode_komponen(kode, k.urutan): (c.pk, k.urutan)
        for kode, c in capaian.items()
        if is_tersusun(c)
        for k in c.komponen.all()
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
    kolom = (KODE, REALISASI, PENJELASAN, RTL, *KOLOM_URAIAN.values())
    return any(lembar.own(baris, k).teks.strip() for k in kolom)


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


def _read_baris(
    lembar: Lembar, tempat: tuple[int, str], c: Capaian | None, salah: str, komponen: _Komponen
) -> BarisUnggah:
    baris, kode = tempat
    isi = _potong(lembar.at(baris, REALISASI).teks)
    if c is None or salah:
        alamat = lembar.alamat(baris, KODE)
        pesan = salah or _("Kode “%(kode)s” tidak ada pada formulir ini.") % {
            "kode": kode[:_MAKS_TAMPIL]
        }
        nama = c.nama if c else lembar.at(baris, 3).teks[:200]
        sel = {alamat: pesan}
        return BarisUnggah(baris, kode, nama, "–", isi, "galat", pesan, alamat, sel=sel)
    dasar = BarisUnggah(
        baris=baris,
        kode=kode,
        indikator=c.nama,
        lama=format_isian(c.realisasi, c) or "–",
        baru=isi or "–",
        hasil="galat",
        pesan="",
        alamat=lembar.alamat(baris, REALISASI),
        capaian_id=c.pk,
    )
    return _judge_baris(lembar, dasar, c, komponen.baris.get(c.pk, {}))


def _judge_baris(
    lembar: Lembar, dasar: BarisUnggah, c: Capaian, komponen: Mapping[int, int]
) -> BarisUnggah:
    galat: dict[str, str] = {}
    baris, tersusun = dasar.baris, is_tersusun(c)
    teks = {n: _read_teks(lembar.at(baris, k), n, galat) for n, k in _TEMPAT.items()}
    bagian = {
        n: _read_teks(lembar.at(b, REALISASI), f"komponen{n}", galat) for n, b in komponen.items()
    }
    realisasi = "" if tersusun else _read_teks(lembar.at(baris, REALISASI), "realisasi", galat)
    versi = lembar.at(baris, VERSI).teks
    isian = IsianBaris(
        realisasi_teks=realisasi,
        penjelasan=teks["penjelasan"],
        versi=int(versi) if _VERSI.fullmatch(versi) else -1,
        rtl=teks["rtl"],
        uraian={n: teks[n] for n in KOLOM_URAIAN},
        komponen=bagian,
    )
    try:
        if galat:
            raise IsianTidakTerbaca(galat)
        nilai = understand(c, isian)
    except IsianTidakTerbaca as sebab:
        alamat = _list_alamat(lembar, baris, komponen)
        sel = {alamat[ruas]: kalimat for ruas, kalimat in sebab.galat.items()}
        return dasar._replace(pesan=str(sebab), alamat=next(iter(sel)), sel=sel)
    return _settle_baris(dasar, c, isian, nilai)


def _list_alamat(lembar: Lembar, baris: int, komponen: Mapping[int, int]) -> dict[str, str]:
    """Where each field of a row stands in the workbook, for messages."""
    alamat = {n: lembar.alamat(baris, k) for n, k in (*_TEMPAT.items(), ("realisasi", REALISASI))}
    return alamat | {f"komponen{n}": lembar.alamat(b, REALISASI) for n, b in komponen.items()}


def _settle_baris(
    dasar: BarisUnggah, c: Capaian, isian: IsianBaris, nilai: NilaiBaris
) -> BarisUnggah:
    """What the row does, from what was typed and understood."""
    hasil, pesan = "ubah", ""
    if nilai == build_nilai(c):
        hasil = "tetap"
    elif c.is_terkunci:
        hasil, pesan = "galat", _("Sudah diverifikasi, tidak dapat diubah.")
    elif isian.versi != c.versi:
        hasil, pesan = "galat", _("Sudah diubah orang lain sejak format diunduh.")
    return dasar._replace(
        baru=format_isian(nilai.realisasi, c) or "–",
        hasil=hasil,
        pesan=pesan,
        sel={dasar.alamat: pesan} if pesan else {},
        realisasi=isian.realisasi_teks,
        penjelasan=isian.penjelasan,
        rtl=isian.rtl or "",
        versi=isian.versi,
        uraian=isian.uraian,
        komponen=isian.komponen,
    )


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
    if sel.jenis is Jenis.TEKS or sel.jenis is Jenis.KOSONG:
        return sel.teks
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
