"""What a person typed into one row of the form, and reading it."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NamedTuple

from kinerja.rules.nilai import JenisNilai, Tingkat, parse_nilai
from sakip.common.angka import MAKS_BULAT, AngkaTidakTerbaca, format_angka, parse_angka

MAKS_PENJELASAN = 5000


# Texts of a row beside penjelasan and rtl, and what people call them.
URAIAN: Mapping[str, str] = {
    "kendala": "Kendala",
    "solusi": "Solusi",
    "rencana": "RTL periode berikutnya",
    "rtl_lalu_status": "Status RTL periode lalu",
    "rtl_lalu_keterangan": "Keterangan RTL periode lalu",
}
_STATUS_RTL = ("", "selesai", "berlanjut")
_TIADA: Mapping[Any, Any] = MappingProxyType({})


class IsianBaris(NamedTuple):
    """One row as typed. versi: of the row the person saw when typing. rtl: None leaves it alone.

    uraian: texts by the names of URAIAN; komponen: texts by number. What is not in them is left
    alone. A named tuple, because a workbook has thousands.
    """

    realisasi_teks: str
    penjelasan: str
    versi: int
    rtl: str | None = None
    uraian: Mapping[str, str] = _TIADA
    komponen: Mapping[int, str] = _TIADA


class NilaiBaris(NamedTuple):
    """One row as understood. realisasi None: left empty, which is not zero."""

    realisasi: Decimal | None
    penjelasan: str
    rtl: str | None = None
    uraian: Mapping[str, str] = _TIADA
    komponen: Mapping[int, Decimal | None] = _TIADA


@dataclass(frozen=True)
class BentukNilai:
    """What a realisasi may be. maks: above it no figure is possible, None where any is."""

    jenis: JenisNilai = JenisNilai.ANGKA
    tingkat: Sequence[Tingkat] = ()
    is_dapat_negatif: bool = False
    maks: Decimal | None = None


class IsianTidakTerbaca(ValueError):
    """The row cannot be understood; `galat` has a sentence per field name."""

    def __init__(self, galat: dict[str, str]) -> None:
        super().__init__(" ".join(galat.values()))
        self.galat = galat


def read_isian(isian: IsianBaris, bentuk: BentukNilai | None = None) -> NilaiBaris:
    """Understand a row, all of it or none. Parts are figures, whatever they make.

    Raises:
        IsianTidakTerbaca: with every fault of the row.
    """
    bentuk = bentuk or BentukNilai()
    galat: dict[str, str] = {}
    realisasi = _read_realisasi(isian.realisasi_teks, bentuk, galat)
    komponen = {
        n: _read_komponen(n, teks, bentuk, galat) for n, teks in sorted(isian.komponen.items())
    }
    penjelasan = _read_teks("penjelasan", "Penjelasan", isian.penjelasan, galat)
    rtl = None if isian.rtl is None else _read_teks("rtl", "RTL", isian.rtl, galat)
    uraian = {
        nama: _read_teks(nama, kata, teks, galat) if teks else ""
        for nama, kata in URAIAN.items()
        if (teks := isian.uraian.get(nama)) is not None
    }
    if uraian.get("rtl_lalu_status", "") not in _STATUS_RTL:
        galat["rtl_lalu_status"] = "Pilih selesai atau berlanjut."
    if galat:
        raise IsianTidakTerbaca(galat)
    return NilaiBaris(realisasi, penjelasan, rtl, uraian, komponen)


def check_realisasi(realisasi: Decimal, bentuk: BentukNilai) -> str:
    """Why such a figure is impossible, as a sentence; "" where it is possible."""
    if realisasi < 0 and not bentuk.is_dapat_negatif:
        return "Realisasi indikator ini tidak dapat kurang dari nol."
    if bentuk.maks is not None and realisasi > bentuk.maks:
        return (
            f"Realisasi {format_angka(realisasi)} tidak mungkin: "
            f"nilai paling tinggi indikator ini {format_angka(bentuk.maks)}."
        )
    if abs(realisasi) >= Decimal(10) ** MAKS_BULAT:
        return "Realisasinya terlalu besar. Periksa kembali komponennya."
    return ""


def clean_teks(teks: str) -> str:
    """Plain text: line breaks of one kind, no control characters, no space at the ends."""
    if teks.isprintable():
        return teks.strip()
    baris = teks.replace("\r\n", "\n").replace("\r", "\n")
    terlihat = (h for h in baris if h in "\n\t" or unicodedata.category(h) not in ("Cc", "Cs"))
    return "".join(terlihat).strip()


def _read_realisasi(teks: str, bentuk: BentukNilai, galat: dict[str, str]) -> Decimal | None:
    if not teks.strip():
        return None
    try:
        realisasi = parse_nilai(teks, bentuk.jenis, bentuk.tingkat)
    except AngkaTidakTerbaca as sebab:
        galat["realisasi"] = str(sebab)
        return None
    if salah := check_realisasi(realisasi, bentuk):
        galat["realisasi"] = salah
    return realisasi


def _read_komponen(
    nomor: int, teks: str, bentuk: BentukNilai, galat: dict[str, str]
) -> Decimal | None:
    if not teks.strip():
        return None
    try:
        nilai = parse_angka(teks)
    except AngkaTidakTerbaca as sebab:
        galat[f"komponen{nomor}"] = f"Komponen {nomor}: {sebab}"
        return None
    if nilai < 0 and not bentuk.is_dapat_negatif:
        galat[f"komponen{nomor}"] = f"Komponen {nomor}: tidak dapat kurang dari nol."
    return nilai


def _read_teks(nama: str, kata: str, teks: str, galat: dict[str, str]) -> str:
    rapi = clean_teks(teks) if teks else ""
    if len(rapi) > MAKS_PENJELASAN:
        galat[nama] = f"{kata} paling panjang {MAKS_PENJELASAN} huruf. Ringkaslah."
    return rapi
