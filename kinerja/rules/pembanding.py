"""Figures of others, and of one's own past, that an indikator is set beside in Bab III.

A figure without a source is hearsay, so each has one. Pasted rows are read all, or none with every
fault named by its line. Sumber: KERANGKA-LKJ
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from kinerja.rules.periode import TAHUN
from sakip.common.angka import AngkaTidakTerbaca

MAKS_BARIS = 2000
KOLOM = ("kode indikator", "tahun", "tingkat", "nilai", "sumber", "wilayah")
_WAJIB = 5
_MAKS_SUMBER, _MAKS_WILAYAH = 300, 120


class Tingkat(StrEnum):
    """Whose figure it is. SENDIRI: the office's own, of a year it has no capaian of here."""

    NASIONAL = "nasional"
    PROVINSI = "provinsi"
    DAERAH_LAIN = "daerah_lain"
    SENDIRI = "sendiri"


TINGKAT_KATA: Mapping[Tingkat, str] = {
    Tingkat.NASIONAL: "Nasional",
    Tingkat.PROVINSI: "Provinsi",
    Tingkat.DAERAH_LAIN: "Daerah lain",
    Tingkat.SENDIRI: "Realisasi sendiri",
}
_TINGKAT = {
    **{t.value: t for t in Tingkat},
    **{kata.casefold(): t for t, kata in TINGKAT_KATA.items()},
    "kabupaten/kota lain": Tingkat.DAERAH_LAIN,
}


@dataclass(frozen=True)
class Pembanding:
    """One figure. wilayah: which other region, for DAERAH_LAIN only."""

    tahun: int
    tingkat: Tingkat
    nilai: Decimal
    sumber: str
    wilayah: str = ""

    @property
    def nama(self) -> str:
        """ "Nasional", "Kabupaten Jombang"."""
        return self.wilayah or TINGKAT_KATA[self.tingkat]


class TempelanTidakSah(ValueError):
    """Rows that cannot be read; `masalah` names each with its line."""

    def __init__(self, masalah: list[str]) -> None:
        super().__init__("; ".join(masalah))
        self.masalah = masalah


def read_tempelan(
    teks: str, baca: Mapping[str, Callable[[str], Decimal]]
) -> list[tuple[str, Pembanding]]:
    """Rows copied from a sheet: cells apart by tabs, or by semicolons.

    Titles and rows that were left empty are skipped.

    baca: for each code of an indikator, what reads a value of its kind.

    Raises:
        TempelanTidakSah: with every fault.
    """
    hasil: dict[tuple[str, int, Tingkat, str], tuple[str, Pembanding]] = {}
    masalah: list[str] = []
    for nomor, baris in enumerate(teks.splitlines(), 1):
        if _is_kosong(baris):
            continue
        try:
            kode, p = _read_baris(baris, baca)
        except ValueError as galat:
            masalah.append(f"Baris {nomor}: {galat}")
            continue
        kunci = (kode, p.tahun, p.tingkat, p.wilayah.casefold())
        if kunci in hasil:
            masalah.append(f"Baris {nomor}: {p.nama} {p.tahun} untuk {kode} tertulis dua kali.")
        hasil[kunci] = (kode, p)
    if len(hasil) > MAKS_BARIS:
        masalah.append(f"Paling banyak {MAKS_BARIS} baris sekali tempel.")
    if masalah:
        raise TempelanTidakSah(masalah)
    return list(hasil.values())


def make_pembanding(
    tahun: int, tingkat: Tingkat, nilai: Decimal, *, sumber: str, wilayah: str = ""
) -> Pembanding:
    """One figure, tidied and checked.

    Raises:
        ValueError: the year is out of range, the source is missing, or the region does not fit.
    """
    sumber, wilayah = " ".join(sumber.split()), " ".join(wilayah.split())
    if tahun not in TAHUN:
        raise ValueError(f"tahun {tahun} tidak masuk akal.")
    if not sumber:
        raise ValueError(
            "sumber belum diisi; angka tanpa sumber tidak dapat dipertanggungjawabkan."
        )
    if len(sumber) > _MAKS_SUMBER or len(wilayah) > _MAKS_WILAYAH:
        raise ValueError(f"sumber paling panjang {_MAKS_SUMBER} huruf, wilayah {_MAKS_WILAYAH}.")
    if tingkat is Tingkat.DAERAH_LAIN and not wilayah:
        raise ValueError("sebutkan nama daerah lain itu pada kolom wilayah.")
    return Pembanding(
        tahun, tingkat, nilai, sumber, wilayah if tingkat is Tingkat.DAERAH_LAIN else ""
    )


def _is_kosong(baris: str) -> bool:
    """Titles, or a row of the workbook in which nothing was filled."""
    sel = _pisah(baris)
    return sel[0].casefold() == KOLOM[0] or not any(sel[1:_WAJIB])


def _pisah(baris: str) -> list[str]:
    return [s.strip() for s in baris.split("\t" if "\t" in baris else ";")]


def _explain_kode(kode: str, dikenal: Iterable[str]) -> str:
    if serupa := sorted(k for k in dikenal if k.endswith(f"/{kode}")):
        return f"indikator “{kode}” lebih dari satu; tulis dengan induknya: {', '.join(serupa)}."
    return f"indikator “{kode}” tidak ada pada rencana instansi ini."


def _read_baris(baris: str, baca: Mapping[str, Callable[[str], Decimal]]) -> tuple[str, Pembanding]:
    sel = _pisah(baris)
    if len(sel) < _WAJIB:
        raise ValueError(f"{len(sel)} kolom; perlu {', '.join(KOLOM[:_WAJIB])}.")
    kode, tahun, tingkat, nilai, sumber = sel[:_WAJIB]
    if kode not in baca:
        raise ValueError(_explain_kode(kode, baca))
    if not (tahun.isascii() and tahun.isdecimal() and len(tahun) == 4):
        raise ValueError(f"“{tahun}” bukan tahun.")
    if tingkat.casefold() not in _TINGKAT:
        raise ValueError(f"tingkat “{tingkat}” tidak dikenal: {', '.join(TINGKAT_KATA.values())}.")
    try:
        angka = baca[kode](nilai)
    except AngkaTidakTerbaca as galat:
        raise ValueError(f"nilai “{nilai}”. {galat}") from galat
    wilayah = sel[_WAJIB] if len(sel) > _WAJIB else ""
    return kode, make_pembanding(
        int(tahun), _TINGKAT[tingkat.casefold()], angka, sumber=sumber, wilayah=wilayah
    )
